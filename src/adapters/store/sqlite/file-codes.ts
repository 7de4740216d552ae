/** Personal data is inside: only the owner reads it. SQLite gives -wal and -shm the mode of the database. */
export const PRIVATE_MODE = 0o600;

/** No space, a quota, a limit of file sizes. */
const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG'];
/** Of this process, of the machine. */
const OUT_OF_FILES = ['EMFILE', 'ENFILE'];

export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

export const isFull = (error: unknown): boolean => FULL.some((code) => hasCode(error, code));

export const isOutOfFiles = (error: unknown): boolean => OUT_OF_FILES.some((code) => hasCode(error, code));
