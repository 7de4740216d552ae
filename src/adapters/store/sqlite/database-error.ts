import { Refusal } from '../../../core/rules/refusal.ts';

const sqliteCode = (error: unknown): string | null => {
  if (!(error instanceof Error) || error.name !== 'SqliteError' || !('code' in error)) return null;
  return String(error.code);
};

export const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(sqliteCode(error) ?? '');

/** Whether the database itself failed, so that no write of the same transaction can be trusted. */
export const isFatal = (error: unknown): boolean => {
  const code = sqliteCode(error);
  return code !== null && !/^SQLITE_(CONSTRAINT|ERROR|RANGE|MISMATCH|TOOBIG)/.test(code);
};

/**
 * What SQLite says, in the words of the console: busy, full, read-only, foreign or damaged become refusals; anything
 * else (a constraint, a bug) stays what it is.
 */
export const databaseError = (error: unknown, path: string): unknown => {
  const code = sqliteCode(error);
  if (code === null || !(error instanceof Error)) return error;
  if (isBusy(error)) return new Refusal('DATABASE_BUSY', { path });
  // SQLite reports a full disk as SHMOPEN or SHMSIZE when the shared memory file cannot be made or grow, and a quota or
  // a limit of file sizes as WRITE. A write that failed was taken back, and damages nothing.
  if (/^SQLITE_(FULL|IOERR_(SHMOPEN|SHMSIZE|WRITE))$/.test(code)) return new Refusal('DISK_FULL', { path });
  if (/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/.test(code)) return new Refusal('DATABASE_READONLY', { path });
  if (code.startsWith('SQLITE_NOTADB')) {
    return new Refusal('DATABASE_FOREIGN', { path, cause: 'it is not an SQLite database' });
  }
  if (/^SQLITE_(CORRUPT|IOERR|PROTOCOL)/.test(code)) {
    return new Refusal('DATABASE_DAMAGED', { path, cause: `${error.message} (${code})` });
  }
  return error;
};
