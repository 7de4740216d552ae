import type Database from 'better-sqlite3';
import type { Ids } from '../../../core/ports/runtime.ts';
import {
  columnsOf,
  PORTABLE,
  type PortableRow,
  type PortableTable,
  quotedName,
  type Sequences,
} from '../sql/portable.ts';
import { SCRUB } from '../sql/scrub-mark.ts';
import { openForWriting } from './open-file.ts';
import { drawAnew } from './stored-marks.ts';

const BUSY_TIMEOUT_MS = 5_000;

/** A new database in a file, into which rows of another one are put. */
export type PortableFile = {
  readonly put: (table: PortableTable, rows: readonly PortableRow[]) => void;
  readonly putSequences: (sequences: Sequences) => void;
  /** Draws a mark of its own for the names of services and calls, and closes the file: it is all there is, without a log. */
  readonly finish: () => void;
  readonly close: () => void;
};

/** Makes the tables in a file that is not there yet. */
export const newPortableFile = async (path: string, ids: Ids): Promise<PortableFile> => {
  const db = await openForWriting(path, { create: true, busyTimeoutMs: BUSY_TIMEOUT_MS, ids, by: null });
  db.pragma('journal_mode = DELETE');
  // What a half-made file holds, nobody reads.
  db.pragma('synchronous = OFF');
  db.prepare('delete from meta').run();
  db.prepare('delete from after_looks').run();
  const inserts = new Map<PortableTable, Database.Statement<unknown[]>>();
  const insertOf = (table: PortableTable): Database.Statement<unknown[]> => {
    const values = PORTABLE[table].map(() => '?').join(', ');
    const insert =
      inserts.get(table) ??
      db.prepare(`insert into ${quotedName(table)} (${columnsOf(table)}) values (${values})`);
    inserts.set(table, insert);
    return insert;
  };
  return {
    put: (table, rows) => {
      const insert = insertOf(table);
      db.transaction(() => {
        for (const row of rows) insert.run(...row);
      }).immediate();
    },
    putSequences: (sequences) => {
      const put = db.prepare('update sequences set value = ? where name = ?');
      for (const [name, value] of Object.entries(sequences)) put.run(value, name);
    },
    finish: () => {
      drawAnew(db, ids);
      db.prepare('delete from meta where name = ?').run(SCRUB);
      db.close();
    },
    close: () => db.close(),
  };
};
