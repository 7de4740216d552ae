import { isRefusal, Refusal } from '../../../core/rules/refusal.ts';
import { assertNever } from '../../../core/values/assert-never.ts';
import { type DiskTrouble, diskTrouble, isPermitted } from './disk-trouble.ts';
import { type ReadAgain, readAgain } from './read-again.ts';
import { SEALED_WORDS } from './seal-mark.ts';

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

/** Knows about the files what SQLite does not say. */
export type Disk = {
  readonly trouble: (path: string) => DiskTrouble;
  readonly isPermitted: (path: string) => boolean;
  readonly readAgain: (path: string) => ReadAgain;
};

const DISK: Disk = { trouble: diskTrouble, isPermitted, readAgain };

/** Why SQLite could not read or write, as far as it does not tell by itself. */
const fileTrouble = (trouble: DiskTrouble, path: string, otherwise: Refusal): Refusal => {
  switch (trouble) {
    case 'full':
      return new Refusal('DISK_FULL', { path });
    case 'too-many-files':
      return new Refusal('TOO_MANY_FILES', { path });
    case 'io-error':
    case 'none':
      return otherwise;
    default:
      return assertNever(trouble);
  }
};

/**
 * What SQLite says, in the words of the console: busy, full, out of files, a disk that fails, read-only, replaced,
 * foreign or damaged become refusals; anything else (a constraint, a bug) stays what it is. Where SQLite has one word
 * for several troubles, `disk` says which it is.
 */
export const databaseError = (error: unknown, path: string, disk: Disk = DISK): unknown => {
  const code = sqliteCode(error);
  if (code === null || !(error instanceof Error)) return error;
  // PROTOCOL: others were quicker too many times in a row.
  if (isBusy(error) || code === 'SQLITE_PROTOCOL') return new Refusal('DATABASE_BUSY', { database: path });
  if (code === 'SQLITE_CONSTRAINT_TRIGGER' && error.message.startsWith(SEALED_WORDS))
    return new Refusal('DATABASE_SEALED', { database: path, to: error.message.slice(SEALED_WORDS.length) });
  if (code === 'SQLITE_FULL') return new Refusal('DISK_FULL', { path });
  if (code === 'SQLITE_READONLY_DBMOVED')
    return new Refusal('DATABASE_REPLACED', { database: path, file: path });
  const cause = { code: 'AS_TOLD', text: `${error.message} (${code})` } as const;
  if (code.startsWith('SQLITE_IOERR')) {
    return fileTrouble(disk.trouble(path), path, new Refusal('DISK_ERROR', { path, cause }));
  }
  if (code === 'SQLITE_CANTOPEN' && disk.isPermitted(path)) {
    return fileTrouble(disk.trouble(path), path, new Refusal('DISK_ERROR', { path, cause }));
  }
  if (/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/.test(code))
    return new Refusal('DATABASE_READONLY', { database: path });
  if (code.startsWith('SQLITE_NOTADB')) {
    return new Refusal('DATABASE_FOREIGN', { database: path, cause: { code: 'NOT_SQLITE' } });
  }
  if (!code.startsWith('SQLITE_CORRUPT')) return error;
  return disk.readAgain(path) === 'damaged'
    ? new Refusal('DATABASE_DAMAGED', { database: path, cause })
    : new Refusal('DISK_ERROR', { path, cause });
};

/**
 * The same of a connection that was opened for writing. SQLite opens a file for reading where it cannot be opened for
 * writing, whatever the reason was, and says "read-only" at the first write: where the file may be written, the disk failed.
 */
export const writerError = (error: unknown, path: string, disk: Disk = DISK): unknown => {
  const told = databaseError(error, path, disk);
  const code = sqliteCode(error);
  const isReader = isRefusal(told, 'DATABASE_READONLY') && code?.startsWith('SQLITE_READONLY') === true;
  if (!isReader || !(error instanceof Error) || !disk.isPermitted(path)) return told;
  const cause = { code: 'AS_TOLD', text: `${error.message} (${code})` } as const;
  return fileTrouble(disk.trouble(path), path, new Refusal('DISK_ERROR', { path, cause }));
};
