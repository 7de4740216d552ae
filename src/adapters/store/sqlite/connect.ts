import Database from 'better-sqlite3';

/** Before it, several processes that write one WAL database can corrupt it. */
const OLDEST_SAFE: readonly [number, number, number] = [3, 51, 3];

const FULL = 2;
/**
 * Pages a connection keeps: the system keeps those of the file too, so that more took memory and made no run faster. A
 * writer comes back to the ends of a dozen trees; a process may have several readers.
 */
const CACHE_KIB = { writer: 16 * 1024, reader: 4 * 1024 } as const;
const MAX_LOG_BYTES = 64 * 1024 * 1024;

export const isSafeVersion = (version: string): boolean => {
  const parts = version.split('.').map(Number);
  for (const [i, oldest] of OLDEST_SAFE.entries()) {
    const part = parts[i] ?? 0;
    if (part !== oldest) return part > oldest;
  }
  return true;
};

const assertSafe = (db: Database.Database): void => {
  // The first query opens the write-ahead log, and only then does SQLite choose the level of synchronous for it.
  db.prepare('select count(*) from sqlite_schema').get();
  const version = String(db.prepare('select sqlite_version()').pluck().get());
  if (!isSafeVersion(version))
    throw new Error(`SQLite ${version} is not safe here: ${OLDEST_SAFE.join('.')} is`);
  const level = db.pragma('synchronous', { simple: true });
  if (level !== FULL) throw new Error(`SQLite is at synchronous=${String(level)}, not FULL`);
};

export type ConnectOptions = {
  readonly readonly: boolean;
  /** How long a statement blocks the process while another one holds a lock, ms. */
  readonly timeoutMs: number;
};

/**
 * One connection to a file that exists, with every setting that durability and privacy need. The file may be any
 * SQLite database.
 */
export const connect = (path: string, { readonly, timeoutMs }: ConnectOptions): Database.Database => {
  const db = new Database(path, { readonly, fileMustExist: true, timeout: timeoutMs });
  try {
    // better-sqlite3 is built to reopen a WAL database with NORMAL, which may lose commits at a power failure.
    db.pragma('synchronous = FULL');
    db.pragma(`cache_size = -${readonly ? CACHE_KIB.reader : CACHE_KIB.writer}`);
    db.pragma('temp_store = MEMORY');
    // What is deleted is overwritten, so that an erased customer is not left in free pages.
    db.pragma('secure_delete = ON');
    db.pragma(`journal_size_limit = ${MAX_LOG_BYTES}`);
    assertSafe(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/** An empty database without a file. */
export const openInMemory = (): Database.Database => new Database(':memory:');

/** Opens and closes a database in memory. Throws what Node says when the package or its native part cannot be loaded. */
export const tryOut = (): void => {
  openInMemory().close();
};
