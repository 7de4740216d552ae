import type { Tx } from '../ports/store.ts';
import type { WorkRow } from '../ports/work.ts';
import type { Envelope, NewEvent } from '../process/events.ts';
import { fold, isUndoing, newProcess, type OrderProcess } from '../process/process.ts';
import type { Policy } from '../rules/policy.ts';
import type { Occupied } from '../technicians/technician.ts';
import { iso } from '../time/iso.ts';
import { occupiedBy } from '../views/occupied.ts';
import { orderView } from '../views/project.ts';
import { awakeRow } from './due/awake-row.ts';
import type { SettledStep } from './due/step-waits.ts';
import { isSameWork, type LaneReports, planWork } from './due/work-plan.ts';

/** The order as it is now; `known` is an older state of it whose events need not be read again. */
export const readOrder = async (tx: Tx, orderId: string, known?: OrderProcess): Promise<OrderProcess> => {
  const from = known ?? newProcess(orderId);
  const events = await tx.events.load(orderId, from.version);
  return fold(from, events);
};

/** What everything inside one write is given. */
export type WriteContext = {
  readonly tx: Tx;
  readonly policy: Policy;
  readonly actor: string;
  /** Epoch ms: stamped on every event of this write. */
  readonly now: number;
};

/** The order after an append, and what was appended. */
export type Appended = { readonly process: OrderProcess; readonly events: readonly Envelope[] };

/** Appends and folds; the read model is brought up once, at the end of the write, by `project`. */
export const append = async (
  { tx, actor, now }: WriteContext,
  process: OrderProcess,
  events: readonly NewEvent[],
): Promise<Appended> => {
  if (events.length === 0) return { process, events: [] };
  const expected = process.version === 0 ? 'none' : process.version;
  const appended = await tx.events.append(process.orderId, expected, events, { at: iso(now), actor });
  return { process: fold(process, appended), events: appended };
};

/** Whose time is taken that was not before: nobody else may give it away at the same time. */
const newlyOccupied = (now: readonly Occupied[], before: readonly Occupied[]): readonly string[] => {
  const known = new Set(before.map((one) => JSON.stringify(one)));
  return now.filter((one) => !known.has(JSON.stringify(one))).map(({ technicianId }) => technicianId);
};

export type Projected = {
  readonly before: OrderProcess;
  readonly after: OrderProcess;
  readonly reports?: LaneReports;
  /** The step of a peer that was settled with it. */
  readonly settled?: SettledStep | undefined;
  /** The work row as this transaction has read it already. */
  readonly previous?: WorkRow;
};

/** Brings read model, calendar and work row up to the order's new state, in the transaction of its events. */
export const project = async (
  { tx, policy, now }: WriteContext,
  { before, after, reports = {}, settled, previous: known }: Projected,
): Promise<WorkRow> => {
  const { orderId } = after;
  if (after.version !== before.version) {
    await tx.views.put(orderView(after), before.version === 0 ? undefined : orderView(before));
    const occupied = occupiedBy(after);
    const stood = occupiedBy(before);
    if (JSON.stringify(occupied) !== JSON.stringify(stood)) {
      tx.needs({ technicians: newlyOccupied(occupied, stood) });
      await tx.calendar.put(orderId, occupied);
    }
  }
  const previous = known ?? (before.version === 0 ? null : await tx.work.get(orderId));
  // What failed before the order was to be undone says nothing of its undo, which is waited for.
  const isNewUndo = isUndoing(after) && !isUndoing(before);
  const from = previous !== null && isNewUndo ? awakeRow(previous) : previous;
  const row = planWork(after, policy, { previous: from, reports, settled, now });
  if (previous === null) await tx.work.put(row);
  else if (!isSameWork(row, previous)) await tx.work.put(row, previous);
  return row;
};
