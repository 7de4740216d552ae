import type { Client } from 'pg';
import { pause } from '../../runtime/waits.ts';
import type { Line } from './connect.ts';
import { BEGIN } from './locks.ts';

/** How often another connection is tried, and how long there is between two tries. */
const AGAIN_MS = 200;

/**
 * Puts the id as void. It waits for the transaction of the write, should the server still run it; then that one was done, or
 * can never be. It changes a row in either case, so that its own COMMIT also waits for a standby that a commit must have
 * reached.
 */
const ASK = `
insert into writes (write_id, void) values ($1, true)
on conflict (write_id) do update set asked = true
returning void`;

/**
 * Finds out what became of a write whose COMMIT has not answered, by another connection. null: nobody could say within
 * `patienceMs`.
 */
export const commitEnd = async (
  connect: () => Promise<Client>,
  line: Pick<Line, 'begin'>,
  { writeId, patienceMs }: { readonly writeId: string; readonly patienceMs: number },
): Promise<'done' | 'undone' | null> => {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      const client = await connect();
      try {
        await line.begin(client, BEGIN);
        const { rows } = await client.query<{ void: boolean }>(ASK, [writeId]);
        // What it says holds once it is kept itself.
        await client.query('commit');
        const [row] = rows;
        if (row !== undefined) return row.void ? 'undone' : 'done';
      } finally {
        await client.end().catch(() => undefined);
      }
    } catch {
      // Also what the server refuses now, it may answer in a moment.
    }
    if (performance.now() >= until) return null;
    await pause(AGAIN_MS);
  }
};
