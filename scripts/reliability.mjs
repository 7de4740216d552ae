// Makes the table of docs/reliability.md from docs/reliability.json. `node scripts/reliability.mjs`; `--check` only says
// whether they agree; `--lives FILE ...` counts, in place of the lives counted before, what `npm run simulate` has written.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (/** @type {string} */ name) => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));
const BEGIN = '<!-- runs -->';
const END = '<!-- /runs -->';

/**
 * What was done of one kind: runs that counted, passes with a failure, and passes.
 * @typedef {{ runs: number, failures: number, passes: number }} Done
 */

/** Kinds without a seed: each pass is the same cases again, so their number is that of one pass, and bounds no rate. */
export const IS_SAME_EVERY_PASS = new Set(['faults', 'crash', 'disk', 'memory']);

/** @type {Record<string, string>} */
const KINDS = {
  simulation: 'simulated lives: crashes, sleeps, faults, 1 to 8 workers, random commands',
  faults: 'HTTP faults: order by order, each struck at one request',
  crash: 'the real program killed once, at every place of the lives in `test/crash/lives.ts`',
  pairs:
    'the real program killed at two places of one life, the second among those it passes after the first',
  processes: 'commands of real processes on 20 hot orders of one database',
  batch: 'a batch of 50 orders killed and resumed',
  fuzz: 'command lines, files, configurations and answers of any kind: an exit code of the table, no stack trace',
  flipped: 'a byte flipped in a cell of an event or in the file: found',
  disk: 'a disk that is full at some point of a run: all or nothing, and gone on with',
  io: 'a disk that fails at one call of a command: told in words, nothing lost, nothing twice',
  memory: 'a worker of a million steps whose memory stays flat',
  probe: 'moments at which 50 want to probe one breaker',
};

const number = (/** @type {number} */ value) => value.toLocaleString('en-US');

/** With no failure in n drawn runs the true rate is below 3/n, 95 times of 100. Where all cases were tried: each. */
const bound = (/** @type {string} */ id, /** @type {Done} */ { runs, failures }) => {
  if (failures > 0) return '–';
  if (IS_SAME_EVERY_PASS.has(id)) return 'each held';
  return runs <= 3 ? '–' : `< ${(3 / runs).toExponential(1)}`;
};

const table = () => {
  /** @type {Record<string, Done>} */
  const done = existsSync(path('reliability.json'))
    ? JSON.parse(readFileSync(path('reliability.json'), 'utf8'))
    : {};
  const rows = Object.entries(KINDS).map(([id, what]) => {
    const counted = done[id];
    if (counted === undefined) return `| ${what} | 0 | – | – |`;
    return `| ${what} | ${number(counted.runs)} | ${counted.failures} | ${bound(id, counted)} |`;
  });
  return [
    '| what | runs, or distinct cases | failures | rate of failure (3/n) |',
    '| --- | ---: | ---: | ---: |',
    ...rows,
  ].join('\n');
};

const made = () => {
  const text = readFileSync(path('reliability.md'), 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  return `${text.slice(0, begin + BEGIN.length)}\n\n${table()}\n\n${text.slice(end)}`;
};

/**
 * The lives that `simulate` told of in those files: a line of each chunk, and one of each life that broke a promise.
 * @param {readonly string[]} files
 */
const livesIn = (files) => {
  const chunks = files
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .filter((line) => line.startsWith('{"from":'))
    .map((line) => JSON.parse(line));
  const sum = (/** @type {'lives' | 'broken'} */ what) => chunks.reduce((total, one) => total + one[what], 0);
  return { runs: sum('lives'), failures: sum('broken'), passes: files.length };
};

const countLives = (/** @type {readonly string[]} */ files) => {
  const done = JSON.parse(readFileSync(path('reliability.json'), 'utf8'));
  const counted = { ...done, simulation: livesIn(files) };
  writeFileSync(path('reliability.json'), `${JSON.stringify(counted, null, 2)}\n`);
};

/** Brings the table up to what was done. */
export const writeReliability = () => writeFileSync(path('reliability.md'), made());

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lives = process.argv.indexOf('--lives');
  if (lives > 0) countLives(process.argv.slice(lives + 1));
  if (!process.argv.includes('--check')) writeReliability();
  else if (made() !== readFileSync(path('reliability.md'), 'utf8')) {
    process.stderr.write('error: docs/reliability.md is not what docs/reliability.json says\n');
    process.exitCode = 1;
  }
}
