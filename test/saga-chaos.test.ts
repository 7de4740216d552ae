import { describe, expect, test } from 'vitest';
import { type FaultRates, type PeerFault, seededFaults } from '../src/adapters/memory/memory-faults.ts';
import type { NeOperation } from '../src/adapters/memory/memory-ne.ts';
import type { TmOperation } from '../src/adapters/memory/memory-tm.ts';
import { chance } from '../src/adapters/simulators/chance.ts';
import type { Decide } from '../src/core/app/change-order.ts';
import {
  completeFieldWork,
  failFieldWork,
  recordRevisit,
  startFieldWork,
} from '../src/core/fieldwork/decide.ts';
import { amendLines, cancelOrder, retryHold } from '../src/core/order/decide.ts';
import { finalIntent, isClosed } from '../src/core/process/process.ts';
import { DEFAULT_POLICY } from '../src/core/rules/policy.ts';
import { Refusal } from '../src/core/rules/refusal.ts';
import { moveVisit, releaseVisit } from '../src/core/scheduling/decide.ts';
import { iso } from '../src/core/time/iso.ts';
import { type SagaWorld, sagaWorld } from './support/saga-world.ts';
import { EVIDENCE } from './support/stories.ts';

const each = (...faults: readonly (readonly [number, PeerFault])[]) =>
  faults.map(([probability, fault]) => ({ probability, fault }));
const LOST = each(
  [0.08, { fault: 'lost-before' }],
  [0.08, { fault: 'lost-after' }],
  [0.05, { fault: 'late-after', ms: 6_500 }],
  [0.05, { fault: 'garbage' }],
  [0.05, { fault: 'not-sent' }],
  [0.02, { fault: 'misconfigured' }],
);
const READS = each(
  [0.1, { fault: 'lost-before' }],
  [0.05, { fault: 'garbage' }],
  [0.05, { fault: 'not-sent' }],
);
const ADMIT = each([0.05, { fault: 'breaker-open', retryAt: null }], [0.03, { fault: 'bulkhead-full' }]);
const REFUSED = each([0.06, { fault: 'reject', code: 'NO' }]);

const NE_RATES: FaultRates<NeOperation | 'admit'> = {
  admit: ADMIT,
  create: [
    ...LOST,
    ...REFUSED,
    ...each(
      [0.06, { fault: 'monitor', ms: 9_000 }],
      [0.03, { fault: 'monitor', ms: 4_000, code: 'NO_PORT' }],
    ),
  ],
  revert: [...LOST, ...REFUSED],
  find: READS,
  readMonitor: READS,
};
const TM_RATES: FaultRates<TmOperation | 'admit'> = {
  admit: ADMIT,
  search: [...READS, ...REFUSED],
  call: [...LOST, ...REFUSED],
  findCall: READS,
  read: READS,
  change: [...LOST, ...REFUSED],
};

/** Numbers from 0 up to n, the same for the same seed. */
const dice = (seed: number) => {
  let rolls = 0;
  return (n: number): number => {
    rolls += 1;
    return Math.floor(chance(seed, 'dice', '', rolls) * n);
  };
};

const deeds = (world: SagaWorld, roll: (n: number) => number): readonly Decide[] => {
  const at = { occurredAt: iso(world.clock.now()) };
  const { policy } = world.deps;
  return [
    (process) => cancelOrder(process, { code: 'TEST' }),
    (process) => failFieldWork(process, 'NO_FACILITY', at),
    (process) =>
      completeFieldWork(process, { ...EVIDENCE, stbSerials: process.order.lines.tv > 0 ? ['STB1'] : [] }, at),
    (process) =>
      recordRevisit(
        process,
        (['NO_ACCESS', 'WEATHER', 'WRONG_ADDRESS'] as const)[roll(3)] ?? 'WEATHER',
        at,
        policy,
      ),
    (process) => startFieldWork(process, at),
    (process) => amendLines(process, { internet: roll(3), tv: roll(3) }, policy),
    (process) => amendLines(process, { internet: roll(3), tv: roll(3) }, policy),
    (process) => {
      const [hold] = process.order.holds;
      return hold === undefined ? [] : retryHold(process, hold.hold);
    },
    (process) => {
      const start = world.clock.now() + (1 + roll(5)) * 86_400_000;
      const slot = { start: iso(start), end: iso(start + 3 * 3_600_000) };
      return moveVisit(process, { slot, technicianId: 'T-02', code: 'X', agreed: true });
    },
    (process) => releaseVisit(process),
  ];
};

const refusedIsFine = async (work: Promise<unknown>): Promise<void> => {
  await work.catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
};

/** Retries what is held and lets all come to rest, until every order with a final intent is closed. */
const comeToRest = async (world: SagaWorld, ids: readonly string[]): Promise<void> => {
  for (let rounds = 0; rounds < 12; rounds += 1) {
    for (const id of ids) {
      for (const { hold } of (await world.order(id)).order.holds) {
        await refusedIsFine(world.change(id, (process) => retryHold(process, hold)));
      }
      await world.settle(id, 900_000);
    }
  }
};

/** The first ones, and every one that ever found something. */
const SEEDS = [...Array.from({ length: 25 }, (_, i) => i + 1), 41, 101, 144, 210];

describe('whatever goes wrong, nothing is lost and nothing happens twice', () => {
  test.each(SEEDS)('seed %i', async (seed) => {
    const roll = dice(seed);
    const neFaults = seededFaults(seed, NE_RATES);
    const tmFaults = seededFaults(seed + 10_000, TM_RATES);
    const words = [
      () => ({ outcome: 'AGREED' as const }),
      () => ({ outcome: 'AGREED' as const, afterMs: 12_000 }),
      () => ({ outcome: 'NO_ANSWER' as const }),
      () => ({ outcome: 'REFUSED' as const }),
    ];
    const world = await sagaWorld({
      policy: { schedule: { ...DEFAULT_POLICY.schedule, auto: true } },
      ne: { nextFault: neFaults.nextFault, latencyMs: () => roll(400) },
      tm: {
        nextFault: tmFaults.nextFault,
        latencyMs: () => roll(400),
        answer: () => words[roll(6)]?.() ?? { outcome: 'AGREED' },
      },
    });
    const ids: string[] = [];
    for (let i = 0; i < 4; i += 1)
      ids.push(await world.place({ lines: { internet: 1 + roll(2), tv: roll(3) } }));
    for (let turn = 0; turn < 40; turn += 1) {
      const id = ids[roll(ids.length)] ?? ids[0] ?? '';
      const running = world.run(id, roll(4) === 0 ? { budgetMs: 1_500 } : {});
      const other = ids[roll(ids.length)] ?? id;
      const acts = deeds(world, roll);
      // A final intent is rare, so that there is something to go wrong before it.
      const first = roll(5) === 0 ? 0 : 3;
      const act = acts[first + roll(acts.length - first)];
      if (act !== undefined) await refusedIsFine(world.change(other, act));
      await running;
      if (roll(3) === 0) await world.clock.advance(roll(20_000));
      if (roll(15) === 0) await world.deps.store.write((tx) => tx.work.bumpFences());
    }
    neFaults.on = false;
    tmFaults.on = false;
    await comeToRest(world, ids);
    for (const id of ids) {
      const process = await world.order(id);
      if (finalIntent(process) !== null) expect(isClosed(process), `${id} ${process.stage}`).toBe(true);
    }
    expect(await world.broken()).toEqual([]);
  });
});
