import type Database from 'better-sqlite3';
import type { DatabaseInfo } from '../../../core/ports/maintenance.ts';
import { fileSize } from './database-file.ts';
import { schemaOf } from './migrations/migrate.ts';

const LAST = 'select position, at from events order by position desc limit 1';
const ORDERS = 'select count(*) from events where version = 1';

const pluck = (db: Database.Database, sql: string): unknown => db.prepare(sql).pluck().get();

export const storeInfo = (path: string, open: () => Database.Database): DatabaseInfo => {
  const db = open();
  try {
    const last = db.prepare<[], { position: number; at: string }>(LAST).get();
    return {
      database: path,
      bytes: fileSize(path) ?? 0,
      logBytes: fileSize(`${path}-wal`) ?? 0,
      schema: schemaOf(db),
      engine: { name: 'SQLite', version: String(pluck(db, 'select sqlite_version()')) },
      orders: Number(pluck(db, ORDERS)),
      events: last?.position ?? 0,
      lastEventAt: last?.at ?? null,
    };
  } finally {
    db.close();
  }
};
