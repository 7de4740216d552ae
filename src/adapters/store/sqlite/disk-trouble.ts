import { accessSync, closeSync, constants, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { devNull } from 'node:os';
import { dirname } from 'node:path';
import { hasCode, isFull, isOutOfFiles, PRIVATE_MODE } from './file-codes.ts';

/** What keeps a file from being written: no room, no more open files, the disk itself, or none of these. */
export type DiskTrouble = 'full' | 'too-many-files' | 'io-error' | 'none';

/** A database, its log, their index, and the folder that they are synced in. */
const FILES_OF_A_CONNECTION = 4;
/** More than SQLite writes at once, so that a limit it has just run into is met again. */
const PROBE_BYTES = 64 * 1024;

const troubleOf = (error: unknown): DiskTrouble => {
  if (isOutOfFiles(error)) return 'too-many-files';
  if (isFull(error)) return 'full';
  return hasCode(error, 'EIO') ? 'io-error' : 'none';
};

const attempt = (act: () => void): DiskTrouble => {
  try {
    act();
    return 'none';
  } catch (error) {
    return troubleOf(error);
  }
};

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

const openAFew = (): void => {
  const open: number[] = [];
  try {
    for (let n = 0; n < FILES_OF_A_CONNECTION; n += 1) open.push(openSync(devNull, 'r'));
  } finally {
    for (const descriptor of open) closeSync(descriptor);
  }
};

/** As far out as the largest of the database's own files: a limit of file sizes strikes there. */
const writeALittle = (path: string): void => {
  const probe = `${path}.probe-${process.pid}`;
  const end = Math.max(...['', '-wal', '-shm'].map((suffix) => sizeOf(`${path}${suffix}`)));
  try {
    const descriptor = openSync(probe, 'wx', PRIVATE_MODE);
    try {
      writeSync(descriptor, Buffer.alloc(PROBE_BYTES), 0, PROBE_BYTES, end);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } finally {
    rmSync(probe, { force: true });
  }
};

/**
 * Asks the system for a little of what has just failed at `path`, for SQLite has one word for a quota, for a limit of
 * file sizes and for a broken disk, and one for a missing permission and for too many open files.
 */
export const diskTrouble = (path: string): DiskTrouble => {
  const files = attempt(openAFew);
  return files === 'none' ? attempt(() => writeALittle(path)) : files;
};

/** Whether this user may write the file and its folder, as far as permissions and the mount say. */
export const isPermitted = (path: string): boolean => {
  try {
    for (const needed of [path, dirname(path)]) accessSync(needed, constants.R_OK | constants.W_OK);
    return true;
  } catch (error) {
    return hasCode(error, 'EIO');
  }
};
