import type Database from 'better-sqlite3';
import type { AuditEntry } from '../../../core/ports/audit.ts';
import type { Origin } from '../sql/audit.ts';
import { chainedFrom, OLDEST_CHAIN } from '../sql/audit-chain.ts';
import { KNOWN_SCHEMA } from './migrations/migrate.ts';

/** Who brings a database up to date, and when (UTC ISO). */
export type Migrator = Pick<AuditEntry, 'at' | 'actor' | 'via'> & { readonly origin: () => Origin };

const END = `select seq, hash from (
    select seq, hash from audit where host = @host
    union all select last_seq, hash from audit_anchors where host = @host)
  order by seq desc limit 1`;
const INSERT = `insert into audit
    (host, seq, at, actor, action, subject, detail, order_ids, customer_ids, purpose, face, client, os_user, hash)
  values
    (@host, @seq, @at, @actor, @action, @subject, @detail, @order_ids, @customer_ids, @purpose, @face, @client, @os_user, @hash)`;

/**
 * Writes down, in the transaction that is open, that the database was of schema `from` until now. Without the ports of a
 * transaction, which need the tables of today: so that no database is brought up to date without its row.
 */
export const recordMigration = (
  db: Database.Database,
  from: number,
  { at, actor, via, origin }: Migrator,
): void => {
  const { host, osUser } = origin();
  const endOf = db.prepare<[{ host: string }], { readonly seq: number; readonly hash: string }>(END);
  const end = endOf.get({ host });
  const row = {
    host,
    seq: (end?.seq ?? 0) + 1,
    at,
    actor,
    action: 'db.migrate',
    subject: 'database',
    detail: JSON.stringify({ from, to: KNOWN_SCHEMA }),
    order_ids: '[]',
    customer_ids: '[]',
    purpose: null,
    face: via?.face ?? 'console',
    client: via?.client ?? null,
    os_user: osUser,
  };
  const before = end ?? endOf.get({ host: OLDEST_CHAIN });
  db.prepare(INSERT).run({ ...row, hash: chainedFrom(before?.hash ?? '', row) });
};
