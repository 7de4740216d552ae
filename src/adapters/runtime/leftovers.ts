import { type Dirent, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { PARTS } from './part-name.ts';

/** Folders in which standard input of batch runs is kept. */
export const SPOOLS = 'oss-stdin-';
export const SPOOLED = 'stdin';

/** A run that goes on may write for as long. */
const SETTLED_MS = 3_600_000;

export type Leftovers = {
  /** Standard inputs of batch runs: paths of the files. One may belong to a run that can be resumed. */
  readonly spools: readonly string[];
  /** Halves of files that were being written. */
  readonly parts: readonly string[];
};

const entries = (folder: string): readonly Dirent[] => {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
};

/** Of this account, and nobody has written it for an hour. */
const isSettledOwn = (path: string, now: number): boolean => {
  const stats = statSync(path, { throwIfNoEntry: false });
  const own = process.geteuid?.() ?? stats?.uid;
  return stats !== undefined && stats.uid === own && now - stats.mtimeMs >= SETTLED_MS;
};

/**
 * What processes that were killed have left, with personal data in it: beside the database at `path` and in the folder for
 * temporary files (`temporary`).
 */
export const leftovers = (path: string, now: number, temporary: string = tmpdir()): Leftovers => {
  const spools = entries(temporary)
    .filter((entry) => entry.isDirectory() && entry.name.startsWith(SPOOLS))
    .map(({ name }) => join(temporary, name, SPOOLED));
  const parts = entries(dirname(path))
    .filter(
      (entry) => entry.isFile() && entry.name.startsWith(`${basename(path)}.`) && PARTS.test(entry.name),
    )
    .map(({ name }) => join(dirname(path), name))
    .sort();
  return {
    spools: spools.filter((file) => isSettledOwn(file, now)),
    parts: parts.filter((file) => isSettledOwn(file, now)),
  };
};
