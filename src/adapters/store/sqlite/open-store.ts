import type Database from 'better-sqlite3';
import type { AuditEntry } from '../../../core/ports/audit.ts';
import type { MaintainedStore } from '../../../core/ports/maintenance.ts';
import type { Ids } from '../../../core/ports/runtime.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Tx } from '../../../core/ports/store.ts';
import { Refusal } from '../../../core/rules/refusal.ts';
import { thisOrigin } from '../../runtime/this-origin.ts';
import { uuidIds } from '../../runtime/uuid-ids.ts';
import { enclosing } from '../running.ts';
import type { Origin } from '../sql/audit-chain.ts';
import { backup } from './backup.ts';
import { groupCommit } from './group-commit.ts';
import { type Handle, handle } from './handle.ts';
import { storeInfo } from './info.ts';
import { logHead } from './log-head.ts';
import type { Migrator } from './migration-row.ts';
import { openForReading, openForWriting } from './open-file.ts';
import { openFiles } from './open-files.ts';
import { polledChanges } from './polled-changes.ts';
import { readPool } from './read-pool.ts';
import { scrub } from './scrub.ts';
import { type SqliteConnection, sqliteConnection } from './sqlite-connection.ts';
import { verify } from './verify.ts';
import { auditVerdict } from './verify-audit.ts';

export type OpenStoreOptions = {
  readonly path: string;
  /** `read` never makes the file nor changes it; its writes are refused (DATABASE_READONLY). */
  readonly mode: 'read' | 'write';
  /** Only with `write`: makes a database that does not exist. */
  readonly create: boolean;
  /** How long a write waits for other processes, ms. */
  readonly busyTimeoutMs?: number;
  /** Where event ids come from; UUIDv7 by default. */
  readonly ids?: Ids;
  /** For the check: not refused when its schema is not as this program made it. */
  readonly asFound?: boolean;
  /** Who brings an older database up to date, for the audit; by default the program itself. */
  readonly by?: () => Pick<AuditEntry, 'at' | 'actor' | 'via'>;
  /** What the audit says of where this process runs; by default what the operating system says. */
  readonly origin?: () => Origin;
};

/** A store in an SQLite file. */
export type SqliteStore = MaintainedStore;

/** Whom the audit names when no caller says who they are. */
const byItself = (): Pick<AuditEntry, 'at' | 'actor'> => ({
  at: new Date().toISOString(),
  actor: 'system:oss',
});

const DEFAULT_BUSY_TIMEOUT_MS = 5_000;

/** Where reads, backups and checks get connections of their own. */
const openReader = ({
  path,
  busyTimeoutMs = DEFAULT_BUSY_TIMEOUT_MS,
  asFound = false,
}: OpenStoreOptions): Database.Database => openForReading(path, busyTimeoutMs, { asFound });

const openFirst = async (options: OpenStoreOptions, ids: Ids): Promise<Database.Database> => {
  const { path, mode, create, busyTimeoutMs = DEFAULT_BUSY_TIMEOUT_MS, asFound = false } = options;
  if (mode === 'read') return openReader(options);
  const { by = byItself, origin = thisOrigin } = options;
  const migrator = (): Migrator => ({ ...by(), origin });
  return await openForWriting(path, { create, busyTimeoutMs, ids, asFound, by: migrator });
};

/**
 * Opens the database at `path`. Refusals: DATABASE_MISSING, DATABASE_FOREIGN, DATABASE_NEWER, DATABASE_OLDER (read
 * only), DATABASE_DAMAGED, DATABASE_BUSY, DATABASE_READONLY, DISK_FULL.
 */
export const openStore = async (options: OpenStoreOptions): Promise<SqliteStore> => {
  const { path, mode, busyTimeoutMs = DEFAULT_BUSY_TIMEOUT_MS, ids = uuidIds(Date.now) } = options;
  const { origin } = options;
  const context = { path, ids, ...(origin === undefined ? {} : { origin }) };
  const open = (): Database.Database => openReader(options);

  // The connection that proved the file good is kept: opening costs.
  const first = handle(await openFirst(options, ids), context);
  const files = openFiles(path);
  /** Of the same files as the first one. */
  const openAnother = (): Database.Database => {
    files.assertSame();
    const db = open();
    try {
      files.assertSame();
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  };
  // A writer has a reader beside it from the beginning: while that is open, it does not empty its log when it closes.
  const spare: Handle[] = [mode === 'read' ? first : handle(openAnother(), context)];
  const readers = readPool(() => spare.pop() ?? handle(openAnother(), context), path);
  const writes =
    mode === 'write' ? groupCommit(first, { path, busyTimeoutMs, assertSameFiles: files.assertSame }) : null;
  /** Of its own, for inside a transaction the version stands still. */
  let watcher: SqliteConnection | null = null;
  let closed = false;

  const assertOpen = (): void => {
    if (closed) throw new Error('the store is closed');
  };

  const write = async <T>(
    work: (tx: Tx) => Promise<T>,
    { rehearsal, scope = 'everything' }: { readonly rehearsal: boolean; readonly scope: Scope | undefined },
  ): Promise<T> => {
    assertOpen();
    const outer = enclosing();
    if (outer !== null) throw new Error(`a write inside a ${outer.mode} would wait for itself: use its tx`);
    if (writes === null) throw new Refusal('DATABASE_READONLY', { database: path });
    return await writes.add(work, { rehearsal, scope });
  };

  const read = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    assertOpen();
    const outer = enclosing();
    if (outer?.mode === 'write') throw new Error('a read inside a write would not see it: use its tx');
    if (outer !== null) throw new Error('a read inside a read sees another state: use its tx');
    return await readers.read(work);
  };

  return {
    database: path,
    write: (work, scope) => write(work, { rehearsal: false, scope }),
    rehearse: (work, scope) => write(work, { rehearsal: true, scope }),
    read,
    scrub: async () => {
      assertOpen();
      if (writes === null) throw new Refusal('DATABASE_READONLY', { database: path });
      files.assertSame();
      return scrub(path, { waitMs: busyTimeoutMs });
    },
    changes: async (signal) => {
      assertOpen();
      watcher ??= sqliteConnection(openAnother());
      const { dataVersion } = watcher;
      const version = (): number => {
        assertOpen();
        files.assertSame();
        return dataVersion();
      };
      return polledChanges(version, signal);
    },
    clockAhead: () => 0,
    info: async () => storeInfo(path, open),
    verify: (asked = {}) => verify(path, asked),
    head: async () => {
      assertOpen();
      const db = openAnother();
      try {
        return { ...(await logHead(db)), audit: await read((tx) => tx.audit.heads()) };
      } finally {
        db.close();
      }
    },
    verifyAudit: async (isSigned) => auditVerdict(path, isSigned),
    backup: (file) => backup(path, file, ids),
    close: async () => {
      if (closed) return;
      closed = true;
      await writes?.idle();
      // The last one that closes empties the log into the database and deletes it, by their names: where other files have
      // got these, that would destroy what others have written. A connection that cannot write leaves all as it is.
      const isLeftAlone = writes !== null && files.now().kind === 'other';
      if (isLeftAlone) first.connection.close();
      await readers.close();
      watcher?.close();
      for (const { connection } of spare) connection.close();
      if (writes !== null && !isLeftAlone) first.connection.close();
    },
  };
};
