import { rmSync } from 'node:fs';
import type { Client } from 'pg';
import type { Ids } from '../../../core/ports/runtime.ts';
import { Refusal } from '../../../core/rules/refusal.ts';
import { PORTABLE_TABLES } from '../sql/portable.ts';
import { intoNewFile } from '../sqlite/backup.ts';
import { newPortableFile } from '../sqlite/portable-file.ts';
import type { Line } from './connect.ts';
import { inPgSnapshot, type PgSnapshot } from './pg-snapshot.ts';

const MAX_COPIES = 10;
const ERASED = 'select customer_id from customers where erased_at is not null';

export type BackupOptions = {
  readonly connect: () => Promise<Client>;
  readonly line: Pick<Line, 'begin'>;
  readonly ids: Ids;
  /** How the database is named to people. */
  readonly database: string;
};

const erasedIn = async (client: Pick<Client, 'query'>): Promise<readonly string[]> =>
  (await client.query<{ customer_id: string }>(ERASED)).rows.map((row) => row.customer_id);

const copyTo = async (
  part: string,
  { client, rows, sequences }: PgSnapshot,
  ids: Ids,
): Promise<readonly string[]> => {
  const file = await newPortableFile(part, ids);
  try {
    for (const table of PORTABLE_TABLES) await rows(table, (some) => file.put(table, some));
    file.putSequences(await sequences());
    const erased = await erasedIn(client);
    file.finish();
    return erased;
  } catch (error) {
    file.close();
    throw error;
  }
};

/**
 * Copies one state of the database to `file`, the portable one. A copy that is there when an erasure has been acknowledged must not hold
 * the customer. Refusals: DATABASE_EXISTS, FOLDER_MISSING, DATABASE_BUSY, those of the server.
 */
export const pgBackup = async (
  file: string,
  { connect, line, ids, database }: BackupOptions,
): Promise<void> =>
  intoNewFile(file, async (part) => {
    for (let copies = 1; ; copies += 1) {
      const there = new Set(await inPgSnapshot({ connect, line }, (snapshot) => copyTo(part, snapshot, ids)));
      const client = await connect();
      const erased = await erasedIn(client).finally(() => client.end().catch(() => undefined));
      if (erased.every((customerId) => there.has(customerId))) return;
      if (copies === MAX_COPIES) throw new Refusal('DATABASE_BUSY', { database });
      rmSync(part, { force: true });
    }
  });
