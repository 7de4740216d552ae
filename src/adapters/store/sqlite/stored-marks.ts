import type Database from 'better-sqlite3';
import type { Ids } from '../../../core/ports/runtime.ts';
import type { KeyMarks } from '../../../core/values/keys.ts';
import { KEY_MARKS, marksAnew, marksOfText, marksToText } from '../sql/key-marks.ts';
import { putMeta, storedMeta } from './stored-meta.ts';

/** The marks of a database; null: it was never opened by a program that draws one. */
export const storedMarks = (db: Database.Database, schema = 'main'): KeyMarks | null => {
  const text = storedMeta(db, KEY_MARKS, schema);
  return text === null ? null : marksOfText(text);
};

/** Draws a mark that no other database has, for the names that are made from now on. */
export const drawAnew = (
  db: Database.Database,
  ids: Ids,
  others: readonly (KeyMarks | null)[] = [],
): void => {
  const marks = marksAnew(ids, storedMarks(db), others);
  putMeta(db, KEY_MARKS, marksToText(marks));
};

/** Gives a database its first mark. A process that comes second finds it. Throws SQLITE_BUSY while another process writes. */
export const ensureMarked = (db: Database.Database, ids: Ids): void => {
  if (storedMarks(db) !== null) return;
  const draw = db.transaction(() => {
    if (storedMarks(db) === null) drawAnew(db, ids);
  });
  draw.immediate();
};
