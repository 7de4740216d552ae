import type Database from 'better-sqlite3';
import { pause } from '../../runtime/waits.ts';
import { SCRUB, type ScrubStage, scrubMark, stageOf } from '../sql/scrub-mark.ts';
import { connect } from './connect.ts';
import { isBusy, writerError } from './database-error.ts';
import { deadline, retryBusy } from './retry-busy.ts';

/** What personal data was ever in. Their rows are few beside those of the log. */
const TABLES = ['customers', 'addresses', 'texts', 'requests'] as const;

const marked = (db: Database.Database): string | null => {
  const mark = db.prepare('select value from meta where name = ?').pluck().get(SCRUB);
  return typeof mark === 'string' ? mark : null;
};

/**
 * Writes the tables anew. SQLite overwrites what is deleted, but where it has shared out the rows of a page among more
 * pages, copies of them stay in the gap; pages that are let go of are overwritten whole.
 */
const rewrite = (db: Database.Database, next: string): void => {
  const all = db.transaction(() => {
    for (const table of TABLES) {
      db.exec(`create temp table kept as select * from main.${table};
        delete from main.${table};
        insert into main.${table} select * from kept;
        drop table kept;`);
    }
    db.prepare('update meta set value = ? where name = ?').run(next, SCRUB);
  });
  all.immediate();
};

/** Whether the write-ahead log is empty now, and all of it in the database. */
const emptyLog = (db: Database.Database): boolean => {
  const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[];
  return result?.busy === 0;
};

const PAUSE_MS = 20;

/** Whether nothing is left to do. Throws SQLITE_BUSY while a process writes. */
const step = (db: Database.Database): boolean => {
  const mark = marked(db);
  if (mark === null) return true;
  const stage: ScrubStage = stageOf(mark);
  if (stage === 'rewrite') {
    rewrite(db, scrubMark('empty'));
    return false;
  }
  if (!emptyLog(db)) return false;
  db.prepare('delete from meta where name = ? and value = ?').run(SCRUB, mark);
  return marked(db) === null;
};

/**
 * Works off the mark that an erasure leaves in the database at `path`: afterwards no file of it holds what was erased.
 * false: not within `waitMs`, because a process reads an older state or writes; the mark stays, for the next who opens the
 * database to write. Killed at any moment it may be done again.
 */
export const scrub = async (path: string, { waitMs }: { readonly waitMs: number }): Promise<boolean> => {
  const isLate = deadline(waitMs);
  try {
    const db = connect(path, { readonly: false, timeoutMs: 0 });
    try {
      // Its own rewriting is never the reason to give up.
      for (;;) {
        const before = marked(db);
        if (await retryBusy(() => step(db), isLate)) return true;
        if (marked(db) !== before) continue;
        if (isLate()) return false;
        await pause(PAUSE_MS);
      }
    } finally {
      db.close();
    }
  } catch (error) {
    if (isBusy(error)) return false;
    throw writerError(error, path);
  }
};

/** Whether the files still hold what was erased. */
export const isScrubbed = (db: Database.Database): boolean => marked(db) === null;
