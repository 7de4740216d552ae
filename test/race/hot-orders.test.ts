import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventType } from '../../src/core/process/events.ts';
import { REFUSALS } from '../../src/core/rules/refusals.ts';
import { type House, type Json, openHouse, QUICK, TECHNICIANS } from '../acceptance/house.ts';
import { dice, type Roll } from '../support/dice.ts';
import { brokenIn } from '../support/judge-home.ts';

const PROCESSES = 8;
const COMMANDS = 25;
const ORDERS = 20;
const SEED = 20_261_124;

/** Each strikes so often in all, whichever process asks. */
const FAULTS = [
  'reset-after:3@POST /service',
  'reset-before:2@POST /service',
  '500-after:2@PATCH',
  'reset-after:2@POST /appointment',
  '500-before:2@PATCH /appointment',
].join(',');

let house: House;
const acknowledged: string[] = [];

const file = (name: string, rows: readonly object[]): string => {
  const path = join(house.folder, name);
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return path;
};

beforeAll(async () => {
  // The real clock, which all processes share; customers may be phoned whatever it says.
  house = openHouse(
    {
      ...QUICK,
      OSS_BREAKER_FAILURES: '50',
      OSS_SCHEDULE_CALLING_HOURS: '00:00-24:00',
      OSS_RECONCILE_EVERY_MINUTES: '0',
    },
    null,
  );
  await house.json(['technician', 'import', TECHNICIANS]);
  const rows = Array.from({ length: ORDERS }, (_, n) => ({
    op: 'order.new',
    key: `hot-${n}`,
    name: `손님${n}`,
    phone: `010-1234-${1000 + n}`,
    address: ['서울특별시 강남구 역삼로 12', '서울특별시 마포구 양화로 3', '서울특별시 송파구 올림픽로 5'][
      n % 3
    ],
    internet: 1,
    tv: n % 2,
  }));
  const placed = await house.oss(['batch', 'run', file('new.ndjson', rows)]);
  expect(placed.code, placed.stderr).toBe(0);
  for (const line of placed.stdout.trim().split('\n')) acknowledged.push(JSON.parse(line).orderId);
  expect((await house.oss(['worker', '--drain'])).code).toBe(0);
  // Most have a visit already, so that there is something to complete, to return and to move.
  const visits = rows.slice(0, 15).map(({ key }) => ({
    op: 'schedule.assign',
    orderKey: key,
    agreed: true,
    force: true,
    reason: 'test',
  }));
  const assigned = await house.oss(['batch', 'run', file('assign.ndjson', visits)]);
  expect(assigned.code, assigned.stderr + assigned.stdout).toBe(0);
  expect((await house.oss(['worker', '--drain'])).code).toBe(0);
});
afterAll(() => house.close());

const EVIDENCE = { ont: 'ABCD12345678', rx: -18.5, 'signed-by': '김하늘' };

const anyRow = (roll: Roll, key: string): object => {
  const n = roll(ORDERS);
  const order = { key, orderKey: `hot-${n}` };
  const all: readonly object[] = [
    { op: 'order.cancel', ...order, code: 'TEST' },
    { op: 'field.complete', ...order, ...EVIDENCE, ...(n % 2 === 1 ? { stb: 'STB1' } : {}) },
    { op: 'field.return', ...order, code: 'NO_FACILITY' },
    { op: 'field.revisit', ...order, code: 'WEATHER' },
    { op: 'field.start', ...order },
    { op: 'order.amend', ...order, internet: 1 + roll(2) },
    { op: 'schedule.assign', ...order },
    { op: 'schedule.assign', ...order, agreed: true },
  ];
  // Final intents are rarer, so that the rest has something to act on.
  const which = roll(12) === 0 ? roll(3) : 3 + roll(all.length - 3);
  return all[which] ?? all[0] ?? {};
};

const FINAL: Readonly<Record<string, EventType>> = {
  'order.cancel': 'OrderCancelled',
  'field.complete': 'FieldWorkCompleted',
  'field.return': 'FieldWorkFailed',
};

const results: Json[] = [];

/** Runs a batch to its end: who is told that the database is busy tries again, and what was done is skipped. */
const runBatch = async (path: string, env: NodeJS.ProcessEnv): Promise<readonly Json[]> => {
  const rows = new Map<string, Json>();
  while (true) {
    const { code, stdout, stderr } = await house.oss(['batch', 'run', path, '-j', '1'], { env });
    const told: readonly Json[] = stdout
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
    for (const row of told) if (row.state !== 'skipped') rows.set(row.key, row);
    if (code === 75) continue;
    expect([0, 7], stderr).toContain(code);
    return [...rows.values()];
  }
};

test('mixed commands of many processes on a few orders: each is done, already so, or refused in words', async () => {
  // Slow peers, so that much is in flight while the commands come.
  const faulty = { OSS_SIMULATE_FAULTS: FAULTS, OSS_SIMULATE_LATENCY_MS: '30' };
  const workers = [1, 2].map(() => house.start(['worker'], { env: faulty }));
  const batches = Array.from({ length: PROCESSES }, (_, p) => {
    const roll = dice(SEED + p);
    const rows = Array.from({ length: COMMANDS }, (_one, n) => anyRow(roll, `p${p}-${n}`));
    return runBatch(file(`p${p}.ndjson`, rows), faulty);
  });
  // On a server a write that is run again leaves its number out, so they are not 1 to 20.
  const [one = '', two = '', three = '', late = ''] = [0, 1, 2, 15].map((n) => acknowledged[n]);
  const others = [
    ['db', 'rebuild'],
    ['schedule', 'move', one, '--technician', 'T-03', '--code', 'TECHNICIAN_UNAVAILABLE'],
    ['schedule', 'unassign', late],
    ['order', 'cancel', two, '--code', 'TEST', '-y'],
    ['order', 'note', three, '--text', 'x'],
    ['ne', 'reconcile', '--fix'],
    ['db', 'rebuild'],
  ].map((line) => house.oss(line, { env: faulty }));
  for (const rows of await Promise.all(batches)) {
    expect(rows).toHaveLength(COMMANDS);
    results.push(...rows);
  }
  for (const ran of await Promise.all(others)) expect([0, 1, 4, 7, 75], ran.stderr).toContain(ran.code);
  for (const worker of workers) worker.kill('SIGTERM');
  for (const { code, stderr } of await Promise.all(workers.map(({ ended }) => ended))) {
    expect(code, stderr).toBe(143);
  }
  const failed = results.filter(({ state }) => state === 'failed');
  expect(failed.length).toBeGreaterThan(10);
  const kinds: Readonly<Record<string, { readonly kind: string }>> = REFUSALS;
  for (const { code, message } of failed) expect(kinds[code]?.kind, message).toBe('conflict');
  expect(results.filter(({ state }) => state === 'done').length).toBeGreaterThan(30);
});

test('of the commands that exclude each other exactly one has won on each order', async () => {
  const { stdout } = await house.oss(['events', '-o', 'ndjson']);
  const log: readonly Json[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const orderId of acknowledged) {
    const done = results.filter((row) => row.orderId === orderId && row.state === 'done' && row.op in FINAL);
    const finals = log.filter(
      (event) => event.orderId === orderId && Object.values(FINAL).includes(event.type),
    );
    expect(finals.length, orderId).toBeLessThanOrEqual(1);
    for (const { op } of done) expect(FINAL[op], orderId).toBe(finals[0]?.type);
  }
});

test('with the faults off and all drained, log, views and the ledger of the network say the same', async () => {
  const drained = await house.oss(['worker', '--drain', '--wait', '180s']);
  expect([0, 8], drained.stderr).toContain(drained.code);
  expect(await brokenIn(house.env, acknowledged)).toEqual([]);
  const { code, stdout } = await house.oss(['db', 'verify']);
  expect(code, stdout).toBe(0);
  expect((await house.json(['db', 'rebuild'])).changed).toBe(0);
});
