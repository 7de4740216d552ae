import type Database from 'better-sqlite3';
import { initial } from './001-initial.ts';
import { ordersInDoubt } from './002-orders-in-doubt.ts';
import { comparisons } from './003-comparisons.ts';
import { proofsAndWaits } from './004-proofs-and-waits.ts';
import { travel } from './005-travel.ts';
import { auditChains } from './006-audit-chains.ts';
import { erasedPrints } from './007-erased-prints.ts';
import { accessTokens } from './008-access-tokens.ts';

/** 'oss1': what marks a database of ours among SQLite files. */
export const APPLICATION_ID = 0x6f737331;

/** The n-th makes schema n. A migration that was shipped is never edited. */
const MIGRATIONS: readonly (string | ((db: Database.Database) => void))[] = [
  initial,
  ordersInDoubt,
  comparisons,
  proofsAndWaits,
  travel,
  auditChains,
  erasedPrints,
  accessTokens,
];

/** The schema that this program reads and writes. */
export const KNOWN_SCHEMA: number = MIGRATIONS.length;

export const schemaOf = (db: Database.Database): number =>
  Number(db.pragma('user_version', { simple: true }));

/**
 * Brings the database to the known schema, or to the older one of the caller, in one transaction: all or nothing. A
 * process that comes second finds the work done. `onOlder` hears in it of the schema that a database had which is not new.
 * Throws SQLITE_BUSY while another process writes.
 */
export const migrate = (
  db: Database.Database,
  schema: number = KNOWN_SCHEMA,
  onOlder: (from: number) => unknown = () => {},
): void => {
  const run = db.transaction(() => {
    const from = schemaOf(db);
    for (const step of MIGRATIONS.slice(from, schema)) {
      if (typeof step === 'string') db.exec(step);
      else step(db);
    }
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${schema}`);
    if (from > 0 && from < schema) onOlder(from);
  });
  run.immediate();
};
