import { describe, expect, test } from 'vitest';
import { drain } from '../src/core/app/engine/drain.ts';
import { CRASH_POINTS } from '../src/core/saga/crash-points.ts';
import { iso } from '../src/core/time/iso.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../src/core/time/units.ts';
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
