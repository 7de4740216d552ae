import {
  type Audit,
  type AuditAnchor,
  type AuditEntry,
  type AuditHead,
  type AuditPage,
  type AuditRow,
  anchorText,
  type Pruned,
  type Pruning,
  stretchesOf,
} from '../../../core/ports/audit.ts';
import { type ChainEnd, keptOf, linked, OLDEST_CHAIN, type Origin, type StoredAudit } from './audit-chain.ts';
import { parseDoc, parseIds } from './json-column.ts';
import { builder, query, type Values } from './query.ts';
import type { Session } from './session.ts';

const insertRow = query((db, p: Omit<StoredAudit, 'id'>) =>
  db.insertInto('audit').values({
    host: p.host,
    seq: p.seq,
    at: p.at,
    actor: p.actor,
    action: p.action,
    subject: p.subject,
    detail: p.detail,
    order_ids: p.order_ids,
    customer_ids: p.customer_ids,
    purpose: p.purpose,
    face: p.face,
    client: p.client,
    os_user: p.os_user,
    hash: p.hash,
  }),
);
const lastRow = query((db, p: { host: string }) =>
  db.selectFrom('audit').select(['seq', 'hash']).where('host', '=', p.host).orderBy('seq', 'desc').limit(1),
);
const lastAnchor = query((db, p: { host: string }) =>
  db
    .selectFrom('audit_anchors')
    .select(['last_seq as seq', 'hash'])
    .where('host', '=', p.host)
    .orderBy('first_seq', 'desc')
    .limit(1),
);
const latest = query((db, p: { limit: number }) =>
  db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(p.limit),
);

const hostsOf = query((db, _: Values) =>
  db.selectFrom('audit').select('host').union(db.selectFrom('audit_anchors').select('host')).orderBy('host'),
);
const chainOf = query((db, p: { host: string }) =>
  db.selectFrom('audit').select(['seq', 'at', 'action', 'hash']).where('host', '=', p.host).orderBy('seq'),
);
const insertAnchor = query((db, p: AuditAnchor & { signature: string }) =>
  db.insertInto('audit_anchors').values({
    host: p.host,
    first_seq: p.firstSeq,
    last_seq: p.lastSeq,
    hash: p.hash,
    pruned_at: p.prunedAt,
    signature: p.signature,
  }),
);
const removeStretch = query((db, p: { host: string; firstSeq: number; lastSeq: number }) =>
  db
    .deleteFrom('audit')
    .where('host', '=', p.host)
    .where('seq', '>=', p.firstSeq)
    .where('seq', '<=', p.lastSeq),
);

const pageQuery = ({ from, limit, newestFirst, since, until }: AuditPage) => {
  let page = builder().selectFrom('audit').selectAll();
  if (from !== null) page = page.where('id', newestFirst ? '<' : '>', from);
  if (since !== undefined) page = page.where('at', '>=', since);
  if (until !== undefined) page = page.where('at', '<', until);
  return page.orderBy('id', newestFirst ? 'desc' : 'asc').limit(limit);
};

/** In the transaction that is open: the anchors first, without which no row may go. */
const prune = async (session: Session, pruning: Pruning): Promise<Pruned> => {
  let [rows, anchors] = [0, 0];
  for (const { host } of await session.all(hostsOf, {})) {
    for (const stretch of stretchesOf(await session.all(chainOf, { host }), pruning)) {
      const anchor = { ...stretch, host, prunedAt: pruning.prunedAt };
      await session.run(insertAnchor, { ...anchor, signature: pruning.sign(anchorText(anchor)) });
      rows += await session.run(removeStretch, { ...stretch, host });
      anchors += 1;
    }
  }
  return { rows, anchors };
};

const headsOf = async (session: Session): Promise<readonly AuditHead[]> => {
  const heads: AuditHead[] = [];
  for (const { host } of await session.all(hostsOf, {})) {
    const end = await endOf(session, host);
    if (end !== null) heads.push({ host, ...end });
  }
  return heads;
};

/** null: there is no such chain. */
const endOf = async (session: Session, host: string): Promise<ChainEnd | null> => {
  const row = await session.one(lastRow, { host });
  const anchor = await session.one(lastAnchor, { host });
  return (row?.seq ?? 0) >= (anchor?.seq ?? 0) ? (row ?? null) : (anchor ?? null);
};

const toRow = (session: Session, row: StoredAudit): AuditRow => ({
  id: row.id,
  at: row.at,
  actor: row.actor,
  action: row.action,
  subject: row.subject,
  detail: parseDoc<AuditEntry['detail']>(session, ['audit-detail', String(row.id)], row.detail),
  orderIds: parseIds(session, ['audit-detail', String(row.id)], row.order_ids),
  customerIds: parseIds(session, ['audit-detail', String(row.id)], row.customer_ids),
  purpose: row.purpose,
  face: row.face,
  client: row.client,
  osUser: row.os_user,
  host: row.host,
  seq: row.seq,
  hash: row.hash,
});

export const sqlAudit = (session: Session, origin: () => Origin): Audit => ({
  add: async (entry) => {
    const here = origin();
    const { host } = here;
    await session.alone(`audit/${host}`);
    const end = await endOf(session, host);
    const oldest = end === null ? await endOf(session, OLDEST_CHAIN) : null;
    const row = linked(keptOf(entry, here), end, oldest);
    await session.run(insertRow, row);
    // A trigger that is not ours may swallow a row without an error.
    if ((await endOf(session, host))?.hash !== row.hash) throw session.damaged({ code: 'AUDIT_MUTED' });
  },
  page: async (page) => (await session.list(() => pageQuery(page))).map((row) => toRow(session, row)),
  heads: () => headsOf(session),
  prune: (pruning) => prune(session, pruning),
  list: async (limit) => (await session.all(latest, { limit })).map((row) => toRow(session, row)),
});
