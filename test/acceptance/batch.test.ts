import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type House, type Json, ORDERS, openHouse, QUICK, TECHNICIANS, until } from './house.ts';

let home: House | null = null;
afterEach(async () => home?.close());
const house = async (env: NodeJS.ProcessEnv = {}): Promise<House> => {
  home = openHouse(env);
  await home.json(['technician', 'import', TECHNICIANS]);
  return home;
};

const RUN = ['batch', 'run', ORDERS, '--op', 'order.new'];

const ordersOf = async (one: House): Promise<readonly Json[]> =>
  (await one.oss(['order', 'list', '--all', '-o', 'ndjson'])).stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('500 orders from a file, killed in the middle and resumed: each order once, and once more nothing', async () => {
  const one = await house();
  const killed = one.start(RUN);
  await until(killed.stderr, (text) => text.includes('%'));
  killed.kill('SIGKILL');
  await killed.ended;
  const [batch] = (await one.json(['batch', 'list'])).items;
  expect(batch.rows).toBe(500);
  const resumed = await one.json(['batch', 'resume', batch.batchId]);
  expect(resumed).toMatchObject({ batchId: batch.batchId, rows: 500, done: 500, failed: 0, state: 'done' });
  const orders = await ordersOf(one);
  expect(orders).toHaveLength(500);
  expect(new Set(orders.map(({ key }) => key)).size).toBe(500);
  expect(await one.json(RUN)).toMatchObject({ rows: 500, failed: 0, skipped: 500 });
  expect((await one.json(['db', 'verify'])).ok).toBe(true);
});

test('a worker is killed among 100 orders and another goes on: log and network agree, nothing was done twice', async () => {
  // What the first one leaves in doubt is looked up late.
  const one = await house(QUICK);
  const rows = readFileSync(ORDERS, 'utf8').split('\n').slice(0, 101);
  const file = join(one.folder, 'hundred.csv');
  writeFileSync(file, `${rows.join('\n')}\n`);
  await one.json(['batch', 'run', file, '--op', 'order.new']);
  const worker = one.start(['worker', '--drain', '-j', '8']);
  await until(
    () => one.ledger().live.length,
    (live) => live > 40,
  );
  worker.kill('SIGKILL');
  await worker.ended;
  await one.json(['worker', '--drain', '-j', '8', '--wait', '180s']);
  const { created, live } = one.ledger();
  expect([...created.values()].filter((times) => times !== 1)).toEqual([]);
  expect(new Set((await ordersOf(one)).map(({ stage }) => stage))).toEqual(new Set(['tm-queue']));
  const completed = await one.oss(['events', '-o', 'ndjson', '--type', 'ActivationCompleted']);
  const wanted = completed.stdout
    .trim()
    .split('\n')
    .flatMap((line) => JSON.parse(line).data.services);
  expect([...live].sort()).toEqual(wanted.sort());
  expect((await one.json(['ne', 'reconcile'])).items).toEqual([]);
  expect((await one.json(['db', 'verify'])).ok).toBe(true);
});
