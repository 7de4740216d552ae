import { type Cursor, compareCursors, FIRST_EPOCH, START } from '../../../core/ports/cursor.ts';
import type { Ids } from '../../../core/ports/runtime.ts';
import type { Session } from './session.ts';
import { getMeta } from './tables.ts';

/** Where the epochs are kept in `meta`. */
export const EPOCHS = 'epochs';

/** Hexadecimal digits of a UUIDv7 that are its time, ms. */
const TIME_DIGITS = 12;

/** The second in which these ids are drawn. */
export const secondOf = (ids: Ids): number => {
  const time = ids.uuid().replaceAll('-', '').slice(0, TIME_DIGITS);
  return Math.floor(Number.parseInt(time, 16) / 1_000);
};

/** An epoch that is not the first one, and the position of the last event before it. They rise together. */
export type Epoch = { readonly epoch: number; readonly after: number };

export const epochsToText = (epochs: readonly Epoch[]): string => JSON.stringify(epochs);

/** The epochs that stand in `meta`; null: it is no text of ours. */
export const epochsOfText = (text: string): readonly Epoch[] | null => {
  try {
    const epochs: unknown = JSON.parse(text);
    const isEpoch = (one: unknown): one is Epoch =>
      typeof one === 'object' &&
      one !== null &&
      'epoch' in one &&
      Number.isSafeInteger(one.epoch) &&
      'after' in one &&
      Number.isSafeInteger(one.after);
    return Array.isArray(epochs) && epochs.every(isEpoch) ? epochs : null;
  } catch {
    return null;
  }
};

/** The epochs after the first one; none in a database that was never restored. */
export const readEpochs = async (session: Session): Promise<readonly Epoch[]> => {
  const row = await session.one(getMeta, { name: EPOCHS });
  if (row === undefined) return [];
  const epochs = epochsOfText(row.value);
  if (epochs === null) throw session.damaged({ code: 'NOT_AN_OBJECT', document: 'epochs', of: '' });
  return epochs;
};

const currentOf = (epochs: readonly Epoch[]): number => epochs.at(-1)?.epoch ?? FIRST_EPOCH;

/**
 * The epochs with one more, which comes after every one that these databases know, and after those of databases that
 * nobody has any more: it is numbered by the second in which it begins.
 */
export const epochAnew = (
  epochs: readonly Epoch[],
  {
    others,
    after,
    second,
  }: { readonly others: readonly Epoch[]; readonly after: number; readonly second: number },
): readonly Epoch[] => {
  const epoch = Math.max(currentOf(epochs) + 1, currentOf(others) + 1, second);
  return [...epochs, { epoch, after }];
};

/** The cursor of the event at a position. */
export const cursorAt = (epochs: readonly Epoch[], position: number): Cursor => {
  if (position === 0) return START;
  const epoch = epochs.findLast(({ after }) => position > after)?.epoch ?? FIRST_EPOCH;
  return { epoch, n: position };
};

/** The position behind which everything comes that stands behind the cursor; null: no event of this database is meant. */
export const positionOf = (epochs: readonly Epoch[], cursor: Cursor): number | null => {
  if (cursor.epoch > currentOf(epochs)) return null;
  const next = epochs.find(({ epoch }) => epoch > cursor.epoch);
  const isKnown = cursor.epoch === FIRST_EPOCH || epochs.some(({ epoch }) => epoch === cursor.epoch);
  if (compareCursors(cursor, START) <= 0) return 0;
  if (next === undefined) return cursor.n;
  return isKnown ? Math.min(cursor.n, next.after) : next.after;
};
