import { describe, expect, test } from 'vitest';
import type { Answering } from '../src/adapters/memory/memory-desk.ts';
import { drain } from '../src/core/app/engine/drain.ts';
import { replanAhead } from '../src/core/app/engine/replan-ahead.ts';
import { CRASH_POINTS } from '../src/core/saga/crash-points.ts';
import { iso, ms } from '../src/core/time/iso.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../src/core/time/units.ts';
import { toLocal } from '../src/core/time/zone.ts';
import { type SagaWorld, sagaWorld } from './support/saga-world.ts';

/** A quarter to seven in the evening in Seoul: nine hours earlier it is in calling hours too. */
const EVENING = '2026-11-24T09:45:00.000Z';
const MORNING = '2026-11-24T00:15:00.000Z';
/** Longer than any wait that a rule gives here. */
const LONGEST_MS = 20 * MINUTE_MS;

const STEPS = [
  { name: 'nine hours back', by: -9 * HOUR_MS, start: EVENING },
  { name: 'a minute back', by: -61 * SECOND_MS, start: EVENING },
  { name: 'a minute on', by: 61 * SECOND_MS, start: MORNING },
  { name: 'nine hours on', by: 9 * HOUR_MS, start: MORNING },
] as const;

type Life = {
  readonly name: string;
  /** What goes wrong. */
  readonly faults?: (world: SagaWorld) => void;
};

type CallAnswer = ReturnType<Answering>;
type CallAnswers = readonly CallAnswer[];
const NOBODY_AT_FIRST: CallAnswers = [{ outcome: 'NO_ANSWER' }];

const LIVES: readonly Life[] = [
  { name: 'all goes well' },
  {
    name: 'answers are lost',
    faults: ({ neFaults, tmFaults }) => {
      neFaults.add('create', { fault: 'lost-after' }, { times: 2 });
      neFaults.add('revert', { fault: 'lost-before' });
      neFaults.add('find', { fault: 'lost-before' });
      tmFaults.add('call', { fault: 'lost-after' });
      tmFaults.add('findCall', { fault: 'lost-before' });
      tmFaults.add('change', { fault: 'lost-before' });
    },
  },
  {
    name: 'requests are lost',
    faults: ({ neFaults, tmFaults }) => {
      neFaults.add('create', { fault: 'lost-before' }, { times: 2 });
      tmFaults.add('search', { fault: 'lost-before' });
    },
  },
];

/** Two workers until nothing technical is left for them, on their own clock no longer than `LONGEST_MS`. */
const worked = async (world: SagaWorld, crashPoint: (name: string) => void): Promise<void> => {
  const other = { processes: world.processes.as('test/2/0'), ne: world.ne.client(), tm: world.tm.client() };
  const workers = [world.deps, { ...world.deps, ...other }].map((deps) =>
    drain(
      { ...deps, crashPoint },
      {
        concurrency: 2,
        drain: true,
        waitMs: LONGEST_MS,
        signal: new AbortController().signal,
        closedLanes: async () => new Map(),
        places: { local: 2, ne: 2, tm: 2 },
      },
    ),
  );
  await world.awaiting(Promise.all(workers));
};

/** An order from its beginning to the agreed visit, then cancelled and closed. Told of each place that it passes. */
const live = async ({ faults }: Life, start: string, onPlace: (name: string, world: SagaWorld) => void) => {
  const world = await sagaWorld({
    start,
    ne: { idempotent: false },
    tm: { idempotent: false },
  });
  faults?.(world);
  const crashPoint = (name: string): void => onPlace(name, world);
  const orderId = await world.place();
  await worked(world, crashPoint);
  const { visit } = (await world.order(orderId)).scheduling;
  await world.cancel(orderId);
  await worked(world, crashPoint);
  return { world, visit, ended: await world.order(orderId) };
};

const placesOf = async (life: Life, start: string): Promise<readonly string[]> => {
  const passed = new Set<string>();
  await live(life, start, (name) => passed.add(name));
  return CRASH_POINTS.filter((place) => passed.has(place));
};

/** Of the life in which most goes on all of them. */
const stepsOf = ({ name }: Life) => (name === 'answers are lost' ? STEPS : [STEPS[0], STEPS[2]]);

const CASES = await Promise.all(
  LIVES.flatMap((life) =>
    stepsOf(life).map(async (step) => ({ life, step, places: await placesOf(life, step.start) })),
  ),
);

describe.each(CASES)(
  'a life in which $life.name, and the wall clock steps $step.name',
  ({ life, step, places }) => {
    test.each(places)('at %s: nobody waits for it, and nothing is doubled', async (place) => {
      let passed = 0;
      const { world, visit, ended } = await live(life, step.start, (name, { clock }) => {
        if (name !== place) return;
        passed += 1;
        if (passed === 1) clock.set(iso(clock.now() + step.by));
      });
      expect(passed).toBeGreaterThan(0);
      expect(visit, 'a visit is agreed').not.toBeNull();
      expect(ended.stage).toBe('cancelled');
      expect(await world.broken()).toEqual([]);
      const { effects } = world.ne.ledger();
      expect(effects.filter(({ effect }) => effect === 'create')).toHaveLength(2);
      expect(world.tm.ledger().calls).toHaveLength(1);
    });
  },
);

describe('a call that a clock put off which was nine hours ahead', () => {
  /** Nobody picks up the first time. */
  const unreached = async (start: string, answer: CallAnswers = NOBODY_AT_FIRST) => {
    let calls = 0;
    const world = await sagaWorld({ start, tm: { answer: () => answer[calls++] ?? { outcome: 'AGREED' } } });
    const orderId = await world.place();
    await world.settle(orderId, 0);
    expect(world.tm.ledger().calls).toHaveLength(1);
    world.clock.set(iso(world.clock.now() - 9 * HOUR_MS));
    await replanAhead(world.deps);
    return { world, orderId };
  };
  const calledAt = async (world: SagaWorld, orderId: string, withinMs: number) => {
    const since = world.clock.now();
    await world.settle(orderId, withinMs);
    const { calls } = (await world.order(orderId)).scheduling;
    expect(world.tm.ledger().calls).toHaveLength(2);
    return { after: ms(calls.at(-1)?.at ?? '') - since, local: toLocal(world.clock.now(), 'Asia/Seoul') };
  };

  test('is made an hour later, as this clock plans it', async () => {
    const { world, orderId } = await unreached(EVENING);
    expect((await calledAt(world, orderId, HOUR_MS)).after).toBe(HOUR_MS);
    expect(await world.broken()).toEqual([]);
  });

  test('that it had put off to the next morning is made today, and by day', async () => {
    // Half past seven in the evening: an hour later nobody is phoned any more.
    const { world, orderId } = await unreached('2026-11-24T10:30:00.000Z');
    const { after, local } = await calledAt(world, orderId, HOUR_MS);
    expect([after, local.date]).toEqual([HOUR_MS, '2026-11-24']);
  });

  test('is not made at night because its pause was short', async () => {
    // Five in the evening, which is eight in the morning.
    const { world, orderId } = await unreached('2026-11-24T08:00:00.000Z');
    expect((await world.order(orderId)).scheduling.proposal?.callAt).toBe('2026-11-24T00:00:00.000Z');
  });

  test('waits for the time that the customer named', async () => {
    const callbackAt = '2026-11-25T04:00:00.000Z';
    const { world, orderId } = await unreached(EVENING, [{ outcome: 'CALLBACK', at: callbackAt }]);
    expect((await world.order(orderId)).scheduling.proposal?.callAt).toBe(callbackAt);
    expect(await world.types(orderId)).not.toContain('VisitReleased');
  });

  test('counts as one of this day, however often the clock is put back', async () => {
    const { world, orderId } = await unreached(EVENING, Array<CallAnswer>(9).fill({ outcome: 'NO_ANSWER' }));
    await replanAhead(world.deps);
    await world.settle(orderId, 9 * HOUR_MS);
    expect(world.tm.ledger().calls).toHaveLength(3);
  });
});
