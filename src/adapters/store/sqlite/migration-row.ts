import type Database from 'better-sqlite3';
import type { AuditEntry } from '../../../core/ports/audit.ts';
import { type ChainEnd, keptOf, linked, OLDEST_CHAIN, type Origin } from '../sql/audit-chain.ts';
import { INSERT_AUDIT } from './audit-insert.ts';
import { KNOWN_SCHEMA } from './migrations/migrate.ts';

/** Who brings a database up to date, and when (UTC ISO). */
export type Migrator = Pick<AuditEntry, 'at' | 'actor' | 'via'> & { readonly origin: () => Origin };

const END = `select seq, hash from (
    select seq, hash from audit where host = @host
    union all select last_seq, hash from audit_anchors where host = @host)
  order by seq desc limit 1`;

/**
 * Writes down, in the transaction that is open, that the database was of schema `from` until now. Without the ports of a
 * transaction, which need the tables of today: so that no database is brought up to date without its row.
 */
export const recordMigration = (
  db: Database.Database,
  from: number,
  { at, actor, via, origin }: Migrator,
): void => {
  const endOf = db.prepare<[{ host: string }], ChainEnd>(END);
  const here = origin();
  const entry: AuditEntry = {
    at,
    actor,
    action: 'db.migrate',
    subject: 'database',
    detail: { from, to: KNOWN_SCHEMA },
    ...(via === undefined ? {} : { via }),
  };
  const [end = null, oldest = null] = [here.host, OLDEST_CHAIN].map((host) => endOf.get({ host }));
  db.prepare(INSERT_AUDIT).run(linked(keptOf(entry, here), end, oldest));
};
