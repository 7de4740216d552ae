import { afterEach, expect, test } from 'vitest';
import { iso } from '../../src/core/time/iso.ts';
import { HONG, type House, MONDAY, openHouse } from './house.ts';

let home: House | null = null;
afterEach(async () => home?.close());

/** A minute by the clock that each process is given: however long a machine takes, nobody comes too late for it. */
const BREAKER = { OSS_BREAKER_FAILURES: '1', OSS_BREAKER_OPEN_MS: '60000' };
const house = (): House => {
  home = openHouse(BREAKER);
  return home;
};

const place = (one: House, faults = '', now = MONDAY) =>
  one.oss(['order', 'new', ...HONG, '--duplicate-ok', '--json'], {
    env: { OSS_SIMULATE_FAULTS: faults, OSS_NOW: now },
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
  const now = iso(Date.parse(openUntil) + 1_000);
  const ran = await Promise.all(Array.from({ length: 12 }, () => place(one, faults, now)));
  const codes = ran.map(({ code }) => code);
  // Who does not get at the database in time among so many is told "busy, try again", and has placed nothing.
  expect(codes.filter((code) => code !== 0 && code !== 75)).toEqual([]);
  expect(neRequests(one) - before).toBe(1);
  expect((await neBreaker(one)).state).toBe('open');
  expect((await one.json(['order', 'list'])).items).toHaveLength(
    2 + codes.filter((code) => code === 0).length,
  );
});

test.each([
  ['429:30', 30],
  ['503:20', 20],
])('%s: nothing is sent before the peer said to come back, by nobody', async (fault, seconds) => {
  const one = house();
  const { ms } = await place(one, `${fault}@POST /service`);
  const { state, openUntil, name } = await neBreaker(one);
  expect([name, state]).toEqual(['ne:simulated', 'open']);
  // The clock of that process began at this moment and ran as long as it did.
  const wait = Date.parse(openUntil) - Date.parse(MONDAY);
  expect(wait).toBeGreaterThanOrEqual(seconds * 1_000);
  expect(wait).toBeLessThanOrEqual(seconds * 1_000 + ms);
  const before = neRequests(one);
  expect(before).toBe(1);
  const next = await place(one);
  expect(next.code).toBe(0);
  const drained = await one.oss(['worker', '--drain', '--wait', '0s', '--json']);
  expect(drained.code).toBe(75);
  expect(neRequests(one)).toBe(before);
  // In doubt is what was turned away, for the answer may be that of a gateway, and nothing that was not sent.
  const events = (await one.json(['events'])).items.map(({ type }: { type: string }) => type);
  expect(events.filter((type: string) => type === 'ServiceInDoubt')).toHaveLength(1);
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
