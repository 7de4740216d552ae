import { describe, expect, it } from 'vitest';
import { type Disk, databaseError, isFatal, writerError } from './database-error.ts';
import { fileError } from './database-file.ts';

const sqlite = (code: string): Error => Object.assign(new Error('said'), { name: 'SqliteError', code });
const system = (code: string): Error => Object.assign(new Error('said'), { code });

/** A disk that has nothing wrong with it. */
const disk: Disk = { trouble: () => 'none', isPermitted: () => false, readAgain: () => 'damaged' };
const PATH = '/x/oss.db';

describe('an error of the database', () => {
  it.each([
    ['SQLITE_BUSY', 'DATABASE_BUSY', 'unavailable'],
    ['SQLITE_BUSY_SNAPSHOT', 'DATABASE_BUSY', 'unavailable'],
    ['SQLITE_LOCKED', 'DATABASE_BUSY', 'unavailable'],
    ['SQLITE_FULL', 'DISK_FULL', 'unavailable'],
    ['SQLITE_PROTOCOL', 'DATABASE_BUSY', 'unavailable'],
    ['SQLITE_IOERR_WRITE', 'DISK_ERROR', 'configuration'],
    ['SQLITE_IOERR_FSYNC', 'DISK_ERROR', 'configuration'],
    ['SQLITE_IOERR_SHMSIZE', 'DISK_ERROR', 'configuration'],
    ['SQLITE_IOERR_READ', 'DISK_ERROR', 'configuration'],
    ['SQLITE_READONLY_DBMOVED', 'DATABASE_REPLACED', 'configuration'],
    ['SQLITE_READONLY', 'DATABASE_READONLY', 'configuration'],
    ['SQLITE_READONLY_DIRECTORY', 'DATABASE_READONLY', 'configuration'],
    ['SQLITE_CANTOPEN', 'DATABASE_READONLY', 'configuration'],
    ['SQLITE_NOTADB', 'DATABASE_FOREIGN', 'configuration'],
    ['SQLITE_CORRUPT', 'DATABASE_DAMAGED', 'configuration'],
    ['SQLITE_CORRUPT_INDEX', 'DATABASE_DAMAGED', 'configuration'],
  ])('%s is the refusal %s', (code, refusal, kind) => {
    expect(databaseError(sqlite(code), PATH, disk)).toMatchObject({
      code: refusal,
      kind,
      detail: { [refusal.startsWith('DATABASE_') ? 'database' : 'path']: '/x/oss.db' },
    });
    expect(isFatal(sqlite(code))).toBe(true);
  });

  it.each(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_TRIGGER', 'SQLITE_ERROR', 'SQLITE_TOOBIG'])(
    '%s stays what it is, and is of one write only',
    (code) => {
      const error = sqlite(code);
      expect(databaseError(error, '/x')).toBe(error);
      expect(isFatal(error)).toBe(false);
    },
  );

  const told: readonly (readonly [string, Partial<Disk>, string])[] = [
    ['SQLITE_IOERR_WRITE', { trouble: () => 'full' }, 'DISK_FULL'],
    ['SQLITE_IOERR_SHMSIZE', { trouble: () => 'full' }, 'DISK_FULL'],
    ['SQLITE_IOERR_SHMOPEN', { trouble: () => 'too-many-files' }, 'TOO_MANY_FILES'],
    ['SQLITE_CANTOPEN', { isPermitted: () => true, trouble: () => 'too-many-files' }, 'TOO_MANY_FILES'],
    ['SQLITE_CANTOPEN', { isPermitted: () => true, trouble: () => 'full' }, 'DISK_FULL'],
    ['SQLITE_CANTOPEN', { isPermitted: () => true }, 'DISK_ERROR'],
    // What SQLite makes of a page that the disk did not give.
    ['SQLITE_CORRUPT', { readAgain: () => 'io-error' }, 'DISK_ERROR'],
  ];
  it.each(told)('%s is told by what the disk says when it is asked (%#)', (code, said, refusal) => {
    expect(databaseError(sqlite(code), PATH, { ...disk, ...said })).toMatchObject({ code: refusal });
  });

  it('of a writer that SQLite let only read is the disk, where the file may be written', () => {
    const error = sqlite('SQLITE_READONLY');
    const permitted: Disk = { ...disk, isPermitted: () => true };
    expect(databaseError(error, PATH, permitted)).toMatchObject({ code: 'DATABASE_READONLY' });
    expect(writerError(error, PATH, disk)).toMatchObject({ code: 'DATABASE_READONLY' });
    expect(writerError(error, PATH, permitted)).toMatchObject({
      code: 'DISK_ERROR',
      detail: { path: PATH, cause: { code: 'AS_TOLD', text: 'said (SQLITE_READONLY)' } },
    });
    const full: Disk = { ...permitted, trouble: () => 'full' };
    expect(writerError(error, PATH, full)).toMatchObject({ code: 'DISK_FULL' });
    const moved = sqlite('SQLITE_READONLY_DBMOVED');
    expect(writerError(moved, PATH, permitted)).toMatchObject({ code: 'DATABASE_REPLACED' });
  });

  it('of something else stays what it is', () => {
    const error = system('SQLITE_FULL');
    expect(databaseError(error, '/x')).toBe(error);
    expect(databaseError('text', '/x')).toBe('text');
  });
});

describe('an error of the file system', () => {
  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EDQUOT', 'DISK_FULL'],
    ['EFBIG', 'DISK_FULL'],
    ['EIO', 'DISK_ERROR'],
    ['EMFILE', 'TOO_MANY_FILES'],
    ['ENFILE', 'TOO_MANY_FILES'],
    ['EACCES', 'DATABASE_READONLY'],
    ['EROFS', 'DATABASE_READONLY'],
    ['ENOENT', 'DATABASE_MISSING'],
    ['ENOTDIR', 'DATABASE_FOREIGN'],
  ])('%s is the refusal %s', (code, refusal) => {
    expect(fileError(system(code), '/x/oss.db')).toMatchObject({
      code: refusal,
      detail: { [refusal.startsWith('DATABASE_') ? 'database' : 'path']: '/x/oss.db' },
    });
  });

  it('of something else stays what it is', () => {
    const error = system('EDOM');
    expect(fileError(error, '/x')).toBe(error);
  });
});
