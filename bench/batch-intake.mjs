// Intake of a CSV with `oss batch run` beside the floor (batch-floor.mjs), one after the other, on fresh databases:
// node bench/batch-intake.mjs [ROWS] [ROUNDS]     default 100000 rows, 3 rounds. Prints one line a run and JSON at the end.
// The ratio is of medians; of processor time too, which other processes on the machine disturb less.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeOrders } from './batch-file.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const oss = join(root, 'bin', 'oss');
const [rows = 100_000, rounds = 3] = process.argv.slice(2).map(Number);

/** Clock ticks a second of /proc; 100 on every Linux there is. */
const TICKS = 100;
const POLL_MS = 25;

/** Runs a program to its end; what it took, as /proc last said. */
const measure = (/** @type {readonly string[]} */ args, /** @type {string} */ home) =>
  new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, args, {
      env: { ...process.env, OSS_HOME: home },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
    });
    let cpuSeconds = 0;
    let peakMiB = 0;
    const look = () => {
      try {
        const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
        cpuSeconds = (Number(fields[11]) + Number(fields[12])) / TICKS;
        const [, peak = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
        peakMiB = Math.max(peakMiB, Math.round(Number(peak) / 1_024));
      } catch {
        // It has ended.
      }
    };
    const timer = setInterval(look, POLL_MS);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      const seconds = (performance.now() - startedAt) / 1_000;
      if (code === 0) resolve({ seconds, cpuSeconds, peakMiB });
      else reject(new Error(`${args.join(' ')} ended with ${code}: ${said}`));
    });
  });

const inFreshHome = async (/** @type {(home: string) => Promise<unknown>} */ work) => {
  const home = mkdtempSync(join(tmpdir(), 'oss-bench-'));
  try {
    return await work(home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};

const median = (/** @type {number[]} */ values) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const folder = mkdtempSync(join(tmpdir(), 'oss-bench-'));
try {
  const file = join(folder, 'orders.csv');
  await writeOrders(file, rows);
  const runs = { floor: [], batch: [] };
  const floor = fileURLToPath(new URL('batch-floor.mjs', import.meta.url));
  for (let round = 0; round < rounds; round += 1) {
    await inFreshHome(async (home) => {
      await measure([oss, 'db', 'init'], home);
      runs.floor.push(await measure([floor, join(home, 'oss.db'), file], home));
    });
    await inFreshHome(async (home) => {
      runs.batch.push(await measure([oss, 'batch', 'run', file, '--op', 'order.new'], home));
    });
    for (const name of ['floor', 'batch']) {
      const { seconds, cpuSeconds, peakMiB } = runs[name].at(-1);
      process.stderr.write(
        `${name}: ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of processor, ${peakMiB} MiB, ${Math.round(rows / seconds)} rows/s\n`,
      );
    }
  }
  const of = (name, what) => median(runs[name].map((run) => run[what]));
  const ratio = (what) => Number((of('floor', what) / of('batch', what)).toFixed(3));
  const report = {
    name: 'batch-intake',
    rows,
    ratio: ratio('seconds'),
    processorRatio: ratio('cpuSeconds'),
    rowsPerSecond: Math.round(rows / of('batch', 'seconds')),
    floorRowsPerSecond: Math.round(rows / of('floor', 'seconds')),
    peakMiB: Math.max(...runs.batch.map((run) => run.peakMiB)),
    ratios: runs.batch.map(({ seconds }, round) => runs.floor[round].seconds / seconds),
    peaksMiB: runs.batch.map((run) => run.peakMiB),
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
