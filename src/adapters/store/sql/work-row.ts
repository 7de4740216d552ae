import { type Cause, causeOfText, causeToText } from '../../../core/codes/cause.ts';
import type { Claim, LaneWork, StepWait, WorkRow } from '../../../core/ports/work.ts';
import type { Lane } from '../../../core/rules/lanes.ts';
import { idKey, idOfKey } from './id-key.ts';

/** A row of the table `work` without its lease. */
export type StoredWork = {
  readonly order_key: string;
  readonly undo: number;
  readonly priority: number;
  readonly rank: number;
  readonly local_due: number | null;
  readonly local_tries: number;
  readonly local_retry_at: number;
  readonly local_error: string | null;
  readonly ne_due: number | null;
  readonly ne_tries: number;
  readonly ne_retry_at: number;
  readonly ne_error: string | null;
  readonly tm_due: number | null;
  readonly tm_tries: number;
  readonly tm_retry_at: number;
  readonly tm_error: string | null;
  readonly tries: number;
  /** JSON; null: no step waits alone. */
  readonly waits: string | null;
  readonly planned_at: number;
};

/** By what is indexed together. Owner, lease and fence are not among them: a put never touches those. */
export const SCHEDULE_GROUPS = [
  ['undo', 'priority', 'rank'],
  ['local_due', 'local_tries', 'local_retry_at', 'local_error'],
  ['ne_due', 'ne_tries', 'ne_retry_at', 'ne_error'],
  ['tm_due', 'tm_tries', 'tm_retry_at', 'tm_error'],
  ['tries'],
  ['waits', 'planned_at'],
] as const satisfies readonly (readonly (keyof StoredWork)[])[];

export const SCHEDULE_COLUMNS = SCHEDULE_GROUPS.flat();

/** What a `WorkRow` is made of; the rest of the schedule follows from it. */
export const WORK_COLUMNS = [
  'order_key',
  'undo',
  'priority',
  'local_due',
  'local_tries',
  'local_retry_at',
  'local_error',
  'ne_due',
  'ne_tries',
  'ne_retry_at',
  'ne_error',
  'tm_due',
  'tm_tries',
  'tm_retry_at',
  'tm_error',
  'waits',
  'planned_at',
] as const satisfies readonly (keyof StoredWork)[];

export const DUE_COLUMN = { local: 'local_due', ne: 'ne_due', tm: 'tm_due' } as const satisfies Record<
  Lane,
  keyof StoredWork
>;

export const RETRY_COLUMN = {
  local: 'local_retry_at',
  ne: 'ne_retry_at',
  tm: 'tm_retry_at',
} as const satisfies Record<Lane, keyof StoredWork>;

/** More than any priority: undo goes before all. */
const UNDO_RANK = 1_000_000;

/** The columns count whole milliseconds; a backoff with jitter may come as a fraction. */
const whole = (ms: number): number => Math.ceil(ms);

const dueOf = (lane: LaneWork): number | null => (lane.due === null ? null : whole(lane.due));

const errorOf = ({ error }: LaneWork): string | null => (error === null ? null : causeToText(error));

const causeOf = (text: string | null): Cause | null => (text === null ? null : causeOfText(text));

const storedWaits = (waits: readonly StepWait[]): string | null =>
  waits.length === 0
    ? null
    : JSON.stringify(waits.map((wait) => ({ ...wait, retryAt: whole(wait.retryAt) })));

export const toStoredWork = ({ orderId, undo, priority, lanes, waits, plannedAt }: WorkRow): StoredWork => ({
  order_key: idKey(orderId),
  undo: undo ? 1 : 0,
  priority,
  rank: (undo ? UNDO_RANK : 0) + priority,
  local_due: dueOf(lanes.local),
  local_tries: lanes.local.tries,
  local_retry_at: whole(lanes.local.retryAt),
  local_error: errorOf(lanes.local),
  ne_due: dueOf(lanes.ne),
  ne_tries: lanes.ne.tries,
  ne_retry_at: whole(lanes.ne.retryAt),
  ne_error: errorOf(lanes.ne),
  tm_due: dueOf(lanes.tm),
  tm_tries: lanes.tm.tries,
  tm_retry_at: whole(lanes.tm.retryAt),
  tm_error: errorOf(lanes.tm),
  tries: Math.max(lanes.local.tries, lanes.ne.tries, lanes.tm.tries),
  waits: storedWaits(waits),
  planned_at: whole(plannedAt),
});

export const toWorkRow = (row: Pick<StoredWork, (typeof WORK_COLUMNS)[number]>): WorkRow => ({
  orderId: idOfKey(row.order_key),
  undo: row.undo === 1,
  priority: row.priority,
  lanes: {
    local: {
      due: row.local_due,
      tries: row.local_tries,
      retryAt: row.local_retry_at,
      error: causeOf(row.local_error),
    },
    ne: { due: row.ne_due, tries: row.ne_tries, retryAt: row.ne_retry_at, error: causeOf(row.ne_error) },
    tm: { due: row.tm_due, tries: row.tm_tries, retryAt: row.tm_retry_at, error: causeOf(row.tm_error) },
  },
  waits: readWaits(row.waits),
  plannedAt: row.planned_at,
});

/** Can be made anew at any time: what cannot be read is nothing that waits. */
const readWaits = (text: string | null): readonly StepWait[] => {
  if (text === null) return [];
  try {
    return JSON.parse(text) as readonly StepWait[];
  } catch {
    return [];
  }
};

/** What finds a claim's row: its order, while its fence is the last one. */
export const keyOf = ({ orderId, fence }: Claim): { readonly key: string; readonly fence: number } => ({
  key: idKey(orderId),
  fence,
});
