import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { HONG, type House, openHouse } from './house.ts';

let home: House | null = null;
afterEach(async () => home?.close());

const BREAKER = { OSS_BREAKER_FAILURES: '1', OSS_BREAKER_OPEN_MS: '1500' };
/** The real clock: a breaker opens and closes between processes, by the time of the day. */
const house = (): House => {
  home = openHouse(BREAKER, null);
  return home;
};

const place = (one: House, faults?: string) =>
  one.oss(['order', 'new', ...HONG, '--duplicate-ok', '--json'], {
    env: faults === undefined ? {} : { OSS_SIMULATE_FAULTS: faults },
  });

const neRequests = (one: House): number =>
  one
    .ledger()
    .requests.filter(({ peer }) => peer === 'ne')
    .reduce((sum, { count }) => sum + count, 0);

const neBreaker = async (one: House) => (await one.json(['breaker', 'list'])).items[0];

test('12 processes start when the breaker may probe: one request', async () => {
  const one = house();
  const faults = '500-before@POST /service';
  await place(one, faults);
  const { openUntil, state } = await neBreaker(one);
  expect(state).toBe('open');
  const before = neRequests(one);
  expect(before).toBe(1);
  const refused = await place(one, faults);
  expect([refused.code, refused.stderr]).toEqual([0, expect.stringContaining('breaker open')]);
  expect(neRequests(one)).toBe(before);
  await setTimeout(Math.max(0, Date.parse(openUntil) - Date.now()) + 20);
  const placed = await Promise.all(Array.from({ length: 12 }, () => place(one, faults)));
  expect(placed.map(({ code }) => code)).toEqual(Array(12).fill(0));
  expect(neRequests(one) - before).toBe(1);
  expect((await neBreaker(one)).state).toBe('open');
  expect((await one.json(['order', 'list'])).items).toHaveLength(14);
});

test.each([
  ['429:30', 30],
  ['503:20', 20],
])('%s: nothing is sent before the peer said to come back, by nobody', async (fault, seconds) => {
  const one = house();
  const sent = Date.now();
  await place(one, `${fault}@POST /service`);
  const { state, openUntil, name } = await neBreaker(one);
  expect([name, state]).toEqual(['ne:simulated', 'open']);
  const wait = (Date.parse(openUntil) - sent) / 1000;
  expect(wait).toBeGreaterThanOrEqual(seconds);
  expect(wait).toBeLessThan(seconds + 5);
  const before = neRequests(one);
  expect(before).toBe(1);
  const next = await place(one);
  expect(next.code).toBe(0);
  const drained = await one.oss(['worker', '--drain', '--wait', '0s', '--json']);
  expect(drained.code).toBe(75);
  expect(neRequests(one)).toBe(before);
  // Nothing that was not sent is in doubt.
  const events = (await one.json(['events'])).items.map(({ type }: { type: string }) => type);
  expect(events).not.toContain('ServiceInDoubt');
});

test('forced open and closed by hand, with a reason that is kept', async () => {
  const one = house();
  await one.json(['breaker', 'open', 'ne', '--for', '5m', '--reason', 'maintenance']);
  expect(await neBreaker(one)).toMatchObject({ state: 'open', forced: { reason: 'maintenance' } });
  await place(one);
  expect(neRequests(one)).toBe(0);
  expect((await one.oss(['worker', '--drain', '--wait', '0s'])).code).toBe(75);
  await one.json(['breaker', 'close', 'ne', '--reason', 'done']);
  expect((await one.json(['worker', '--drain'])).waiting).toBe(0);
  expect(one.ledger().live).toHaveLength(4);
  for (const [line, code] of [
    [['breaker', 'close', 'xx', '--reason', 'x'], 3],
    [['breaker', 'close', 'ne'], 2],
    [['breaker', 'open', 'ne', '--reason', 'x'], 2],
  ] as const) {
    expect((await one.oss(line)).code, line.join(' ')).toBe(code);
  }
});
