import type Database from 'better-sqlite3';
import { chainedFrom, type StoredAudit } from '../../sql/audit-chain.ts';

const tables = `
drop trigger audit_never_updated;
drop trigger audit_never_deleted;
alter table audit rename to audit_before;
create table audit (
  id integer primary key,
  host text not null,
  seq integer not null check (seq > 0),
  at text not null,
  actor text not null,
  action text not null,
  subject text not null,
  detail text not null,
  order_ids text not null,
  customer_ids text not null,
  purpose text,
  face text not null,
  client text,
  os_user text not null,
  hash text not null,
  unique (host, seq)
) strict;
create table audit_anchors (
  host text not null,
  first_seq integer not null,
  last_seq integer not null check (last_seq >= first_seq),
  hash text not null,
  pruned_at text not null,
  signature text not null,
  primary key (host, first_seq)
) strict, without rowid;`;

const triggers = `
drop table audit_before;
create index audit_at on audit (at);
create trigger audit_never_updated before update on audit
  begin select raise(abort, 'the audit log is never changed'); end;
create trigger audit_never_deleted before delete on audit
  when not exists (
    select 1 from audit_anchors a
    where a.host = old.host and old.seq between a.first_seq and a.last_seq
      and old.at < strftime('%Y-%m-%dT%H:%M:%fZ', a.pruned_at, '-365 days'))
  begin select raise(abort, 'the audit log is never shortened but by a pruning that leaves an anchor'); end;
create trigger audit_anchors_never_updated before update on audit_anchors
  begin select raise(abort, 'an anchor of the audit log is never changed'); end;
create trigger audit_anchors_never_deleted before delete on audit_anchors
  begin select raise(abort, 'an anchor of the audit log is never removed'); end;`;

type RowBefore = Pick<StoredAudit, 'id' | 'at' | 'actor' | 'action' | 'subject' | 'detail'>;

/**
 * The audit becomes a chain of each machine, and says from where an actor looked and at whom. What is there becomes the
 * first segment, of no machine: the chains of all machines begin at its end. Rows may leave only where an anchor stands
 * for them, a year old at least.
 */
export const auditChains = (db: Database.Database): void => {
  db.exec(tables);
  const insert = db.prepare(
    `insert into audit values (@id, '', @seq, @at, @actor, @action, @subject, @detail, '[]', '[]', null, '', null, '', @hash)`,
  );
  let [seq, hash] = [0, ''];
  for (const before of db.prepare<[], RowBefore>('select * from audit_before order by id').all()) {
    seq += 1;
    const row = {
      ...before,
      host: '',
      seq,
      order_ids: '[]',
      customer_ids: '[]',
      purpose: null,
      face: '',
      client: null,
      os_user: '',
    };
    hash = chainedFrom(hash, row);
    insert.run({ ...before, seq, hash });
  }
  db.exec(triggers);
};
