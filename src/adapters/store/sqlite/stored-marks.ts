import type Database from 'better-sqlite3';
import type { Ids } from '../../../core/ports/runtime.ts';
import type { KeyMarks } from '../../../core/values/keys.ts';
import { KEY_MARKS, marksAnew, marksOfText, marksToText } from '../sql/key-marks.ts';

const put =
  'insert into meta (name, value) values (?, ?) on conflict (name) do update set value = excluded.value';

/** The marks of a database; null: it was never opened by a program that draws one. */
export const storedMarks = (db: Database.Database, schema = 'main'): KeyMarks | null => {
  const text = db.prepare(`select value from ${schema}.meta where name = ?`).pluck().get(KEY_MARKS);
  return typeof text === 'string' ? marksOfText(text) : null;
};

/** Draws a mark that no other database has, for the names that are made from now on. */
export const drawAnew = (
  db: Database.Database,
  ids: Ids,
  others: readonly (KeyMarks | null)[] = [],
): void => {
  const marks = marksAnew(ids, storedMarks(db), others);
  db.prepare(put).run(KEY_MARKS, marksToText(marks));
};

/** Gives a database its first mark. A process that comes second finds it. Throws SQLITE_BUSY while another process writes. */
export const ensureMarked = (db: Database.Database, ids: Ids): void => {
  if (storedMarks(db) !== null) return;
  const draw = db.transaction(() => {
    if (storedMarks(db) === null) drawAnew(db, ids);
  });
  draw.immediate();
};
