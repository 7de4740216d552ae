import type Database from 'better-sqlite3';
import { fileSize } from './database-file.ts';
import { schemaOf } from './migrations/migrate.ts';

/** What the database is, for `oss db info`. Bytes; `lastEventAt` is UTC ISO. */
export type StoreInfo = {
  readonly path: string;
  readonly bytes: number;
  /** Of the write-ahead log. */
  readonly logBytes: number;
  readonly schema: number;
  readonly sqliteVersion: string;
  readonly orders: number;
  /** Position of the last event. */
  readonly position: number;
  readonly lastEventAt: string | null;
};

const LAST = 'select position, at from events order by position desc limit 1';
const ORDERS = 'select count(*) from events where version = 1';

const pluck = (db: Database.Database, sql: string): unknown => db.prepare(sql).pluck().get();

export const storeInfo = (path: string, open: () => Database.Database): StoreInfo => {
  const db = open();
  try {
    const last = db.prepare<[], { position: number; at: string }>(LAST).get();
    return {
      path,
      bytes: fileSize(path) ?? 0,
      logBytes: fileSize(`${path}-wal`) ?? 0,
      schema: schemaOf(db),
      sqliteVersion: String(pluck(db, 'select sqlite_version()')),
      orders: Number(pluck(db, ORDERS)),
      position: last?.position ?? 0,
      lastEventAt: last?.at ?? null,
    };
  } finally {
    db.close();
  }
};
