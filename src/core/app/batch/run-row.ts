import type { Batch, BatchRow, BatchRowState } from '../../ports/batches.ts';
import { type Scope, unionOf } from '../../ports/scope.ts';
import type { Tx } from '../../ports/store.ts';
import { Refusal } from '../../rules/refusal.ts';
import { record, recordApart } from '../audit.ts';
import { type Change, isKeyPersonal, isKeyUsed } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';
import { within } from '../within.ts';
import { doneInOther } from './other-runs.ts';
import type { PlannedRow, ReadyRow, RowError, RowWrite, WordError } from './row.ts';
import { fieldDifferences, keepFields } from './row-fields.ts';

/** Does one row and journals it, inside a write. */
export type RowRunner = {
  /** Throws what the row is refused with: then the write must be undone, and `fail` journals it in another one. */
  readonly act: (here: RowWrite, row: ReadyRow) => Promise<BatchRow>;
  readonly fail: (here: RowWrite, row: PlannedRow, refusal: Refusal | RowError) => Promise<BatchRow>;
};

/** What is known before their write of what rows decide about; the rest is learnt inside. */
export const scopeOfRows = (rows: readonly PlannedRow[]): Scope =>
  rows.reduce<Scope>((all, row) => {
    if (row.kind !== 'ready') return all;
    if (row.action.kind === 'place') return row.key === null ? all : unionOf(all, { keys: [row.key] });
    const { order } = row.action;
    return unionOf(all, 'orderId' in order ? { orders: [order.orderId] } : { keys: [order.orderKey] });
  }, {});

/** What a row is given inside a write; several rows of one write share it. */
export const rowWrite = (deps: AppDeps, tx: Tx): RowWrite => {
  // A row that is refused tells of it once, when it fails: not the use case within it too.
  const { apart, ...call } = deps;
  const { policy, actor, clock } = deps;
  return {
    write: { tx, policy, actor, now: clock.now() },
    deps: within(call, tx),
    denied: (what) => (apart === undefined ? record(tx, call, what) : recordApart(deps, what)),
  };
};

export type RowRunnerOptions = {
  readonly word: WordError;
  /** Other batches of the same file. */
  readonly others: readonly string[];
};

export const rowRunner = ({ batchId }: Batch, { word, others }: RowRunnerOptions): RowRunner => {
  const entry = (row: PlannedRow, state: BatchRowState, orderId: string | null): BatchRow => ({
    batchId,
    line: row.line,
    op: row.op,
    key: row.key,
    state,
    orderId,
    error: null,
  });

  /** The write that was refused is undone, and with it the audit row that a refused role leaves. */
  const auditDenial = ({ denied }: RowWrite, { command, line }: PlannedRow, orderId: string | null) =>
    denied({
      action: 'denied',
      subject: `${batchId}:${line}`,
      detail: { command },
      ...(orderId === null ? {} : { orderIds: [orderId] }),
    });

  const differences = async (
    here: RowWrite,
    { action, command, key }: ReadyRow,
    { code }: Refusal,
    orderId: string | null,
  ): Promise<readonly string[]> => {
    if (code !== 'KEY_CONFLICT' || orderId === null || key === null) return [];
    if (action.kind === 'place') return action.differs(here, orderId);
    return fieldDifferences(here.write.tx, { command, orderId, key }, action.fields);
  };

  return {
    act: async (here, row) => {
      const { tx } = here.write;
      const { action, key, command } = row;
      const before = await doneInOther(tx, row, others);
      if (before !== null) {
        const skipped = entry(row, 'skipped', before.orderId);
        await tx.batches.putRow(skipped);
        return skipped;
      }
      let change: Change;
      let isRepeated: boolean;
      if (action.kind === 'place') {
        change = await action.place(here);
        isRepeated = change.status === 'already';
      } else {
        const orderId = await orderIdOf(tx, action.order);
        tx.needs({ orders: [orderId] });
        isRepeated = key !== null && (await isKeyUsed(tx, orderId, { command, key }));
        change = await action.change(here, orderId);
        if (key !== null && !isRepeated) {
          await keepFields(here.write, { command, orderId, key }, action.fields);
        }
      }
      const final = entry(row, isRepeated ? 'skipped' : change.status, change.process.orderId);
      await tx.batches.putRow(final);
      return final;
    },
    fail: async (here, row, error) => {
      const { tx } = here.write;
      const orderId = row.kind === 'ready' ? await knownOrderId(tx, row) : null;
      if (orderId !== null) tx.needs({ orders: [orderId] });
      let told: RowError;
      if (error instanceof Refusal) {
        if (error.code === 'DENIED') await auditDenial(here, row, orderId);
        const differs = row.kind === 'ready' ? await differences(here, row, error, orderId) : [];
        told = word(error, differs);
      } else {
        told = error;
      }
      const key = await keyToKeep(tx, row, orderId);
      const final: BatchRow = { ...entry(row, 'failed', orderId), key, error: told };
      await tx.batches.putRow(final);
      return final;
    },
  };
};

/** The id of the order that was placed with a key; null: none was. */
export const orderPlacedWith = (
  { store }: Pick<AppDeps, 'store'>,
  orderKey: string,
): Promise<string | null> => store.read((tx) => placedWith(tx, orderKey));

/** The order that was placed with a key: it is found in the scope in which orders are placed. */
const placedWith = async ({ requests }: Tx, orderKey: string): Promise<string | null> =>
  (await requests.get('order new', orderKey))?.orderId ?? null;

type OrderName = { readonly orderId: string } | { readonly orderKey: string };

const orderIdOf = async (tx: Tx, order: OrderName): Promise<string> => {
  if ('orderId' in order) return order.orderId;
  const orderId = await placedWith(tx, order.orderKey);
  if (orderId === null) throw new Refusal('ORDER_KEY_UNKNOWN', { orderKey: order.orderKey });
  return orderId;
};

const knownOrderId = async (tx: Tx, { action, key }: ReadyRow): Promise<string | null> => {
  if (action.kind === 'place') return key === null ? null : placedWith(tx, key);
  return 'orderId' in action.order ? action.order.orderId : placedWith(tx, action.order.orderKey);
};

/** The others (database busy, disk full, bound elsewhere …) would fail every row. */
export const isAboutRow = (error: unknown): error is Refusal =>
  error instanceof Refusal &&
  error.kind !== 'unavailable' &&
  error.kind !== 'configuration' &&
  error.code !== 'BATCH_HELD';

/** The journal keeps no key that says who a customer is; such a row has failed for it, or before. */
const keyToKeep = async (tx: Tx, { key }: PlannedRow, orderId: string | null): Promise<string | null> => {
  if (key === null || orderId === null) return key;
  return (await isKeyPersonal(tx, orderId, key)) ? null : key;
};
