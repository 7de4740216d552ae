// Runs the proofs for as long as is asked, each time with new seeds, and adds what was done to docs/reliability.json.
// `npm run test:long -- --minutes N [--only ID]` (default 60 minutes, all of them). docs/reliability.md is made from that file by scripts/reliability.mjs.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IS_SAME_EVERY_PASS, writeReliability } from './reliability.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const given = (/** @type {string} */ flag) => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? undefined : process.argv[at + 1];
};
const minutes = Number(given('--minutes') ?? 60);
const only = given('--only');
if (!(minutes > 0)) {
  process.stderr.write('error: --minutes wants a number above 0\n');
  process.exit(2);
}

/**
 * One kind of proof: the test file, what it is told, and how many runs of its kind one pass is (0: the test counts them).
 * @typedef {{ id: string, file: string, env: (seed: number) => Record<string, string>, runs: number }} Proof
 */

/** @type {readonly Proof[]} */
const PROOFS = [
  {
    id: 'simulation',
    file: 'test/simulation/simulation.long.ts',
    env: (seed) => ({ OSS_LONG_FIRST: String(10_000_000 + seed * 1_000), OSS_LONG_SCHEDULES: '1000' }),
    runs: 1_000,
  },
  { id: 'faults', file: 'test/faults/matrix.long.ts', env: () => ({}), runs: 1_316 },
  { id: 'crash', file: 'test/crash/crash-points.full.ts', env: () => ({}), runs: 0 },
  {
    id: 'pairs',
    file: 'test/crash/crash-pairs.long.ts',
    env: (seed) => ({ OSS_LONG_SEED: String(seed) }),
    runs: 0,
  },
  {
    id: 'processes',
    file: 'test/race/processes.test.ts',
    env: (seed) => ({ OSS_LONG_SEED: String(seed), OSS_LONG_WORKERS: '32', OSS_LONG_COMMANDS: '200' }),
    runs: 6_400,
  },
  {
    id: 'batch',
    file: 'test/crash/batch-kill.test.ts',
    env: (seed) => ({ OSS_LONG_SEED: String(seed), OSS_LONG_KILLS: '30' }),
    runs: 0,
  },
  {
    id: 'fuzz',
    file: 'test/hostile/fuzz.test.ts',
    env: (seed) => ({ OSS_LONG_SEED: String(seed), OSS_LONG_RUNS: '2000' }),
    runs: 2_000,
  },
  {
    id: 'probe',
    file: 'test/race/probes.test.ts',
    env: () => ({ OSS_LONG_PROCESSES: '50', OSS_LONG_ROUNDS: '10' }),
    runs: 10,
  },
  {
    id: 'flipped',
    file: 'test/hostile/flipped-byte.test.ts',
    env: (seed) => ({ OSS_LONG_SEED: String(seed), OSS_LONG_RUNS: '1000' }),
    runs: 1_000,
  },
  {
    id: 'disk',
    file: 'test/hostile/full-disk.test.ts',
    env: () => ({ OSS_LONG_STEP_KIB: '4' }),
    runs: 100,
  },
  {
    id: 'io',
    file: 'test/world/failing-disk.long.ts',
    env: (seed) => ({ OSS_LONG_SEED: String(seed) }),
    runs: 0,
  },
  {
    id: 'memory',
    file: 'test/scale/memory.test.ts',
    env: () => ({ OSS_LONG_STEPS: '1000000' }),
    runs: 1,
  },
];

const folder = mkdtempSync(join(tmpdir(), 'oss-long-'));
const counted = join(folder, 'runs');
const path = join(root, 'docs/reliability.json');
/** @type {Record<string, import('./reliability.mjs').Done>} */
const done = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};

/** Whether one pass of a proof held, and what vitest said. */
const pass = (/** @type {Proof} */ { file, env }, /** @type {number} */ seed) =>
  new Promise((/** @type {(ended: { held: boolean, told: string }) => void} */ resolve) => {
    const child = spawn(
      process.execPath,
      [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'test/long/vitest.config.ts', file],
      {
        cwd: root,
        env: { ...process.env, OSS_LONG_COUNT: counted, ...env(seed) },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let told = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        told += text;
      });
    }
    child.on('close', (code) => resolve({ held: code === 0, told }));
  });

/** The runs that the test of the last pass has counted itself. */
const runsCounted = () => {
  if (!existsSync(counted)) return 0;
  const runs = readFileSync(counted, 'utf8').trim().split('\n').map(Number);
  rmSync(counted);
  return runs.reduce((sum, one) => sum + one, 0);
};

const until = Date.now() + minutes * 60_000;
let failed = false;
if (only !== undefined && !PROOFS.some(({ id }) => id === only)) {
  process.stderr.write(`error: --only wants one of ${PROOFS.map(({ id }) => id).join(', ')}\n`);
  process.exit(2);
}
while (Date.now() < until) {
  for (const proof of PROOFS.filter(({ id }) => only === undefined || id === only)) {
    if (Date.now() >= until) break;
    const before = done[proof.id] ?? { runs: 0, failures: 0, passes: 0 };
    // A seed that no pass had before.
    const seed = before.passes + 1;
    const { held, told } = await pass(proof, seed);
    const runs = proof.runs || runsCounted();
    done[proof.id] = {
      // The same cases once more are no further proof.
      runs: IS_SAME_EVERY_PASS.has(proof.id) ? Math.max(before.runs, runs) : before.runs + runs,
      failures: before.failures + (held ? 0 : 1),
      passes: seed,
    };
    process.stdout.write(`${new Date().toISOString()} ${proof.id} ${seed}: ${held ? 'held' : 'FAILED'}\n`);
    if (!held) process.stdout.write(told);
    failed ||= !held;
    writeFileSync(path, `${JSON.stringify(done, null, 2)}\n`);
  }
}
rmSync(folder, { recursive: true });
writeReliability();
process.exitCode = failed ? 1 : 0;
