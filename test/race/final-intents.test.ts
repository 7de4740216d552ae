import { describe, expect, test } from 'vitest';
import type { Decide } from '../../src/core/app/change-order.ts';
import { completeFieldWork, failFieldWork } from '../../src/core/fieldwork/decide.ts';
import { cancelOrder } from '../../src/core/order/decide.ts';
import { finalIntent } from '../../src/core/process/process.ts';
import { Refusal } from '../../src/core/rules/refusal.ts';
import { iso } from '../../src/core/time/iso.ts';
import { type SagaWorld, sagaWorld } from '../support/saga-world.ts';
import { EVIDENCE } from '../support/stories.ts';

type Intent = 'cancelled' | 'completed' | 'returned';

const intents = (world: SagaWorld): Readonly<Record<Intent, Decide>> => {
  const at = { occurredAt: iso(world.clock.now()) };
  return {
    cancelled: (process) => cancelOrder(process, { code: 'TEST' }),
    completed: (process) => completeFieldWork(process, EVIDENCE, at),
    returned: (process) => failFieldWork(process, 'NO_FACILITY', at),
  };
};

const ALL: readonly Intent[] = ['cancelled', 'completed', 'returned'];
const ORDERINGS: readonly (readonly Intent[])[] = ALL.flatMap((first) =>
  ALL.filter((second) => second !== first).map((second) => [first, second]),
);

/** Runs the commands at once; tells which won, and how the others were refused. */
const atOnce = async (world: SagaWorld, id: string, racers: readonly Intent[]) => {
  const acts = intents(world);
  const ended = await Promise.allSettled(racers.map((racer) => world.change(id, acts[racer])));
  const refusals = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  for (const error of refusals) {
    expect(error).toBeInstanceOf(Refusal);
    if (error instanceof Refusal) expect(error.kind).toBe('conflict');
  }
  return { won: racers.filter((_, i) => ended[i]?.status === 'fulfilled'), lost: refusals.length };
};

/** An order whose visit is agreed. */
const visited = async (world: SagaWorld): Promise<string> => {
  const id = await world.place();
  await world.settle(id);
  expect((await world.order(id)).scheduling.visit).not.toBeNull();
  return id;
};

describe('final intents exclude each other', () => {
  test.each(ORDERINGS)(
    '%s and %s at once: one wins, the other conflicts, and all ends as the log says',
    async (...racers) => {
      const world = await sagaWorld();
      const id = await visited(world);
      const { won, lost } = await atOnce(world, id, racers);
      expect([won.length, lost]).toEqual([1, 1]);
      const process = await world.settle(id);
      expect([finalIntent(process), process.order.closed?.outcome]).toEqual([won[0], won[0]]);
      expect(await world.broken()).toEqual([]);
    },
  );

  test('six of each at once: one kind wins, and the same again is already so', async () => {
    const world = await sagaWorld();
    const id = await visited(world);
    const racers = Array.from({ length: 18 }, (_, i) => ALL[i % 3] ?? 'cancelled');
    const { won, lost } = await atOnce(world, id, racers);
    expect([new Set(won).size, won.length, lost]).toEqual([1, 6, 12]);
    await world.settle(id);
    const finals = (await world.types(id)).filter((type) =>
      ['OrderCancelled', 'FieldWorkCompleted', 'FieldWorkFailed'].includes(type),
    );
    expect(finals).toHaveLength(1);
    expect(await world.broken()).toEqual([]);
  });
});
