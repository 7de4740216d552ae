import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './library.mjs';

const FILE = join(root, 'docs', 'performance.md');
const BEGIN = '<!-- made by npm run bench -->';
const END = '<!-- end -->';

const table = ({ date, machine, results }) => {
  const rows = results.map(
    ({ what, measured, aim, met, floor }) =>
      `| ${what} | ${measured} | ${aim} | ${met === undefined ? '-' : met ? 'yes' : 'no'} | ${floor} |`,
  );
  const dates = [...new Set([...results.map((result) => result.date), date])].sort();
  const when = dates.length === 1 ? date : `${dates[0]} to ${dates.at(-1)}`;
  return [
    `${when}, Node ${machine.node.slice(1)}, ${machine.platform}, ${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB.`,
    '',
    '| what | measured | aim | met | floor |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
};

/** The rows of the table, as a report of its first day. Which row of the benchmarks made them is not known. */
export const documented = () => {
  const [, rest = ''] = readFileSync(FILE, 'utf8').split(BEGIN);
  const [made] = rest.split(END);
  const [date = ''] = /\d{4}-\d\d-\d\d/.exec(made) ?? [];
  const lines = made.split('\n').filter((line) => line.startsWith('| '));
  const results = lines.slice(1).map((line) => {
    const [what, measured, aim, met, floor] = line.slice(2, -2).split(' | ');
    return { row: null, date, what, measured, aim, met: met === '-' ? undefined : met === 'yes', floor };
  });
  return { date, results };
};

/** Puts the table of this run into docs/performance.md, between its two marks. */
export const writeDocument = (report) => {
  const text = readFileSync(FILE, 'utf8');
  const [before, rest] = text.split(BEGIN);
  const [, after] = (rest ?? '').split(END);
  if (after === undefined) throw new Error(`${FILE} has lost its marks`);
  writeFileSync(FILE, `${before}${BEGIN}\n\n${table(report)}\n\n${END}${after}`);
};
