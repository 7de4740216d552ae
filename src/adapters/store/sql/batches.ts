import { sql } from 'kysely';
import type { Batch, BatchRow, BatchRowState, BatchState, BatchTable } from '../../../core/ports/batches.ts';
import { builder, query } from './query.ts';
import type { Session } from './session.ts';

type StoredBatch = {
  readonly batch_id: string;
  readonly file: string;
  readonly file_hash: string;
  readonly op: string | null;
  readonly state: string;
  readonly rows: number;
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly actor: string;
  readonly owner: string | null;
  readonly lease_until: number;
};

type StoredRow = {
  readonly batch_id: string;
  readonly line: number;
  readonly op: string;
  readonly key: string | null;
  readonly state: string;
  readonly order_id: string | null;
  readonly error_code: string | null;
  readonly error_message: string | null;
};

const columnsOf = (p: StoredBatch) => ({
  file: p.file,
  file_hash: p.file_hash,
  op: p.op,
  state: p.state,
  rows: p.rows,
  started_at: p.started_at,
  finished_at: p.finished_at,
  actor: p.actor,
  owner: p.owner,
  lease_until: p.lease_until,
});

const insertBatch = query((db, p: StoredBatch) =>
  db.insertInto('batches').values({ batch_id: p.batch_id, ...columnsOf(p) }),
);
const updateBatch = query((db, p: StoredBatch) =>
  db.updateTable('batches').set(columnsOf(p)).where('batch_id', '=', p.batch_id),
);
const getBatch = query((db, p: { batchId: string }) =>
  db.selectFrom('batches').selectAll().where('batch_id', '=', p.batchId),
);
const lastBatches = query((db, p: { limit: number }) =>
  db
    .selectFrom('batches')
    .selectAll()
    .orderBy('started_at', 'desc')
    .orderBy('batch_id', 'desc')
    .limit(p.limit),
);
const batchesOfFile = query((db, p: { fileHash: string }) =>
  db
    .selectFrom('batches')
    .selectAll()
    .where('file_hash', '=', p.fileHash)
    .orderBy('started_at', 'desc')
    .orderBy('batch_id', 'desc'),
);
const holdBatch = query((db, p: { batchId: string; owner: string; now: number; leaseUntil: number }) =>
  db
    .updateTable('batches')
    .set({ owner: p.owner, lease_until: p.leaseUntil })
    .where('batch_id', '=', p.batchId)
    .where((eb) =>
      eb.or([eb('owner', 'is', null), eb('owner', '=', p.owner), eb('lease_until', '<=', p.now)]),
    ),
);

const putRow = query((db, p: StoredRow) => {
  const columns = {
    op: p.op,
    key: p.key,
    state: p.state,
    order_id: p.order_id,
    error_code: p.error_code,
    error_message: p.error_message,
  };
  return db
    .insertInto('batch_rows')
    .values({ batch_id: p.batch_id, line: p.line, ...columns })
    .onConflict((conflict) => conflict.columns(['batch_id', 'line']).doUpdateSet(columns));
});
const getRow = query((db, p: { batchId: string; line: number }) =>
  db.selectFrom('batch_rows').selectAll().where('batch_id', '=', p.batchId).where('line', '=', p.line),
);
const NO_ROWS: Readonly<Record<BatchRowState, number>> = {
  pending: 0,
  done: 0,
  already: 0,
  failed: 0,
  skipped: 0,
};

/** They are the names of the record's members, no more and no fewer. */
const ROW_STATES = Object.keys(NO_ROWS) as readonly BatchRowState[];

/** One look along the rows: to group them, SQLite would sort a million texts in memory. */
const countRows = query((db, p: { batchId: string }) =>
  db
    .selectFrom('batch_rows')
    .select((eb) =>
      ROW_STATES.map((state) =>
        eb.fn.count<number>(eb.case().when('state', '=', sql.lit(state)).then(1).end()).as(state),
      ),
    )
    .where('batch_id', '=', p.batchId),
);

const rowsQuery = (batchId: string, { states, afterLine, limit }: Parameters<BatchTable['rows']>[1]) => {
  const rows = builder()
    .selectFrom('batch_rows')
    .selectAll()
    .where('batch_id', '=', batchId)
    .where('line', '>', afterLine);
  return (states === undefined ? rows : rows.where('state', 'in', states)).orderBy('line').limit(limit);
};

const BATCH_STATES: Readonly<Record<BatchState, true>> = {
  running: true,
  interrupted: true,
  done: true,
  failed: true,
};

const isBatchState = (text: string): text is BatchState => Object.hasOwn(BATCH_STATES, text);
const isRowState = (text: string): text is BatchRowState => Object.hasOwn(NO_ROWS, text);

const toStoredBatch = (batch: Batch): StoredBatch => ({
  batch_id: batch.batchId,
  file: batch.file,
  file_hash: batch.fileHash,
  op: batch.op,
  state: batch.state,
  rows: batch.rows,
  started_at: batch.startedAt,
  finished_at: batch.finishedAt,
  actor: batch.actor,
  owner: batch.owner,
  lease_until: Math.ceil(batch.leaseUntil),
});

const toStoredRow = (row: BatchRow): StoredRow => ({
  batch_id: row.batchId,
  line: row.line,
  op: row.op,
  key: row.key,
  state: row.state,
  order_id: row.orderId,
  error_code: row.error?.code ?? null,
  error_message: row.error?.message ?? null,
});

/** The journal of batch runs. */
export const sqlBatches = (session: Session): BatchTable => {
  const toBatch = (row: StoredBatch): Batch => {
    if (!isBatchState(row.state))
      throw session.damaged({ code: 'BATCH_STATE', batchId: row.batch_id, state: row.state });
    return {
      batchId: row.batch_id,
      file: row.file,
      fileHash: row.file_hash,
      op: row.op,
      state: row.state,
      rows: row.rows,
      startedAt: row.started_at,
      finishedAt: row.finished_at,
      actor: row.actor,
      owner: row.owner,
      leaseUntil: row.lease_until,
    };
  };
  const toRow = (row: StoredRow): BatchRow => {
    if (!isRowState(row.state)) {
      throw session.damaged({
        code: 'BATCH_ROW_STATE',
        batchId: row.batch_id,
        line: row.line,
        state: row.state,
      });
    }
    return {
      batchId: row.batch_id,
      line: row.line,
      op: row.op,
      key: row.key,
      state: row.state,
      orderId: row.order_id,
      error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
    };
  };
  return {
    create: async (batch) => {
      await session.run(insertBatch, toStoredBatch(batch));
    },
    get: async (batchId) => {
      const row = await session.one(getBatch, { batchId });
      return row === undefined ? null : toBatch(row);
    },
    update: async (batch) => {
      await session.run(updateBatch, toStoredBatch(batch));
    },
    list: async (limit) => (await session.all(lastBatches, { limit })).map(toBatch),
    ofFile: async (fileHash) => (await session.all(batchesOfFile, { fileHash })).map(toBatch),
    hold: async (batchId, owner, now, leaseUntil) =>
      (await session.run(holdBatch, { batchId, owner, now, leaseUntil })) === 1,
    putRow: async (row) => {
      await session.run(putRow, toStoredRow(row));
    },
    row: async (batchId, line) => {
      const row = await session.one(getRow, { batchId, line });
      return row === undefined ? null : toRow(row);
    },
    rows: async (batchId, asked) =>
      asked.states?.length === 0 ? [] : (await session.list(() => rowsQuery(batchId, asked))).map(toRow),
    counts: async (batchId) => (await session.one(countRows, { batchId })) ?? NO_ROWS,
  };
};
