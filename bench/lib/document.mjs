import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './library.mjs';

const FILE = join(root, 'docs', 'performance.md');
const BEGIN = '<!-- made by npm run bench -->';
const END = '<!-- end -->';

const table = ({ date, machine, results }) => {
  const rows = results.map(
    ({ what, measured, aim, met, floor }) =>
      `| ${what} | ${measured} | ${aim} | ${met ? 'yes' : 'no'} | ${floor} |`,
  );
  return [
    `${date}, Node ${machine.node.slice(1)}, ${machine.platform}, ${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB.`,
    '',
    '| what | measured | aim | met | floor |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
};

/** Puts the table of this run into docs/performance.md, between its two marks. */
export const writeDocument = (report) => {
  const text = readFileSync(FILE, 'utf8');
  const [before, rest] = text.split(BEGIN);
  const [, after] = (rest ?? '').split(END);
  if (after === undefined) throw new Error(`${FILE} has lost its marks`);
  writeFileSync(FILE, `${before}${BEGIN}\n\n${table(report)}\n\n${END}${after}`);
};
