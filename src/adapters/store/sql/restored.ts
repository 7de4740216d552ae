import type { KeyMarks } from '../../../core/values/keys.ts';

/**
 * A restore passes over so many numbers: the database that it replaces may not have been the last one, or may be missing,
 * and an old number must never stand for a new customer.
 */
export const PASSED_OVER = 10_000;

/**
 * By which mark an order of the backup named its services afterwards: that of the database which the backup was made of. A
 * backup has one of its own, which is the last; a mere copy of the file has not. Whoever restored it before has planned
 * them by that same mark, whatever the mark of the database has been since.
 */
export const markOfLost = (backup: KeyMarks | null, replaced: KeyMarks | null): string | null => {
  if (backup === null) return null;
  const isCopy = backup.current === replaced?.current;
  return isCopy ? backup.current : (backup.before.at(-1) ?? backup.current);
};
