import { openSync, readSync } from 'node:fs';
import { connect } from './connect.ts';
import { hasCode } from './file-codes.ts';

/** `damaged`: read once more it makes no sense either, and the disk gives every byte of it. */
export type ReadAgain = 'damaged' | 'io-error';

/** An answer holds for so long: reading a large database through takes seconds. */
const KNOWN_FOR_MS = 60_000;
const PIECE_BYTES = 1024 * 1024;

const known = new Map<string, { readonly at: number; readonly answer: ReadAgain }>();
const descriptors = new Map<string, number>();

/** Never closed again: closing a file drops every lock that this process has on it, those of SQLite too. */
const descriptorOf = (file: string): number => {
  const open = descriptors.get(file) ?? openSync(file, 'r');
  descriptors.set(file, open);
  return open;
};

const canBeRead = (file: string): boolean => {
  try {
    const piece = Buffer.alloc(PIECE_BYTES);
    let at = 0;
    for (let got = -1; got !== 0; at += got) got = readSync(descriptorOf(file), piece, 0, PIECE_BYTES, at);
    return true;
  } catch (error) {
    return !hasCode(error, 'EIO');
  }
};

const isWhole = (path: string): boolean => {
  try {
    const db = connect(path, { readonly: true, timeoutMs: 1_000 });
    try {
      return db.pragma('quick_check(1)', { simple: true }) === 'ok';
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
};

/**
 * Reads a database that SQLite calls malformed once more: SQLite says so, too, of a page that the disk did not give, and
 * a backup must not be put in the place of a database because a disk or a cable failed for a moment.
 */
export const readAgain = (path: string): ReadAgain => {
  const before = known.get(path);
  if (before !== undefined && performance.now() - before.at < KNOWN_FOR_MS) return before.answer;
  const isRead = canBeRead(path) && canBeRead(`${path}-wal`);
  const answer = isRead && !isWhole(path) ? 'damaged' : 'io-error';
  known.set(path, { at: performance.now(), answer });
  return answer;
};
