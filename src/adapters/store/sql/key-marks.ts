import type { Ids } from '../../../core/ports/runtime.ts';
import { isKeyMark, type KeyMarks } from '../../../core/values/keys.ts';

/** Where the marks are kept in `meta`. */
export const KEY_MARKS = 'key-marks';

const LENGTH = 8;
/** Hexadecimal digits of an id that are drawn at random, and enough for a mark. */
const DRAWN_DIGITS = 12;

const drawMark = (ids: Ids): string => {
  const drawn = Number.parseInt(ids.uuid().slice(-DRAWN_DIGITS), 16);
  return drawn.toString(36).padStart(LENGTH, '0').slice(-LENGTH);
};

/** A new mark for the names that are made from now on; the ones so far, and those of `others`, are former ones. */
export const marksAnew = (
  ids: Ids,
  now: KeyMarks | null,
  others: readonly (KeyMarks | null)[] = [],
): KeyMarks => {
  const known = [now, ...others].flatMap((marks) =>
    marks === null ? [] : [...marks.before, ...(marks.current === null ? [] : [marks.current])],
  );
  const before = [...new Set(known)];
  let current = drawMark(ids);
  while (before.includes(current)) current = drawMark(ids);
  return { current, before };
};

export const marksToText = (marks: KeyMarks): string => JSON.stringify(marks);

/** The marks that stand in `meta`; null: it is no text of ours. */
export const marksOfText = (text: string): KeyMarks | null => {
  try {
    const { current, before }: { current?: unknown; before?: unknown } = JSON.parse(text);
    const isMark = (one: unknown): one is string => typeof one === 'string' && isKeyMark(one);
    return isMark(current) && Array.isArray(before) && before.every(isMark) ? { current, before } : null;
  } catch {
    return null;
  }
};
