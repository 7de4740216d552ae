import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readCallKey, shownKey } from '../../src/core/values/keys.ts';
import { HONG, type House, type Json, openHouse, TECHNICIANS } from './house.ts';

let home: House | null = null;
afterEach(async () => home?.close());

test('a backup is brought back: what was placed since is found at the network, and never mixed up with new orders', async () => {
  const one = openHouse();
  home = one;
  await one.json(['technician', 'import', TECHNICIANS]);
  const line = ['order', 'new', ...HONG, '--duplicate-ok'];
  await one.json([...line, '--key', 'kept']);
  const backup = join(one.folder, 'backup.db');
  await one.json(['db', 'backup', backup]);
  const lost = await one.json([...line, '--key', 'lost']);
  await one.json(['schedule', 'assign', lost.orderId, '--technician', 'auto', '--at', 'next']);
  await one.json(['db', 'restore', backup, '-y']);
  const found = await one.oss(['ne', 'reconcile', '--json']);
  expect(found.code).toBe(1);
  const differing: readonly Json[] = JSON.parse(found.stdout).items;
  expect(differing.map(({ kind }) => kind)).toEqual([...Array(4).fill('orphan'), 'stray-appointment']);
  for (const { key } of differing) expect(key).toContain(lost.orderId);
  const next = await one.json([...line, '--key', 'next']);
  expect(next.orderId).not.toBe(lost.orderId);
  const assigned = await one.json([
    'schedule',
    'assign',
    next.orderId,
    '--technician',
    'T-01',
    '--at',
    'next',
  ]);
  expect(assigned.items ?? [assigned]).toHaveLength(1);
  const { created, calls } = one.ledger();
  expect([...created.values()]).toEqual(Array(12).fill(1));
  const names = calls.map(({ call_key }: Json) => call_key);
  expect(names.map(shownKey)).toContain(`${next.orderId}/call#1`);
  const marks = new Set(names.map((name: string) => readCallKey(name)?.mark));
  expect(marks.size, 'the restored database makes names of its own').toBe(2);
  expect(next.orderId > 'ORD-010000').toBe(true);
});
