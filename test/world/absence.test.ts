import { afterEach, describe, expect, test } from 'vitest';
import { type Json, startProcess } from '../acceptance/house.ts';
import { OSS } from '../support/real-process.ts';
import { type HoldingGate, holdingGate } from './holding-gate.ts';
import type { Ways } from './ne-of-the-world.ts';
import { buildPreload, NO_PRELOAD } from './preload.ts';
import { CONSISTENCY_MS, openTown, type Town } from './town.ts';

let town: Town;
afterEach(() => town.close());

const isCancelled = ({ stage }: Json): boolean => stage === 'cancelled';

/** However it came to its end: nothing of it lives, and nothing of it comes to live. */
const expectNothingLives = async (orderId: string): Promise<void> => {
  expect(town.live(orderId)).toEqual([]);
  await town.work('1s');
  expect(town.live(orderId)).toEqual([]);
};

describe('reads that lag behind writes', () => {
  const LAG = { lagMs: CONSISTENCY_MS - 200 };

  test.each<readonly [string, Partial<Ways>]>([
    ['switched off by PATCH', LAG],
    ['switched off by DELETE', { ...LAG, deletes: true }],
  ])('a cancel right after the create ends with nothing live (%s)', async (_, ways) => {
    town = await openTown(ways);
    const orderId = await town.place();
    expect((await town.cancel(orderId)).exitCode).toBe(0);
    await town.until(orderId, isCancelled);
    await expectNothingLives(orderId);
  });

  test('lines that are given up right after their create do not live on', async () => {
    town = await openTown({ ...LAG });
    const orderId = await town.place(['--tv', '1']);
    const amended = await town.oss(['order', 'amend', orderId, '--tv', '0', '-y']);
    expect(amended.exitCode, amended.stderr).toBe(0);
    await town.until(orderId, () => town.live(orderId).every(({ spec }) => !spec.startsWith('tv.')));
    const order = await town.until(orderId, ({ stage }) => stage === 'tm-queue');
    expect(order.tvCount).toBe(0);
    expect(
      town
        .live(orderId)
        .map(({ spec }) => spec)
        .sort(),
    ).toEqual(['access.gpon', 'internet.hsi']);
  });

  test('a visit that is returned right after the create ends with nothing live', async () => {
    town = await openTown();
    const orderId = await town.active();
    town.ne.ways.lagMs = CONSISTENCY_MS - 200;
    const agreed = await town.oss(['schedule', 'assign', orderId, '--at', 'next', '--agreed']);
    expect(agreed.exitCode, agreed.stderr).toBe(0);
    await town.oss(['field', 'return', orderId, '--code', 'NO_FACILITY', '-y']);
    await town.until(orderId, ({ stage }) => stage === 'returned');
    await expectNothingLives(orderId);
  });

  test('what was told and is shown later than is configured is waited for', async () => {
    town = await openTown({ lagMs: 2.5 * CONSISTENCY_MS });
    const orderId = await town.place();
    await town.cancel(orderId);
    await town.until(orderId, isCancelled);
    await expectNothingLives(orderId);
  });
});

test('a cache on the way: what it remembers is no proof', async () => {
  town = await openTown();
  await town.active();
  town.ne.ways.instead = (method) => (method === 'POST' ? { status: 500 } : null);
  town.ne.ways.cacheMs = 60_000;
  // The look of a person, which the cache keeps: there is nothing yet.
  const [first] = town.ne.live();
  const orderId = 'ORD-000002';
  const key = first?.asked.replace(/^ORD-\d+/, orderId).replace(/\/.*$/, '/access.gpon#1/1') ?? '';
  await fetch(`${town.ne.url}/service?name=${encodeURIComponent(key)}`);
  expect(await town.place()).toBe(orderId);
  expect(town.ne.services().map(({ asked }) => asked)).toContain(key);
  await town.cancel(orderId);
  await town.until(orderId, isCancelled);
  await expectNothingLives(orderId);
});

test('202 without a monitor: what it does later is waited for', async () => {
  town = await openTown();
  await town.active();
  Object.assign(town.ne.ways, { create: 'accepted', acceptedMs: 2_000 });
  const orderId = await town.place();
  await town.cancel(orderId);
  await town.until(orderId, isCancelled);
  await expectNothingLives(orderId);
});

test('a machine that was cloned while it ran, and is up for longer, does not believe to have waited', async ({
  skip,
}) => {
  town = await openTown({}, { env: { OSS_NE_POLL_MAX_MS: '25000' } });
  const library = buildPreload('step-clock', town.folder);
  if (library === null) {
    process.stderr.write(`NOT PROVEN HERE, clones: ${NO_PRELOAD}\n`);
    return skip(NO_PRELOAD);
  }
  await town.active();
  // Taken on, and done much later than a look begins that only wants to see it soon.
  Object.assign(town.ne.ways, { create: 'accepted', acceptedMs: 18_000 });
  const orderId = await town.place();
  await town.cancel(orderId);
  const clone = { LD_PRELOAD: library, STEP_CLOCK_AS: 'clone', STEP_CLOCK_MS: '3600000' };
  const drain = ['worker', '--drain', '--wait', '8s'];
  await startProcess(OSS, drain, { ...town.env, PATH: process.env.PATH, ...clone }).ended;
  expect(town.ne.requests().at(-1)).toMatch(/^GET .*name=/);
  expect((await town.order(orderId)).stage).toBe('cancelling');
  await town.until(orderId, isCancelled, '15s');
  await expectNothingLives(orderId);
});

test('a sender with a longer patience than the one who looks is given the time that it takes for itself', async () => {
  let gate: HoldingGate | null = null;
  const before = async (url: string): Promise<HoldingGate> => {
    gate = await holdingGate(url);
    return gate;
  };
  town = await openTown({}, { before });
  if (gate === null) throw new Error('there is no gate');
  const { hold, release, close }: HoldingGate = gate;
  try {
    await town.active();
    const held = hold();
    const line = ['order', 'new', '--name', '김철수', '--phone', '010-2222-3333', '--internet', '1'];
    const sender = startProcess(OSS, [...line, '--address', '서울특별시 강남구 역삼로 1'], {
      ...town.env,
      PATH: process.env.PATH,
      OSS_NE_TIMEOUT_MS: '9000',
    });
    await held;
    sender.kill('SIGKILL');
    await sender.ended;
    const orderId = 'ORD-000002';
    await town.cancel(orderId);
    // Who looks has short time-outs, by which the request can arrive no more; by the sender's own it can.
    await town.work('4s');
    expect((await town.order(orderId)).stage).toBe('cancelling');
    release();
    await town.until(orderId, isCancelled, '15s');
    await expectNothingLives(orderId);
  } finally {
    await close();
  }
});
