import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PostgresServer, startPostgres } from '../../src/testing/store/postgres-server.fixture.ts';
import { HONG, type House, ORDERS, openHouse, TECHNICIANS } from '../acceptance/house.ts';

let server: PostgresServer;
let url: string;
let house: House;
beforeAll(async () => {
  server = await startPostgres();
  url = await server.newPlace();
  house = openHouse({ OSS_DB: url });
});
afterAll(async () => {
  await house.close();
  await server.end();
});

/** Runs a command that must end with 0. */
const done = async (line: string, env: NodeJS.ProcessEnv = {}) => {
  const ran = await house.oss(line.split(' '), { env });
  expect(ran.code, `${line}\n${ran.stdout}${ran.stderr}`).toBe(0);
  return ran;
};

test('a life of an order, a batch and a worker, on a server', { timeout: 120_000 }, async () => {
  const missing = await house.oss(['status']);
  expect([missing.code, missing.stderr]).toEqual([78, expect.stringContaining('oss db init')]);
  await done('db init');
  await done(`technician import ${TECHNICIANS} --yes`);
  const order = await house.json(['order', 'new', ...HONG, '--key', 'K-1', '--yes']);
  expect(order).toMatchObject({ orderId: 'ORD-000001' });
  expect((await house.json(['order', 'new', ...HONG, '--key', 'K-1', '--yes'])).orderId).toBe('ORD-000001');
  const assigned = ['schedule', 'assign', '1', '--agreed', '--at', 'tomorrow 10:00', '--yes'];
  expect((await house.json(assigned)).items).toMatchObject([{ status: 'done' }]);
  const next = { OSS_NOW: '2026-11-24T10:30:00+09:00' };
  await done('field start 1', next);
  await done('field complete 1 --ont HWTC12345678 --rx -18.5 --stb STB001 --signed-by Hong --yes', next);
  expect(await house.json(['status', '1'], { env: next })).toMatchObject({ stage: 'completed' });
  const file = join(house.folder, 'orders.csv');
  writeFileSync(file, readFileSync(ORDERS, 'utf8').split('\n').slice(0, 21).join('\n'));
  const batch = await house.oss(['batch', 'run', file, '--op', 'order.new', '--json'], { env: next });
  expect(batch.code, batch.stderr).toBe(0);
  await done('worker run --drain -j 4', next);
  const events = await house.oss(['events', '-o', 'ndjson', '--limit', '1000'], { env: next });
  const cursors = events.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).cursor);
  expect(new Set(cursors).size).toBe(cursors.length);
  expect(await house.json(['db', 'verify'], { env: next })).toMatchObject({ ok: true });
  expect((await house.json(['db', 'rebuild'], { env: next })).changed).toBe(0);
  await done('doctor', next);
  const backup = join(house.folder, 'monday.db');
  await done(`db backup ${backup}`, next);
  expect(await house.json(['db', 'verify', '--against', backup], { env: next })).toMatchObject({ ok: true });
  const full = await house.oss(['db', 'restore', backup, '--yes'], { env: next });
  expect([full.code, full.stderr]).toEqual([4, expect.stringContaining('is not empty')]);
  const other = { ...next, OSS_DB: await server.newPlace() };
  const restored = await house.json(['db', 'restore', backup, '--yes'], { env: other });
  expect(restored).toMatchObject({ orders: 21, erasedAgain: null, setAside: null });
  expect(await house.json(['db', 'verify'], { env: other })).toMatchObject({ ok: true });
  expect(await house.json(['status', '1'], { env: other })).toMatchObject({ stage: 'completed' });
  await done('customer erase CUS-000001 --reason asked --yes', next);
  expect((await done('audit list', next)).stdout).toContain('customer');
  expect(await house.json(['db', 'verify'], { env: next })).toMatchObject({ ok: true });
});
