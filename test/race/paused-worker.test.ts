import { afterEach, expect, test } from 'vitest';
import { iso } from '../../src/core/time/iso.ts';
import {
  HONG,
  type House,
  type Json,
  MONDAY,
  openHouse,
  QUICK,
  type Running,
  until,
} from '../acceptance/house.ts';
import { isNothingLocked, typesOnLog as log } from '../support/inside-house.ts';

const opened: House[] = [];
const house = (...how: Parameters<typeof openHouse>): House => {
  const one = openHouse(...how);
  opened.push(one);
  return one;
};
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** An answer takes long enough to stop the one who waits for it. All processes of a test have the same time-outs. */
const TIMES = { ...QUICK, OSS_NE_TIMEOUT_MS: '5000' };
const SLOW = { OSS_SIMULATE_LATENCY_MS: '2000' };
/** Whoever stands still hears an answer that came meanwhile, however long the machine needs for what the others do. */
const UNHURRIED = { ...TIMES, OSS_NE_TIMEOUT_MS: '120000' };

/** Stops a process where it holds no lock. */
const pause = async (worker: Running, house: House): Promise<void> => {
  let looks = 0;
  await until(
    async () => {
      worker.kill('SIGSTOP');
      // It stops a moment later, so one look is not enough.
      looks = (await isNothingLocked(house)) ? looks + 1 : 0;
      if (looks === 0) worker.kill('SIGCONT');
      return looks;
    },
    (free) => free > 2,
  );
};

/** Whether a request is under way: its intent is on the log, the answer is not. */
const isAsking = async (one: House): Promise<boolean> => (await log(one)).at(-1) === 'ServiceRequested';

/** The same, and it has come to the network: nothing of it can leave the worker any more. */
const isAsked = async (one: House): Promise<boolean> =>
  (await isAsking(one)) &&
  one.ledger().created.size > (await log(one)).filter((type) => type === 'ServiceActivated').length;

/** A worker that stands still with a request under way. */
const pausedWorker = async (
  one: House,
  env: NodeJS.ProcessEnv,
  isUnderWay: (one: House) => Promise<boolean>,
): Promise<Running> => {
  const worker = one.start(['worker'], { env });
  await until(
    async () => {
      if (!(await isUnderWay(one))) return false;
      await pause(worker, one);
      // The answer may have come just before.
      if (await isUnderWay(one)) return true;
      worker.kill('SIGCONT');
      return false;
    },
    (isPaused) => isPaused,
  );
  return worker;
};

/** Lets it go on, and end when it has settled what it had in hand. */
const wake = async (worker: Running): Promise<void> => {
  worker.kill('SIGTERM');
  worker.kill('SIGCONT');
  const { code, stderr } = await worker.ended;
  expect(code, stderr).toBe(143);
};

const place = async (one: House): Promise<string> =>
  (await one.json(['order', 'new', ...HONG], { env: { OSS_INLINE_MAX_MS: '0' } })).orderId;

test('a worker that wakes after its lease has ended finds its fence stale and appends nothing but its answer', async () => {
  const one = house(UNHURRIED);
  await place(one);
  const worker = await pausedWorker(one, SLOW, isAsked);
  // Its lease (a minute) is over by the clock of those that come later, and so is the time in which it could send.
  const later = { OSS_NOW: iso(Date.parse(MONDAY) + 180_000) };
  const drained = await one.oss(['worker', '--drain', '--wait', '180s'], { env: later });
  expect(drained.code, drained.stderr).toBe(0);
  const before = await log(one);
  expect(before.at(-1)).toBe('SchedulingRequested');
  await wake(worker);
  expect(
    (await log(one))
      .slice(before.length)
      .filter((type) => type !== 'ServiceInDoubt' && type !== 'ServiceActivated'),
  ).toEqual([]);
  const { live, created } = one.ledger();
  expect(live).toHaveLength(4);
  expect([...created.values()]).toEqual([1, 1, 1, 1]);
  expect((await one.json(['db', 'verify'])).items ?? []).toEqual([]);
});

test('what it had under way when it was stopped and the order cancelled is found by reconcile, and taken back', async () => {
  const one = house(UNHURRIED);
  const orderId = await place(one);
  const worker = await pausedWorker(one, SLOW, isAsked);
  const later = { OSS_NOW: iso(Date.parse(MONDAY) + 180_000) };
  const cancel = ['order', 'cancel', orderId, '--code', 'TEST', '-y'];
  expect((await one.oss(cancel, { env: later })).code).toBe(0);
  expect((await one.oss(['worker', '--drain', '--wait', '180s'], { env: later })).code).toBe(0);
  expect((await one.json(['status', orderId])).stage).toBe('cancelled');
  const before = await log(one);
  await wake(worker);
  // Its request came before it was looked for: the answer is a fact that it still holds.
  expect((await log(one)).slice(before.length)).toEqual(['ServiceActivated']);
  const env = { OSS_NOW: iso(Date.parse(MONDAY) + 360_000) };
  const found = await one.oss(['ne', 'reconcile', '--fix'], { env });
  expect([0, 7], found.stderr).toContain(found.code);
  expect((await one.oss(['worker', '--drain', '--wait', '180s'], { env })).code).toBe(0);
  expect(one.ledger().live).toEqual([]);
  expect((await one.json(['status', orderId])).stage).toBe('cancelled');
});

test('a rebuild takes the order from a paused worker; another one goes on, at peers of their own process', async () => {
  const one = house(TIMES, null);
  const peers = one.start(['simulate', 'all', '--port', '0', '-o', 'ndjson'], {
    env: { OSS_SIMULATE_LATENCY_MS: '1000' },
  });
  const told = await until(peers.stdout, (text) => text.trim().split('\n').length === 2);
  const urls = told
    .trim()
    .split('\n')
    .map((line): Json => JSON.parse(line));
  const env = {
    OSS_NE_URL: urls.find(({ peer }) => peer === 'ne').url,
    OSS_TM_URL: urls.find(({ peer }) => peer === 'tm').url,
  };
  const placed = await one.json(['order', 'new', ...HONG], { env: { ...env, OSS_INLINE_MAX_MS: '0' } });
  const worker = await pausedWorker(one, env, isAsking);
  const cancel = ['order', 'cancel', placed.orderId, '--code', 'TEST', '-y'];
  expect((await one.oss(cancel, { env })).code).toBe(0);
  expect((await one.oss(['db', 'rebuild'], { env })).code).toBe(0);
  const drained = await one.oss(['worker', '--drain', '--wait', '180s'], { env });
  if (drained.code !== 0)
    console.log(
      (await one.oss(['events', '1'], { env })).stdout,
      (await one.oss(['fallout', 'show', '1', '--json'], { env })).stdout,
      (await one.oss(['worker', 'status'], { env })).stdout,
    );
  expect(drained.code, drained.stderr).toBe(0);
  const before = await log(one);
  expect(before.at(-1)).toBe('OrderClosed');
  await wake(worker);
  expect((await log(one)).slice(before.length)).toEqual([]);
  expect((await one.json(['ne', 'reconcile'], { env })).items).toEqual([]);
  expect((await one.json(['db', 'rebuild'], { env })).changed).toBe(0);
});
