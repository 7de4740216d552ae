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

/** Which file a path leads to, whatever it is called. */
type FileId = { readonly dev: number | bigint; readonly ino: number | bigint };

/** Whether a number is this one alone. */
const isSafe = (value: number | bigint): boolean => Number.isSafeInteger(Number(value));

const fileAt = (path: string, bigint: boolean): FileId | null => {
  try {
    return statSync(path, { bigint, throwIfNoEntry: false }) ?? null;
  } catch (error) {
    throw fileError(error, path);
  }
};

/**
 * The file that a path leads to now, and how to find out whether it still does. Every commit asks twice of three files, and
 * numbers cost half of what bigints do; they tell a file whose own numbers are safe from every other, for what a number
 * rounds is never a safe one.
 */
const watched = (file: string) => {
  const opened = fileAt(file, true);
  const bigint = opened !== null && !(isSafe(opened.dev) && isSafe(opened.ino));
  const [dev, ino] = bigint ? [opened.dev, opened.ino] : [Number(opened?.dev), Number(opened?.ino)];
  return {
    file,
    /** What became of it; undefined: nothing. */
    change: (): 'gone' | 'other' | undefined => {
      const found = fileAt(file, bigint);
      if (found === null) return opened === null ? undefined : 'gone';
      return found.ino === ino && found.dev === dev ? undefined : 'other';
    },
  };
};

/**
 * Notes which files a connection that has just been opened works on: the database, its write-ahead log and the index of
 * that. As long as it is open no process that keeps to SQLite's locks deletes one or puts another in its place; who does
 * it all the same (`rm oss.db-*`, a copy moved over it) makes this process write to files that no path leads to.
 */
export const openFiles = (path: string): OpenFiles => {
  const files = [path, `${path}-wal`, `${path}-shm`].map(watched);
  const now = (): FilesNow => {
    let gone: string | null = null;
    for (const { file, change } of files) {
      const changed = change();
      if (changed === 'other') return { kind: 'other', file };
      if (changed === 'gone') gone ??= file;
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
