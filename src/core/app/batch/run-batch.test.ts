import { describe, expect, test } from 'vitest';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import type { Batch, BatchRow } from '../../ports/batches.ts';
import { START } from '../../ports/cursor.ts';
import { Refusal } from '../../rules/refusal.ts';
import { recordApart } from '../audit.ts';
import type { AppDeps } from '../deps.ts';
import { addNote, cancelOrder } from '../orders/change-terms.ts';
import { type NewOrder, placeIn } from '../orders/place-order.ts';
import { createBatch, endBatch, takeBatch } from './batch-lease.ts';
import { ascending, journalRows } from './journal.ts';
import { orderDifferences } from './order-differences.ts';
import { readSummary } from './read-batches.ts';
import { rehearseBatch } from './rehearse-batch.ts';
import type { InvalidRow, PlannedRow, ReadyRow, RowWrite } from './row.ts';
import { type RunBatchOptions, runBatch } from './run-batch.ts';

const orderOf = (n: number): NewOrder => ({
  name: '정하은',
  phone: `010-0000-${String(n).padStart(4, '0')}`,
  address: `중앙로 ${n}`,
  area: '분당구',
  lines: { internet: 1, tv: 0 },
  channel: 'batch',
  priority: 'normal',
  wishes: {},
});

const newRow = (
  line: number,
  changes: Partial<NewOrder> & { key?: string; after?: string } = {},
): ReadyRow => {
  const { key = `K-${line}`, after = null, ...rest } = changes;
  const order = { ...orderOf(line), ...rest };
  return {
    kind: 'ready',
    line,
    op: 'order.new',
    command: 'order new',
    key,
    after,
    action: {
      kind: 'place',
      place: ({ write, deps }) => placeIn(write, deps, { order, options: { key } }),
      differs: ({ write }, orderId) => orderDifferences(write.tx, orderId, order),
    },
  };
};

type Named = { readonly orderId: string } | { readonly orderKey: string };

const noteRow = (line: number, order: Named, text: string, more: Partial<ReadyRow> = {}): ReadyRow => ({
  kind: 'ready',
  line,
  op: 'order.note',
  command: 'order note',
  key: null,
  after: null,
  ...more,
  action: {
    kind: 'change',
    order,
    needsPeers: false,
    fields: { text },
    change: ({ deps }, orderId) =>
      addNote(deps, orderId, { text, ...(more.key == null ? {} : { key: more.key }) }),
  },
});

const cancelRow = (line: number, order: Named, more: Partial<ReadyRow> = {}): ReadyRow => ({
  ...noteRow(line, order, '', more),
  op: 'order.cancel',
  command: 'order cancel',
  action: {
    kind: 'change',
    order,
    needsPeers: false,
    fields: { code: 'TEST' },
    change: ({ deps }, orderId) => cancelOrder(deps, orderId, { code: 'TEST', key: more.key ?? undefined }),
  },
});

const badRow = (line: number): InvalidRow => ({
  kind: 'invalid',
  line,
  op: 'order.new',
  command: 'order new',
  key: null,
  error: { code: 'INVALID_ROW', message: 'phone: is missing' },
});

async function* pieces(rows: readonly PlannedRow[], size = 3) {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}

const create = (deps: AppDeps, rows: number, fileHash = 'hash'): Promise<Batch> =>
  createBatch(deps, {
    file: '/tmp/orders.csv',
    fileHash,
    op: null,
    rows,
    startedAt: '2026-11-24T00:00:00.000Z',
  });

const run = async (
  deps: AppDeps,
  rows: readonly PlannedRow[],
  options: Partial<RunBatchOptions> & { readonly batch?: Batch } = {},
) => {
  const batch = options.batch ?? (await create(deps, rows.length));
  const told: BatchRow[] = [];
  const ended = await runBatch(deps, batch, pieces(rows), {
    jobs: 256,
    maxFailures: null,
    signal: new AbortController().signal,
    word: ({ code }, differs) => ({ code, message: differs.join() }),
    onRow: (row) => {
      told.push(row);
      return undefined;
    },
    ...options,
  });
  return { batch, told, ...ended };
};

const journal = async ({ deps }: SagaWorld, { batchId }: Batch): Promise<readonly BatchRow[]> => {
  const rows: BatchRow[] = [];
  for await (const row of journalRows(deps.store, batchId)) rows.push(row);
  return rows;
};
const states = (rows: readonly BatchRow[]) => rows.map(({ line, state }) => [line, state]);
const lines = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('running a batch', () => {
  test('does every row and journals it', async () => {
    const world = await sagaWorld();
    const { batch, told, ending } = await run(
      world.deps,
      lines(2, 301).map((line) => newRow(line)),
    );
    expect(ending).toBe('finished');
    const rows = await journal(world, batch);
    expect(rows.map(({ line }) => line)).toEqual(lines(2, 301));
    expect(new Set(rows.map(({ orderId }) => orderId)).size).toBe(300);
    expect(rows.every(({ state }) => state === 'done')).toBe(true);
    expect([...told].sort((a, b) => a.line - b.line)).toEqual(rows);
  });

  test('tells rows whose keys were done from conflicts, which say what differs', async () => {
    const world = await sagaWorld();
    const rows = lines(2, 6).map((line) => newRow(line));
    await run(world.deps, rows);
    const changed = newRow(4, { lines: { internet: 2, tv: 0 }, address: '다른 곳' });
    const again = await run(world.deps, [...rows.slice(0, 2), changed, ...rows.slice(3)]);
    expect(states(await journal(world, again.batch))).toEqual([
      [2, 'skipped'],
      [3, 'skipped'],
      [4, 'failed'],
      [5, 'skipped'],
      [6, 'skipped'],
    ]);
    const [, , conflict] = await journal(world, again.batch);
    expect(conflict).toMatchObject({
      orderId: 'ORD-000003',
      error: { code: 'KEY_CONFLICT', message: 'address,internet' },
    });
  });

  test('another area that was read from the same address is no other content', async () => {
    const world = await sagaWorld();
    await run(world.deps, [newRow(2, { area: null, areaRead: true })]);
    const { told } = await run(world.deps, [newRow(2, { area: '강남구', areaRead: true, channel: 'desk' })]);
    expect(states(told)).toEqual([[2, 'skipped']]);
  });

  test('a row that is refused undoes itself alone', async () => {
    const world = await sagaWorld();
    const rows = lines(2, 40).map((line) =>
      newRow(line, line % 7 === 0 ? { lines: { internet: 0, tv: 0 } } : {}),
    );
    const { batch } = await run(world.deps, rows);
    const found = await journal(world, batch);
    const failed = found.filter(({ state }) => state === 'failed');
    expect(failed.map(({ line, error }) => [line, error?.code])).toEqual(
      [7, 14, 21, 28, 35].map((line) => [line, 'NO_LINES']),
    );
    const ids = found.flatMap(({ orderId }) => orderId ?? []);
    expect(new Set(ids).size).toBe(34);
  });

  test('rows of one order run in file order, also by its key', async () => {
    const world = await sagaWorld();
    const named = { orderKey: 'K-2' };
    const texts = lines(1, 30).map((n) => `note ${n}`);
    const rows = [newRow(2), ...texts.map((text, i) => noteRow(3 + i, named, text)), cancelRow(40, named)];
    const { batch } = await run(world.deps, rows);
    expect((await journal(world, batch)).every(({ state }) => state === 'done')).toBe(true);
    const events = await world.deps.store.read((tx) => tx.events.load('ORD-000001'));
    expect(events.map(({ type }) => type)).toEqual([
      'OrderPlaced',
      ...texts.map(() => 'NoteAdded'),
      'OrderCancelled',
    ]);
    const ids = events.flatMap((event) => (event.type === 'NoteAdded' ? [event.data.textId] : []));
    const kept = await world.deps.store.read((tx) => tx.vault.texts(ids));
    expect(ids.map((id) => kept.get(id))).toEqual(texts);
  });

  test('a row comes after the one it names, and fails with it', async () => {
    const world = await sagaWorld();
    const none = { lines: { internet: 0, tv: 0 } };
    const rows = [
      newRow(2, { key: 'A' }),
      newRow(3, { key: 'B', ...none }),
      newRow(4, { key: 'C', after: 'A' }),
      newRow(5, { key: 'D', after: 'B' }),
      newRow(6, { key: 'E', after: 'D' }),
    ];
    const { batch } = await run(world.deps, rows);
    expect((await journal(world, batch)).map(({ key, state, error }) => [key, state, error?.code])).toEqual([
      ['A', 'done', undefined],
      ['B', 'failed', 'NO_LINES'],
      ['C', 'done', undefined],
      ['D', 'failed', 'AFTER_FAILED'],
      ['E', 'failed', 'AFTER_FAILED'],
    ]);
  });

  test('an order that was placed with no such key is not found', async () => {
    const world = await sagaWorld();
    const { told } = await run(world.deps, [cancelRow(2, { orderKey: 'nobody' }), badRow(3)]);
    expect(told.map(({ error }) => error?.code).sort()).toEqual(['INVALID_ROW', 'ORDER_KEY_UNKNOWN']);
  });

  test('tells what was so already from what the key did before', async () => {
    const world = await sagaWorld();
    const orderId = await world.place();
    const rows = [cancelRow(2, { orderId }, { key: 'X' }), cancelRow(3, { orderId }, { key: 'Y' })];
    expect(states((await run(world.deps, rows)).told)).toEqual([
      [2, 'done'],
      [3, 'already'],
    ]);
    expect(states((await run(world.deps, rows)).told)).toEqual([
      [2, 'skipped'],
      [3, 'skipped'],
    ]);
  });

  test('the same file again does nothing again, also in rows without a key', async () => {
    const world = await sagaWorld();
    const named = { orderKey: 'K-2' };
    const note = noteRow(4, named, 'x');
    // No order has this number when the first run comes to it.
    const later = noteRow(6, { orderId: 'ORD-000009' }, 'y');
    const rows = [newRow(2), noteRow(3, named, ''), note, cancelRow(5, named), later];
    const first = await run(world.deps, rows);
    expect(states(await journal(world, first.batch))).toEqual([
      [2, 'done'],
      [3, 'done'],
      [4, 'done'],
      [5, 'done'],
      [6, 'failed'],
    ]);
    while ((await world.place()) !== 'ORD-000009');
    const again = await run(world.deps, rows);
    const [placed] = await journal(world, first.batch);
    const orderId = placed?.orderId ?? '';
    expect(again.told.map(({ line, state, orderId: of }) => [line, state, of]).sort()).toEqual([
      [2, 'skipped', orderId],
      [3, 'skipped', orderId],
      [4, 'skipped', orderId],
      [5, 'skipped', orderId],
      [6, 'done', 'ORD-000009'],
    ]);
    expect((await world.types(orderId)).filter((type) => type === 'NoteAdded')).toHaveLength(2);
    // The first run is gone on with: what the second one did meanwhile is not done again.
    const taken = await takeBatch(world.deps, first.batch.batchId);
    expect(states((await run(world.deps, [later], { batch: taken })).told)).toEqual([[6, 'skipped']]);
    const otherOp = { ...note, op: 'order.remark' };
    expect(states((await run(world.deps, [otherOp])).told)).toEqual([[4, 'done']]);
    const otherFile = await create(world.deps, 1, 'other');
    expect(states((await run(world.deps, [note], { batch: otherFile })).told)).toEqual([[4, 'done']]);
  });

  test('ends at the limit of failures: no row begins after it', async () => {
    const world = await sagaWorld();
    const rows = lines(2, 500).map((line) =>
      newRow(line, line >= 10 ? { lines: { internet: 0, tv: 0 } } : {}),
    );
    const { batch, ending } = await run(world.deps, rows, { maxFailures: 3 });
    expect(ending).toBe('limit');
    const found = await journal(world, batch);
    expect(found.filter(({ state }) => state === 'failed').map(({ line }) => line)).toEqual([10, 11, 12]);
    expect(found).toHaveLength(11);
  });

  test('ends when it is told to, after what is in flight', async () => {
    const world = await sagaWorld();
    const stop = new AbortController();
    const rows = lines(2, 500).map((line) => newRow(line));
    const { batch, ending, told } = await run(world.deps, rows, {
      jobs: 4,
      signal: stop.signal,
      onRow: async () => stop.abort(),
    });
    expect(ending).toBe('interrupted');
    const found = await journal(world, batch);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(20);
    expect(told).toEqual([]);
  });
});

describe('rows that need what their order asks of the peers', () => {
  const visitRow = (line: number, orderKey: string): ReadyRow => {
    const row = noteRow(line, { orderKey }, `visit ${line}`);
    return row.action.kind === 'change' ? { ...row, action: { ...row.action, needsPeers: true } } : row;
  };
  const rows = [
    newRow(2, { key: 'A' }),
    visitRow(3, 'A'),
    newRow(4, { key: 'B' }),
    noteRow(5, { orderKey: 'A' }, 'x'),
  ];

  test('begin when it is done, after the rows before them; other orders do not wait', async () => {
    const world = await sagaWorld();
    const asked: number[] = [];
    let let3Begin = (): void => {};
    const isReady = new Promise<void>((resolve) => {
      let3Begin = resolve;
    });
    const told: number[] = [];
    const ready = async ({ line }: ReadyRow): Promise<boolean> => {
      asked.push(line);
      await isReady;
      return true;
    };
    const onRow = ({ line }: BatchRow): undefined => {
      told.push(line);
      if (told.length === 2) let3Begin();
    };
    expect((await run(world.deps, rows, { ready, onRow })).ending).toBe('finished');
    expect(asked).toEqual([3]);
    expect([...told.slice(0, 2)].sort()).toEqual([2, 4]);
    expect(told.slice(2)).toEqual([3, 5]);
  });

  test('are left for the next run when it is given up, and none of them fails', async () => {
    const world = await sagaWorld();
    const stop = new AbortController();
    const ready = async (): Promise<boolean> => {
      stop.abort();
      return false;
    };
    const { batch, ending, told } = await run(world.deps, rows, { ready, signal: stop.signal, jobs: 1 });
    expect([ending, states(told)]).toEqual(['interrupted', [[2, 'done']]]);
    expect(states(await journal(world, batch))).toEqual([[2, 'done']]);
  });

  test('do not wait in a run that does not', async () => {
    const world = await sagaWorld();
    expect(states((await run(world.deps, rows)).told).sort()).toEqual(rows.map(({ line }) => [line, 'done']));
  });
});

describe('going on with a batch', () => {
  test('runs what is not in the journal, and that alone', async () => {
    const world = await sagaWorld();
    const rows = [
      ...lines(2, 20).map((line) => newRow(line)),
      newRow(21, { key: 'BAD', lines: { internet: 0, tv: 0 } }),
      ...lines(22, 40).map((line) => newRow(line, line === 30 ? { after: 'BAD' } : {})),
    ];
    const batch = await create(world.deps, rows.length);
    await run(world.deps, rows.slice(0, 21), { batch });
    await endBatch(world.deps, batch, 'interrupted');
    const taken = await takeBatch(world.deps, batch.batchId.toLowerCase());
    const before = ascending(journalRows(world.deps.store, batch.batchId));
    const { told } = await run(world.deps, rows, { batch: taken, before });
    expect(told.map(({ line }) => line).sort((a, b) => a - b)).toEqual(lines(23, 40));
    expect(told.find(({ line }) => line === 30)?.error?.code).toBe('AFTER_FAILED');
    const { summary } = await readSummary(world.deps, batch.batchId, { failures: 0 });
    expect(summary).toMatchObject({ rows: 39, done: 37, failed: 2, pending: 0 });
  });

  test('is refused while another process runs it, and to a second run of the file', async () => {
    const world = await sagaWorld();
    const batch = await create(world.deps, 1);
    const alive = new Set([world.deps.processes.self]);
    const other = {
      ...world.deps,
      processes: { self: 'desk/2/2', alive: (owner: string) => alive.has(owner) },
    };
    const held = { code: 'BATCH_HELD', detail: { batchId: batch.batchId, owner: world.deps.processes.self } };
    await expect(takeBatch(other, batch.batchId)).rejects.toMatchObject(held);
    await expect(create(other, 1)).rejects.toMatchObject(held);
    // Its process is gone: what it held is free at once, whatever the lease says.
    alive.clear();
    expect(await takeBatch(other, batch.batchId)).toMatchObject({ owner: 'desk/2/2', state: 'running' });
    await expect(takeBatch(world.deps, 'B-0')).rejects.toMatchObject({ code: 'BATCH_NOT_FOUND' });
  });

  test('a run that has lost its batch to another process writes nothing more', async () => {
    const world = await sagaWorld();
    const batch = await create(world.deps, 2);
    const clock = { ...world.deps.clock, monotonic: () => 0 };
    let now = 0;
    const deps = { ...world.deps, clock: { ...clock, monotonic: () => now } };
    const rows = [newRow(2), newRow(3)];
    const running = run(deps, rows, {
      batch,
      before: async (line) => {
        // The process slept past its lease, and another one took the batch meanwhile.
        if (line !== 3) return null;
        now = 120_000;
        await world.deps.store.write((tx) =>
          tx.batches.update({ ...batch, owner: 'desk/2/2', leaseUntil: Number.MAX_SAFE_INTEGER }),
        );
        return null;
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'BATCH_HELD', detail: { owner: 'desk/2/2' } });
    expect(await journal(world, batch)).toEqual([]);
    expect(await world.deps.store.read((tx) => tx.events.head())).toEqual(START);
  });

  test('what makes every row fail ends the run instead', async () => {
    const world = await sagaWorld();
    const busy = new Refusal('DATABASE_BUSY', { database: '/tmp/oss.db' });
    const row = newRow(3);
    const action = {
      ...row.action,
      kind: 'place' as const,
      place: () => Promise.reject(busy),
      differs: async () => [],
    };
    const batch = await create(world.deps, 2);
    await expect(run(world.deps, [newRow(2), { ...row, action }], { batch })).rejects.toBe(busy);
    expect(states(await journal(world, batch))).toEqual([[2, 'done']]);
  });
});

describe('a row that its role may not', () => {
  const deniedRow = (orderId: string): ReadyRow => {
    const row = cancelRow(1, { orderId });
    const detail = { actor: 'tm:kim', command: 'order cancel', roles: [], whose: null };
    const change = async ({ deps }: RowWrite): Promise<never> => {
      await recordApart(deps, { action: 'denied', subject: orderId, detail: {} });
      throw new Refusal('DENIED', detail);
    };
    return { ...row, action: { ...row.action, change } as ReadyRow['action'] };
  };
  const denials = async ({ deps }: SagaWorld) =>
    (await deps.store.read((tx) => tx.audit.list(10))).filter(({ action }) => action === 'denied');
  const via = { face: 'page', client: '10.0.0.7' };

  test('is in the audit once: of which order, from where', async () => {
    const world = await sagaWorld();
    const orderId = await world.place();
    const { batch } = await run({ ...world.deps, via }, [deniedRow(orderId)]);
    expect(await denials(world)).toMatchObject([
      { subject: `${batch.batchId}:1`, detail: { command: 'order cancel' }, orderIds: [orderId], ...via },
    ]);
  });

  test('is so too of a rehearsal, of which nothing else is left', async () => {
    const world = await sagaWorld();
    const orderId = await world.place();
    const rehearsal = await rehearseBatch(
      { ...world.deps, via },
      pieces([deniedRow(orderId), cancelRow(2, { orderId })]),
      {
        begin: (inside) => create(inside, 2),
        limit: () => null,
        waits: false,
        failures: 5,
        word: ({ code }) => ({ code, message: '' }),
        signal: new AbortController().signal,
      },
    );
    expect(rehearsal.summary).toMatchObject({ failed: 1, done: 1 });
    expect(await denials(world)).toMatchObject([
      { detail: { command: 'order cancel' }, orderIds: [orderId], ...via },
    ]);
    expect(await world.deps.store.read((tx) => tx.batches.list(5))).toEqual([]);
  });
});
