import type Database from 'better-sqlite3';
import { turn } from '../../runtime/waits.ts';
import { nextDigest } from '../sql/head.ts';

/** Events of one read. */
const CHUNK = 2_000;
const POINTS = 'select position, hash from events where position > ? order by position limit ?';

/**
 * Position and digest of the log's end, from the hashes as they are kept: `verify` proves that they are those of the events.
 * Other work of the process goes on meanwhile.
 */
export const logHead = async (
  db: Database.Database,
): Promise<{ readonly position: number; readonly digest: string }> => {
  const points = db.prepare<[number, number], { position: number; hash: string }>(POINTS);
  let head = { position: 0, digest: '' };
  for (;;) {
    const some = points.all(head.position, CHUNK);
    for (const { position, hash } of some)
      head = { position, digest: nextDigest(head.digest, position, hash) };
    if (some.length < CHUNK) return head;
    await turn();
  }
};
