import type { Pool } from 'pg';
import { pause } from '../../runtime/waits.ts';
import type { Line } from './connect.ts';
import { BEGIN } from './locks.ts';

/** How long a process that ends waits for that. */
const FORGET_MS = 1_000;

/**
 * Takes away the ids of writes whose end is known, for a process that writes no more. Fails at nothing: what stays is a row that
 * nobody reads.
 */
export const forgetWrites = async (
  pool: Pool,
  line: Pick<Line, 'begin'>,
  ids: readonly string[],
): Promise<void> => {
  // A connection is not made for that.
  if (ids.length === 0 || pool.idleCount === 0) return;
  const client = await pool.connect();
  const over = new AbortController();
  let isBroken = true;
  const forget = async (): Promise<void> => {
    await line.begin(client, BEGIN);
    // Nobody waits for the disk.
    await client.query(`set local synchronous_commit = off;
      delete from writes where write_id = any('{${ids.join()}}'::uuid[]); commit`);
    isBroken = false;
  };
  await Promise.race([forget().catch(() => undefined), pause(FORGET_MS, over.signal)]);
  over.abort();
  client.release(isBroken);
};
