import type { Client, Pool } from 'pg';
import { pause } from '../../runtime/waits.ts';
import { commits } from '../commits.ts';
import type { Line } from './connect.ts';

const CHANNEL = 'oss_changes';
/** A process tells others at most so often. */
const TELL_MS = 50;
/** Behind the notifications, for one that got lost. */
const POLL_MS = 1_000;

export type PgChanges = {
  /** This process has committed. Never waits. */
  readonly tell: () => void;
  readonly listen: (signal: AbortSignal) => Promise<AsyncIterable<void>>;
  readonly close: () => Promise<void>;
};

/**
 * Never inside a write: a transaction that notifies holds a lock of the whole server while it commits. So a process tells of
 * its commits afterwards, of many at once. Whoever listens also looks by itself now and then.
 */
export const pgChanges = (
  connect: () => Promise<Client>,
  pool: Pool,
  { isOurs }: Pick<Line, 'isOurs'>,
): PgChanges => {
  const heard = commits();
  const over = new AbortController();
  let telling: Promise<void> | null = null;
  let listening: Promise<Client> | null = null;
  let polling: Promise<void> | null = null;

  const tellOthers = async (): Promise<void> => {
    await pause(TELL_MS, over.signal);
    telling = null;
    if (!over.signal.aborted) await pool.query(`notify ${CHANNEL}`);
  };

  const hear = async (): Promise<Client> => {
    const client = await connect();
    client.on('notification', heard.tell);
    client.on('end', () => {
      listening = null;
    });
    await client.query(`listen ${CHANNEL}`);
    return client;
  };

  /** Also again, when that connection was lost. */
  const hearOthers = async (): Promise<void> => {
    if (!isOurs) return;
    listening ??= hear();
    await listening.catch(() => {
      listening = null;
    });
  };

  const poll = async (): Promise<void> => {
    let seen = '';
    while (!over.signal.aborted) {
      await hearOthers();
      try {
        const { rows } = await pool.query<{ at: string }>('select pg_current_wal_insert_lsn()::text as at');
        const at = rows[0]?.at ?? '';
        if (seen !== '' && at !== seen) heard.tell();
        seen = at;
      } catch {
        // The database is away; whoever listens learns of it when they read.
      }
      await pause(POLL_MS, over.signal);
    }
  };

  return {
    tell: () => {
      heard.tell();
      telling ??= tellOthers().catch(() => undefined);
    },
    listen: async (signal) => {
      const told = heard.listen(signal);
      await hearOthers();
      polling ??= poll();
      return told;
    },
    close: async () => {
      over.abort();
      await telling;
      await polling;
      const client = await listening?.catch(() => null);
      await client?.end().catch(() => undefined);
    },
  };
};
