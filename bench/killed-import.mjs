// Imports a file of orders, kills the import with SIGKILL three times on the way, resumes it, imports the same file once
// more, and counts: `node bench/killed-import.mjs [ROWS]` (default 100000). Exit 1 when anything was lost or doubled. Prints one
// line a step and JSON at the end.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { writeOrders } from './batch-file.mjs';

const KILLS = 3;
const rows = Number(process.argv[2] ?? 100_000);
const oss = fileURLToPath(new URL('../bin/oss', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'oss-killed-import-'));
const env = { ...process.env, OSS_HOME: home, OSS_INLINE_MAX_MS: '0' };
delete env.OSS_DB;
const file = join(home, 'orders.csv');

/** Runs to its end and returns what it printed. */
const run = (/** @type {string[]} */ ...args) =>
  execFileSync(process.execPath, [oss, ...args], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 30,
  });

const orders = () => run('order', 'list', '-o', 'id').split('\n').length - 1;

/** Starts it and kills it once so many orders are placed. Returns how many there are then. */
const killAt = async (/** @type {number} */ wanted, /** @type {string[]} */ ...args) => {
  const child = spawn(process.execPath, [oss, ...args], { env, stdio: 'ignore' });
  const exit = once(child, 'exit');
  while (child.exitCode === null && placedNow() < wanted) await setTimeout(50);
  child.kill('SIGKILL');
  await exit;
  return orders();
};

const placedNow = () => {
  try {
    return JSON.parse(run('db', 'info', '--json')).orders;
  } catch {
    return 0; // not made yet
  }
};

try {
  await writeOrders(file, rows);
  const steps = Array.from({ length: KILLS }, (_, n) => Math.floor((rows * (n + 1)) / (KILLS + 1)));
  const placedAtKills = [];
  let batchId = '';
  for (const wanted of steps) {
    const args = batchId === '' ? ['run', file, '--op', 'order.new'] : ['resume', batchId];
    const placed = await killAt(wanted, 'batch', ...args);
    batchId = run('batch', 'list', '-o', 'id').split('\n')[0] ?? '';
    placedAtKills.push(placed);
    console.log(`killed with ${placed} of ${rows} orders placed`);
  }
  run('batch', 'resume', batchId);
  const resumed = orders();
  const again = run('batch', 'run', file, '--op', 'order.new', '-o', 'ndjson');
  const skipped = again.split('"state":"skipped"').length - 1;
  const verified = JSON.parse(run('db', 'verify', '--json'));
  console.log(`resumed: ${resumed} orders; second import: ${skipped} skipped, ${orders()} orders`);
  console.log(
    `log: ${verified.events} events of ${verified.orders} orders, ${verified.problems.length} problems`,
  );
  const off = [resumed, skipped, orders(), verified.orders].map((count) => Math.abs(count - rows));
  const wrong = Math.max(...off, verified.problems.length);
  console.log(JSON.stringify({ name: 'killed-import', rows, kills: KILLS, placedAtKills, wrong }));
  if (wrong > 0) process.exitCode = 1;
} finally {
  rmSync(home, { recursive: true, force: true });
}
