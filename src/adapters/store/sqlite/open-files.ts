import { statSync } from 'node:fs';
import { Refusal } from '../../../core/rules/refusal.ts';
import { fileError } from './database-file.ts';

/**
 * The files of an open database against what their paths lead to now. gone: some path leads nowhere, and no
 * process has made a new file there. other: another file is at some path, which other processes may use already.
 */
export type FilesNow = { readonly kind: 'same' } | { readonly kind: 'gone' | 'other'; readonly file: string };

export type OpenFiles = {
  readonly now: () => FilesNow;
  /** Throws the refusal DATABASE_REPLACED when what is written would not be found at the path any more. */
  readonly assertSame: () => void;
};

/** Which file a path leads to, whatever it is called; null: none. */
const fileAt = (path: string): string | null => {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats === undefined ? null : `${stats.dev}/${stats.ino}`;
  } catch (error) {
    throw fileError(error, path);
  }
};

/**
 * Notes which files a connection that has just been opened works on: the database, its write-ahead log and the index of
 * that. As long as it is open no process that keeps to SQLite's locks deletes one or puts another in its place; who does
 * it all the same (`rm oss.db-*`, a copy moved over it) makes this process write to files that no path leads to.
 */
export const openFiles = (path: string): OpenFiles => {
  const files = [path, `${path}-wal`, `${path}-shm`].map((file) => ({ file, opened: fileAt(file) }));
  const now = (): FilesNow => {
    let gone: string | null = null;
    for (const { file, opened } of files) {
      const found = fileAt(file);
      if (found === opened) continue;
      if (found !== null) return { kind: 'other', file };
      gone ??= file;
    }
    return gone === null ? { kind: 'same' } : { kind: 'gone', file: gone };
  };
  return {
    now,
    assertSame: () => {
      const state = now();
      if (state.kind !== 'same') throw new Refusal('DATABASE_REPLACED', { database: path, file: state.file });
    },
  };
};
