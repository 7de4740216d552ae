import { afterAll, expect, test } from 'vitest';
import { iso } from '../../src/core/time/iso.ts';
import { HONG, type House, MONDAY, openHouse } from '../acceptance/house.ts';

const PROCESSES = Number(process.env.OSS_LONG_PROCESSES ?? 10);
const ROUNDS = Number(process.env.OSS_LONG_ROUNDS ?? 3);

/** A minute: however long a busy machine takes to start them all, by their clocks the breaker stays open. */
const BREAKER = { OSS_BREAKER_FAILURES: '1', OSS_BREAKER_OPEN_MS: '60000' };
const DOWN = { OSS_SIMULATE_FAULTS: '500-before@ne' };

let house: House | null = null;
afterAll(() => house?.close());

test(
  `${PROCESSES} processes, ${ROUNDS} times, at the moment a breaker may probe: one request each time`,
  async () => {
    const one = openHouse(BREAKER);
    house = one;
    const requests = (): number =>
      one
        .ledger()
        .requests.filter(({ peer }) => peer === 'ne')
        .reduce((sum, { count }) => sum + count, 0);
    const place = (now: string, env = DOWN) =>
      one.oss(['order', 'new', ...HONG, '--duplicate-ok', '--json'], { env: { ...env, OSS_NOW: now } });
    const breaker = async () => (await one.json(['breaker', 'list'])).items[0];

    await place(MONDAY);
    let placed = 1;
    for (let round = 0; round < ROUNDS; round += 1) {
      const { state, openUntil } = await breaker();
      expect(state).toBe('open');
      const before = requests();
      const justBefore = await place(iso(Date.parse(openUntil) - 30_000));
      expect([justBefore.code, requests() - before]).toEqual([0, 0]);
      placed += 1;
      const now = iso(Date.parse(openUntil) + 1_000);
      const ran = await Promise.all(Array.from({ length: PROCESSES }, () => place(now)));
      // Not all may get at the database in time: who is told "busy, try again" has placed nothing.
      const told = ran.map(({ code }) => code);
      expect(told.filter((code) => code !== 0 && code !== 75)).toEqual([]);
      placed += told.filter((code) => code === 0).length;
      expect(requests() - before, `round ${round}`).toBe(1);
    }
    // The peer is well again: one probe closes it, and the rest of the work is done.
    const { openUntil } = await breaker();
    const well = { OSS_SIMULATE_FAULTS: '', OSS_NOW: iso(Date.parse(openUntil) + 1_000) };
    const drained = await one.oss(['worker', '--drain', '--wait', '60s'], { env: well });
    expect(drained.code, drained.stderr).toBe(0);
    expect((await breaker()).state).toBe('closed');
    expect(one.ledger().live).toHaveLength(4 * placed);
  },
  120_000 * ROUNDS * Math.ceil(PROCESSES / 10),
);
