import { describe, expect, test } from 'vitest';
import type { PeerFault } from '../../src/adapters/memory/memory-faults.ts';
import { moveVisit } from '../../src/core/scheduling/decide.ts';
import { type SagaWorld, sagaWorld } from '../support/saga-world.ts';

/** Every request takes this long, so that there is a moment before, within and after each. */
const SLOW = { latencyMs: () => 1_000 };
const LINES = { lines: { internet: 1, tv: 1 } };
/** More moments than the longest run here has. */
const MOST_MOMENTS = 200;

type Act = (world: SagaWorld, id: string) => Promise<unknown>;

/**
 * Runs an order and acts when the `moment`-th sleeper has woken. false: the run was over before that.
 */
const actAt = async (world: SagaWorld, id: string, moment: number, act: Act): Promise<boolean> => {
  let isOver = false;
  const running = world.run(id).finally(() => {
    isOver = true;
  });
  running.catch(() => {});
  // world.run moves the clock by itself: each turn of the loop is one of its moves.
  for (let seen = 0; seen < moment && !isOver; seen += 1)
    await new Promise((resolve) => setImmediate(resolve));
  const wasRunning = !isOver;
  await act(world, id);
  await running;
  return wasRunning;
};

const isUndone = async (world: SagaWorld, id: string): Promise<void> => {
  const process = await world.settle(id, 900_000);
  expect([process.stage, process.order.closed?.outcome]).toEqual(['cancelled', 'cancelled']);
  expect(world.ne.ledger().services.filter(({ state }) => state === 'active')).toEqual([]);
  expect(await world.broken()).toEqual([]);
};

/** Acts at every moment of a run, one world a moment, until a run is over before its moment. */
const atEveryMoment = async (
  prepare: () => Promise<{ readonly world: SagaWorld; readonly id: string }>,
  act: Act,
): Promise<number> => {
  for (let moment = 0; moment < MOST_MOMENTS; moment += 1) {
    const { world, id } = await prepare();
    const wasRunning = await actAt(world, id, moment, act);
    await isUndone(world, id);
    if (!wasRunning) return moment;
  }
  throw new Error('the run does not end');
};

const cancel: Act = (world, id) => world.cancel(id);

describe('cancelled at every moment', () => {
  test('of an activation and its first call: nothing is left in the network, nobody is expected', async () => {
    const moments = await atEveryMoment(async () => {
      const world = await sagaWorld({ ne: SLOW, tm: SLOW });
      return { world, id: await world.place(LINES) };
    }, cancel);
    expect(moments).toBeGreaterThan(12);
  });

  const DOUBTS: readonly PeerFault[] = [
    { fault: 'lost-before' },
    { fault: 'lost-after' },
    { fault: 'late-after', ms: 6_500 },
    { fault: 'garbage' },
    { fault: 'monitor', ms: 4_000 },
    { fault: 'monitor', ms: 4_000, code: 'NO_PORT' },
  ];
  test.each(DOUBTS)('of an activation that is in doubt: %o', async (fault) => {
    await atEveryMoment(async () => {
      const world = await sagaWorld({ ne: SLOW });
      const id = await world.place(LINES);
      world.neFaults.add('create', fault, { key: `${id}/internet.hsi#1/1` });
      return { world, id };
    }, cancel);
  });

  test.each<PeerFault>([
    { fault: 'lost-before' },
    { fault: 'lost-after' },
    { fault: 'late-after', ms: 6_500 },
  ])('of a call that is in doubt: the customer is phoned once and expects nobody: %o', async (fault) => {
    await atEveryMoment(
      async () => {
        const world = await sagaWorld({ tm: SLOW });
        const id = await world.place();
        world.tmFaults.add('call', fault);
        return { world, id };
      },
      async (world, id) => {
        await world.cancel(id);
        expect(world.tm.ledger().calls.every(({ count }) => count <= 1)).toBe(true);
      },
    );
  });

  test.each<PeerFault | null>([null, { fault: 'lost-before' }, { fault: 'lost-after' }])(
    'of a move: the appointment ends cancelled whichever came first: %o',
    async (fault) => {
      const to = { start: '2026-11-27T05:00:00.000Z', end: '2026-11-27T06:00:00.000Z' };
      await atEveryMoment(async () => {
        const world = await sagaWorld({ tm: SLOW });
        const id = await world.place();
        await world.settle(id);
        if (fault !== null) world.tmFaults.add('change', fault);
        await world.change(id, (process) =>
          moveVisit(process, { slot: to, technicianId: 'T-02', code: 'X', agreed: true }),
        );
        return { world, id };
      }, cancel);
    },
  );
});
