import { describe, expect, it } from 'vitest';
import { databaseError, isFatal } from './database-error.ts';
import { fileError } from './database-file.ts';

const sqlite = (code: string): Error => Object.assign(new Error('said'), { name: 'SqliteError', code });
const system = (code: string): Error => Object.assign(new Error('said'), { code });

describe('an error of the database', () => {
  it.each([
    ['SQLITE_BUSY', 'DATABASE_BUSY', 'unavailable'],
    ['SQLITE_BUSY_SNAPSHOT', 'DATABASE_BUSY', 'unavailable'],
    ['SQLITE_LOCKED', 'DATABASE_BUSY', 'unavailable'],
    ['SQLITE_FULL', 'DISK_FULL', 'unavailable'],
    ['SQLITE_IOERR_SHMSIZE', 'DISK_FULL', 'unavailable'],
    ['SQLITE_IOERR_SHMOPEN', 'DISK_FULL', 'unavailable'],
    ['SQLITE_IOERR_WRITE', 'DISK_FULL', 'unavailable'],
    ['SQLITE_READONLY', 'DATABASE_READONLY', 'configuration'],
    ['SQLITE_READONLY_DIRECTORY', 'DATABASE_READONLY', 'configuration'],
    ['SQLITE_CANTOPEN', 'DATABASE_READONLY', 'configuration'],
    ['SQLITE_NOTADB', 'DATABASE_FOREIGN', 'configuration'],
    ['SQLITE_CORRUPT', 'DATABASE_DAMAGED', 'configuration'],
    ['SQLITE_CORRUPT_INDEX', 'DATABASE_DAMAGED', 'configuration'],
    ['SQLITE_IOERR_READ', 'DATABASE_DAMAGED', 'configuration'],
  ])('%s is the refusal %s', (code, refusal, kind) => {
    expect(databaseError(sqlite(code), '/x/oss.db')).toMatchObject({
      code: refusal,
      kind,
      detail: { path: '/x/oss.db' },
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
    ['EACCES', 'DATABASE_READONLY'],
    ['EROFS', 'DATABASE_READONLY'],
    ['ENOENT', 'DATABASE_MISSING'],
    ['ENOTDIR', 'DATABASE_FOREIGN'],
  ])('%s is the refusal %s', (code, refusal) => {
    expect(fileError(system(code), '/x/oss.db')).toMatchObject({
      code: refusal,
      detail: { path: '/x/oss.db' },
    });
  });

  it('of something else stays what it is', () => {
    const error = system('EMFILE');
    expect(fileError(error, '/x')).toBe(error);
  });
});
