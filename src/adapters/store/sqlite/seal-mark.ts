import type Database from 'better-sqlite3';
import { storedMeta } from './stored-meta.ts';

/**
 * A database that is moving to a server, or has moved. sealing: nobody writes to it, and it may still be unsealed. sealed: the other
 * one may be open.
 */
export type Seal = {
  readonly token: string;
  /** Where to; holds no password. */
  readonly to: string;
  readonly stage: 'sealing' | 'sealed';
};

/** Where the seal is kept in `meta`; it stays where it is. */
export const SEAL = 'seal';
/** How the names of its triggers begin: older programs meet them too, for they are in the file. */
export const SEALED = 'sealed_';
/** How the triggers say it; where to follows. */
export const SEALED_WORDS = 'oss: moved to ';

/** null: the database is not sealed. */
export const sealIn = (db: Database.Database): Seal | null => {
  const text = storedMeta(db, SEAL);
  return text === null ? null : JSON.parse(text);
};
