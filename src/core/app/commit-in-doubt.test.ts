import { describe, expect, test } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../test/support/saga-world.ts';
import { ANSWERED, type CommitAnswer } from '../../adapters/memory/commit-answer.ts';
import { isRefusal } from '../rules/refusal.ts';
import { createBatch, takeBatch } from './batch/batch-lease.ts';
import type { ReadyRow } from './batch/row.ts';
import { runBatch } from './batch/run-batch.ts';
import { drain } from './engine/drain.ts';
import { GIVE_UP_MS } from './engine/trouble.ts';
import { addNote } from './orders/change-terms.ts';
import { type NewOrder, placeOrder } from './orders/place-order.ts';

const orderOf = (n: number): NewOrder => ({
  name: '정하은',
  phone: `010-0000-${String(n).padStart(4, '0')}`,
  address: `중앙로 ${n}`,
  area: '분당구',
  lines: { internet: 1, tv: 0 },
  channel: 'desk',
  priority: 'normal',
  wishes: {},
});

const DAY_MS = 86_400_000;

/** A world whose COMMIT number `lostAt` from now loses its answer for good. */
const doubtful = async (isDone: boolean) => {
  let commits = 0;
  let lostAt = Number.POSITIVE_INFINITY;
  const answers = (): CommitAnswer => {
    commits += 1;
    return commits === lostAt ? { kind: 'lost', isDone, isKnown: false } : ANSWERED;
  };
  const world = await sagaWorld({ answers });
  const lose = (next: number): void => {
    lostAt = commits + next;
  };
  return { world, lose, wasLost: () => commits >= lostAt };
};

const inDoubt = (work: Promise<unknown>) =>
  expect(work).rejects.toSatisfy((error) => isRefusal(error, 'COMMIT_IN_DOUBT'));

const orders = ({ deps }: SagaWorld) => deps.store.read((tx) => tx.events.orderIds('', 1_000));

describe.each([true, false])('a commit in doubt (done: %s)', (isDone) => {
  test('is said again with its key, and done once', async () => {
    const { world, lose } = await doubtful(isDone);
    const place = () => placeOrder(world.deps, orderOf(1), { key: 'WEB-1' });
    lose(1);
    await inDoubt(place());
    const { process, status } = await place();
    expect(status).toBe(isDone ? 'already' : 'done');
    expect(await orders(world)).toEqual([process.orderId]);
  });

  test('of rows of a batch without keys doubles none, and the next run does the others', async () => {
    const { world, lose } = await doubtful(isDone);
    for (let n = 1; n <= 6; n += 1)
      await world.place({ phone: `010-0000-${1_000 + n}`, address: `중앙로 ${n}` });
    const ids = await orders(world);
    const rows = ids.map(
      (orderId, i): ReadyRow => ({
        kind: 'ready',
        line: i + 2,
        op: 'order.note',
        command: 'order note',
        key: null,
        after: null,
        action: {
          kind: 'change',
          order: { orderId },
          needsPeers: false,
          fields: { text: 'x' },
          change: ({ deps }) => addNote(deps, orderId, { text: 'x' }),
        },
      }),
    );
    const startedAt = '2026-11-24T00:00:00.000Z';
    const batch = await createBatch(world.deps, { file: 'f', fileHash: 'h', op: null, rows: 6, startedAt });
    const run = () =>
      runBatch(
        world.deps,
        batch,
        (async function* () {
          yield rows;
        })(),
        {
          jobs: 3,
          maxFailures: null,
          signal: new AbortController().signal,
          word: ({ code }) => ({ code, message: '' }),
          onRow: () => undefined,
          before: (line) => world.deps.store.read((tx) => tx.batches.row(batch.batchId, line)),
        },
      );
    const notes = async () =>
      (await Promise.all(ids.map(world.types))).map(
        (types) => types.filter((type) => type === 'NoteAdded').length,
      );
    lose(1);
    await inDoubt(run());
    expect(await notes()).toEqual(isDone ? [1, 1, 1, 0, 0, 0] : [0, 0, 0, 0, 0, 0]);
    await takeBatch(world.deps, batch.batchId);
    expect(await run()).toEqual({ ending: 'finished' });
    expect(await notes()).toEqual([1, 1, 1, 1, 1, 1]);
    expect(await world.deps.store.read((tx) => tx.batches.counts(batch.batchId))).toMatchObject({ done: 6 });
  });

  test('anywhere in the steps of an order leaves the network as the order says', async () => {
    let wasLost = true;
    for (let n = 1; wasLost; n += 1) {
      const doubt = await doubtful(isDone);
      const { world } = doubt;
      const orderId = await world.place();
      doubt.lose(n);
      await world.awaiting(
        drain(world.deps, {
          concurrency: 4,
          drain: true,
          waitMs: GIVE_UP_MS,
          signal: new AbortController().signal,
          closedLanes: async () => new Map(),
          places: { local: 4, ne: 4, tm: 4 },
          patienceMs: GIVE_UP_MS,
        }),
      );
      wasLost = doubt.wasLost();
      // A call that may have been asked for is looked up, and its customer is phoned again an hour later.
      await world.settle(orderId, DAY_MS);
      expect((await world.order(orderId)).stage, `commit ${n}`).toBe('dispatched');
      expect(await world.broken(), `commit ${n}`).toEqual([]);
    }
  });
});
