/**
 * Where a reader stands in the feed, which has the events of all orders in the order in which they were committed. `n` rises
 * and may have gaps. A higher epoch comes later, whatever its numbers are: it begins where commits were lost, in a restore or
 * a fail-over, so that their numbers may stand for other events now.
 */
export type Cursor = { readonly epoch: number; readonly n: number };

/** Before all events. */
export const START: Cursor = { epoch: 0, n: 0 };

/** Epoch of a database that has never lost anything. */
export const FIRST_EPOCH = 1;

/** Negative when `a` comes first. */
export const compareCursors = (a: Cursor, b: Cursor): number => a.epoch - b.epoch || a.n - b.n;

/** `1:42`. */
export const cursorText = ({ epoch, n }: Cursor): string => `${epoch}:${n}`;

/**
 * A cursor as text. A mere number is of the time before there were epochs: it repeats what came after a loss rather than
 * leave it out. null: it is none.
 */
export const parseCursor = (text: string): Cursor | null => {
  const [, epoch, n] = /^(?:([0-9]{1,15}):)?([0-9]{1,15})$/.exec(text) ?? [];
  if (n === undefined) return null;
  if (epoch === undefined && n === '0') return START;
  return { epoch: epoch === undefined ? FIRST_EPOCH : Number(epoch), n: Number(n) };
};
