import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { LEDGER_APPLICATION_ID, LEDGER_SCHEMA } from './ledger-schema.ts';

export type LedgerDb = Database.Database;

/** How long a simulator waits for other processes that write to the ledger, ms. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens the ledger, and creates it (mode 0600), and the folders above it, when there is none. Any number of processes may have it open.
 * It is the peer's own store, not the operator's: a write survives a killed process, not a power cut.
 * Throws when the file is a SQLite database of another program.
 */
export const openLedger = (path: string, busyTimeoutMs = BUSY_TIMEOUT_MS): LedgerDb => {
  createPrivate(path);
  const db = new Database(path, { timeout: busyTimeoutMs });
  try {
    withRetry(() => db.pragma('journal_mode = WAL'));
    db.pragma('synchronous = NORMAL');
    // Fewer, larger checkpoints: each of them waits for the disk.
    db.pragma('wal_autocheckpoint = 4000');
    db.transaction(() => createTables(db, path)).immediate();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/**
 * Exclusive creation fails on a file that exists without ever opening it: opening and closing a database's file beside
 * SQLite would drop the locks that another connection of this process holds on it.
 */
const createPrivate = (path: string): void => {
  if (existsSync(path)) return;
  // Simulators may be served before there is a database beside which their ledger lies.
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!existsSync(path)) throw error;
  }
};

const createTables = (db: LedgerDb, path: string): void => {
  const id = db.pragma('application_id', { simple: true });
  const isOurs = id === LEDGER_APPLICATION_ID;
  if (!isOurs) {
    const tables = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM sqlite_schema').get();
    if (id !== 0 || (tables?.n ?? 0) > 0) throw new Error(`${path} is not a simulator's ledger`);
  }
  db.exec(LEDGER_SCHEMA);
  if (!isOurs) db.pragma(`application_id = ${LEDGER_APPLICATION_ID}`);
};

/** SQLite does not wait for other connections while it changes to WAL: of many processes at once all but one get "busy". */
const withRetry = (change: () => void): void => {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; ; tries++) {
    try {
      change();
      return;
    } catch (error) {
      if (tries >= 100 || !(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) {
        throw error;
      }
      Atomics.wait(pause, 0, 0, 20);
    }
  }
};
