import type { Client } from 'pg';
import { Refusal } from '../../../core/rules/refusal.ts';
import { SCRUB } from '../sql/scrub-mark.ts';
import type { Line } from './connect.ts';
import { pgError } from './pg-error.ts';

const ERASED_FROM = 'vacuum (full) customers, addresses, texts, requests';

export type ScrubOptions = {
  readonly line: Pick<Line, 'isOurs'>;
  readonly database: string;
  /** How long others may hold the tables before it is left to whoever comes next. */
  readonly waitMs: number;
};

/** The mark of the last erasure whose rows the tables still hold; null: there is none. */
export const scrubMarkOf = async (client: Pick<Client, 'query'>): Promise<string | null> => {
  const { rows } = await client.query<{ value: string }>('select value from meta where name = $1', [SCRUB]);
  return rows[0]?.value ?? null;
};

/**
 * Writes the tables anew that hold what was erased. A mark that was left meanwhile stays: it is of a later erasure. false: somebody
 * holds a table, or it took too long.
 */
export const pgScrub = async (client: Client, { line, database, waitMs }: ScrubOptions): Promise<boolean> => {
  const mark = await scrubMarkOf(client);
  if (mark === null) return true;
  try {
    // Through a pooler a setting would stay on a connection of others.
    if (line.isOurs) await client.query(`set statement_timeout = 0; set lock_timeout = ${waitMs}`);
    await client.query(ERASED_FROM);
    await client.query('delete from meta where name = $1 and value = $2', [SCRUB, mark]);
    return true;
  } catch (error) {
    const refusal = pgError(error, database);
    const isLater = refusal instanceof Refusal && ['DATABASE_BUSY', 'DATABASE_SLOW'].includes(refusal.code);
    if (isLater) return false;
    throw refusal;
  }
};
