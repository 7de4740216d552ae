import type Database from 'better-sqlite3';
import { type ChainEnd, linked, OLDEST_CHAIN, type StoredAudit } from '../sql/audit-chain.ts';
import { AUDIT_COLUMNS, INSERT_AUDIT } from './audit-insert.ts';
import { storedMarks } from './stored-marks.ts';

/** A customer who was erased, and when (UTC ISO). */
export type ErasedCustomer = { readonly customerId: string; readonly at: string };

/** Runs `work` on a copy with the database it replaces, or was made of, beside it as `before`. */
export const beside = <T>(db: Database.Database, path: string, work: () => T): T => {
  db.prepare('attach database ? as before').run(path);
  try {
    return work();
  } finally {
    db.exec('detach database before');
  }
};

/** The same order of both, whose first event is the same: a mere number may stand for another customer in another database. */
const ERASED_THERE = `
  select distinct there.customer_id as customerId, there.erased_at as at
  from before.customers there
  join main.customers here on here.customer_id = there.customer_id and here.erased_at is null
  join before.addresses on before.addresses.customer_id = there.customer_id
  join before.events first on first.order_id = before.addresses.order_id and first.version = 1
  join main.events same on same.order_id = first.order_id and same.version = 1 and same.hash = first.hash
  where there.erased_at is not null
  order by there.customer_id`;

/** Customers of the copy who were erased in `before` since it was made. */
export const erasedSince = (db: Database.Database): readonly ErasedCustomer[] =>
  db.prepare<[], ErasedCustomer>(ERASED_THERE).all();

/** Chains that went on in two ways: in `before`, and in a copy that was worked on. */
const FORKED = `
  select distinct there.host from before.audit there join main.audit here using (host, seq)
  where here.hash <> there.hash`;

const CHAINS_GO_ON = `
  insert or ignore into main.audit_anchors select * from before.audit_anchors;
  delete from main.audit where exists (
    select 1 from main.audit_anchors a where a.host = audit.host and audit.seq between a.first_seq and a.last_seq);`;

const REST = `
  insert into main.audit (${AUDIT_COLUMNS})
  select ${AUDIT_COLUMNS} from before.audit there
  where there.host not in (${FORKED})
    and not exists (select 1 from main.audit here where here.host = there.host and here.seq = there.seq)
    and not exists (
      select 1 from main.audit_anchors a where a.host = there.host and there.seq between a.first_seq and a.last_seq)
  order by there.id`;

const OTHER_WAY = `
  select there.* from before.audit there left join main.audit here using (host, seq)
  where there.host in (${FORKED}) and here.hash is not there.hash
  order by there.id`;

/** Rows of forked chains become chains of their own, which bear the mark of the database they come from. */
const keepOtherWay = (db: Database.Database): number => {
  const rows = db.prepare<[], StoredAudit>(OTHER_WAY).all();
  const insert = db.prepare(INSERT_AUDIT);
  const oldest =
    db
      .prepare<[string], ChainEnd>(
        'select seq, hash from main.audit where host = ? order by seq desc limit 1',
      )
      .get(OLDEST_CHAIN) ?? null;
  const mark = storedMarks(db, 'before')?.current ?? 'before';
  const ends = new Map<string, ChainEnd>();
  for (const { id: _, seq: __, hash: ___, ...there } of rows) {
    const host = `${there.host}#${mark}`;
    const row = linked({ ...there, host }, ends.get(host) ?? null, oldest);
    insert.run(row);
    ends.set(host, row);
  }
  return rows.length;
};

/** Keeps what `before` knows of who looked and who changed since the copy was made. Returns how many rows. */
export const keepAudit = (db: Database.Database): number => {
  const all = db.transaction(() => {
    // This must look before the rest is there: a chain that goes on is none that forked.
    const forked = keepOtherWay(db);
    db.exec(CHAINS_GO_ON);
    return forked + db.prepare(REST).run().changes;
  });
  return all.immediate();
};

/**
 * The tokens are those of `before`: one that was revoked since the copy was made stays revoked, and one that the copy alone
 * knows is nobody's. A database that was never brought to this schema has none to give.
 */
export const keepAccessTokens = (db: Database.Database): void => {
  const has = db.prepare("select 1 from before.sqlite_schema where name = 'access_tokens'").get();
  if (has === undefined) return;
  db.exec(`begin immediate;
    delete from main.access_tokens;
    insert into main.access_tokens select * from before.access_tokens;
    commit;`);
};
