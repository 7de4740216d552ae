// Sows one bug after the other into the sources (in memory) and asks the tests for it. A bug that no test finds fails.
// `npm run test:sensitivity [-- parts of names]`; `--new` asks for what was never looked for. What is known of each goes
// into test/sensitivity/found.json as soon as it is.

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './build.mjs';
import { neverLookedFor, reportOf } from './sensitivity-report.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** @type {readonly import('../test/sensitivity/bug.ts').Bug[]} */
const BUGS = JSON.parse(readFileSync(join(root, 'test/sensitivity/bugs.json'), 'utf8'));
const REPORT = join(root, 'test/sensitivity/found.json');
const folder = mkdtempSync(join(tmpdir(), 'oss-sensitivity-'));

const sownIn = (/** @type {import('../test/sensitivity/bug.ts').Bug} */ bug, /** @type {string} */ file) => {
  const text = readFileSync(file, 'utf8');
  if (text.split(bug.find).length !== 2) throw new Error(`"${bug.find}" is not once in ${bug.file}`);
  return text.replace(bug.find, () => bug.replace);
};

/**
 * Builds the program with the bug in it, beside the packages of this checkout: its folder.
 * @param {import('../test/sensitivity/bug.ts').Bug} bug
 */
const build = async (bug) => {
  const folder = mkdtempSync(join(root, 'node_modules/.oss-sown-'));
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
  const file = join(root, bug.file);
  if (bug.file.startsWith('bin/')) writeFileSync(join(folder, bug.file), sownIn(bug, file));
  await bundle(join(folder, 'dist'), [
    {
      name: 'sow-a-bug',
      setup: ({ onLoad }) =>
        onLoad({ filter: /\.ts$/ }, ({ path }) =>
          path === file ? { contents: sownIn(bug, file), loader: 'ts' } : undefined,
        ),
    },
  ]);
  return folder;
};

/**
 * Runs vitest for one bug; the names of the tests that failed. Rejects when a suite failed without a failed test: then
 * the sowing made no program, or the suite is broken, and nothing was found.
 */
const look = (
  /** @type {import('../test/sensitivity/bug.ts').Bug} */ bug,
  /** @type {number} */ index,
  /** @type {Record<string, string>} */ env,
) =>
  new Promise((/** @type {(found: readonly string[]) => void} */ resolve, reject) => {
    const report = join(folder, `${index}.json`);
    const child = spawn(
      process.execPath,
      [
        join(root, 'node_modules/vitest/vitest.mjs'),
        ...[
          'run',
          '--config',
          'test/sensitivity/vitest.config.ts',
          '--reporter=json',
          `--outputFile=${report}`,
        ],
        ...bug.suites,
      ],
      {
        cwd: root,
        env: { ...process.env, OSS_SOWN_BUG: bug.name, ...env },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    child.on('close', () => {
      if (!existsSync(report)) return reject(new Error(`${bug.name}: ${stderr}`));
      const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
      const failed = [];
      for (const { assertionResults, name, message, status } of testResults) {
        const tests = assertionResults.filter(
          (/** @type {{ status: string }} */ one) => one.status === 'failed',
        );
        const file = name.slice(root.length);
        if (tests.length === 0 && status === 'failed')
          return reject(new Error(`${bug.name}: ${file} did not run: ${message}`));
        for (const one of tests) failed.push(`${file}: ${one.fullName}`);
      }
      resolve(failed);
    });
  });

/** Reads it anew each time: another run may have found something meanwhile. */
const readReport = () =>
  existsSync(REPORT) ? JSON.parse(readFileSync(REPORT, 'utf8')) : reportOf([], [], []);

const asked = process.argv.slice(2);
const unseen = new Set(neverLookedFor(readReport(), BUGS));
const isAsked = (/** @type {string} */ name) =>
  asked.length === 0 || asked.some((part) => (part === '--new' ? unseen.has(name) : name.includes(part)));
const rest = BUGS.filter(({ name }) => isAsked(name)).entries();

let looks = 0;
let missed = 0;
const lane = async () => {
  for (const [index, bug] of rest) {
    const built = bug.built === true ? await build(bug) : null;
    const env = built === null ? {} : { OSS_TEST_BIN: join(built, 'bin/oss') };
    const [first = null] = await look(bug, index, env).finally(() => {
      if (built !== null) rmSync(built, { recursive: true });
    });
    const report = reportOf(readReport().found, [{ bug: bug.name, file: bug.file, foundBy: first }], BUGS);
    writeFileSync(REPORT, `${JSON.stringify(report, null, 2)}\n`);
    looks += 1;
    if (first === null) missed += 1;
    process.stdout.write(
      `${first === null ? 'NOT FOUND' : 'found'}  ${bug.name}\n           ${first ?? ''}\n`,
    );
  }
};
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, lane));
rmSync(folder, { recursive: true });

process.stdout.write(`${looks} bugs, ${missed} not found`);
process.stdout.write(`; ${neverLookedFor(readReport(), BUGS).length} were never looked for\n`);
process.exitCode = missed === 0 ? 0 : 1;
