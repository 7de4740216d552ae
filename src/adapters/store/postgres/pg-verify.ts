import type { ClientBase } from 'pg';
import type { AuditHead } from '../../../core/ports/audit.ts';
import type {
  LogHead,
  SignatureCheck,
  VerifyOptions,
  VerifyResult,
} from '../../../core/ports/maintenance.ts';
import { OLDEST_CHAIN, type StoredAudit } from '../sql/audit-chain.ts';
import { EVENT_COLUMNS, type EventTuple, rowOfTuple } from '../sql/event-row.ts';
import { nextDigest } from '../sql/head.ts';
import { type ChainFound, type StoredAnchor, walkChain } from '../sql/verify-chain.ts';
import { type Findings, findings, type LogCopy, type StoredLog, verifyLog } from '../sql/verify-log.ts';
import { checkSchema } from './pg-schema-check.ts';

/** Rows of one read. */
const CHUNK = 2_000;

/** An event's place in the feed stands for its position: it is dense, and what is behind it never fills up later. */
const PAGE = `select f.n, ${EVENT_COLUMNS.slice(1)
  .map((column) => `e.${column}`)
  .join()}
  from feed f join events e on e.position = f.position where f.n > $1 order by f.n limit $2`;
const POINTS = `select f.n, e.hash from feed f join events e on e.position = f.position
  where f.n > $1 order by f.n limit $2`;
const LAST = 'select coalesce(max(n), 0) as last from feed';
const HOSTS = 'select host from audit union select host from audit_anchors order by host';
const AUDIT = 'select * from audit where host = $1 and seq > $2 order by seq limit $3';
const ANCHORS = 'select * from audit_anchors where host = $1 order by first_seq';

const lastOf = async (client: ClientBase): Promise<number> =>
  (await client.query<{ last: number }>(LAST)).rows[0]?.last ?? 0;

/** The log as it is in the transaction that is open on the connection. */
export const storedLog = async (client: ClientBase): Promise<StoredLog> => ({
  last: await lastOf(client),
  page: async (after, limit) => {
    const text = { text: PAGE, values: [after, limit], rowMode: 'array' } as const;
    const { rows } = await client.query<unknown[]>(text);
    // The columns are those of the query above.
    return rows.map((row) => rowOfTuple(row as unknown as EventTuple));
  },
});

/** Position and digest of the log's end, from the hashes as they are kept. */
export const logHead = async (client: ClientBase): Promise<Pick<LogHead, 'position' | 'digest'>> => {
  let head = { position: 0, digest: '' };
  for (;;) {
    const { rows } = await client.query<{ n: number; hash: string }>(POINTS, [head.position, CHUNK]);
    for (const { n, hash } of rows) head = { position: n, digest: nextDigest(head.digest, n, hash) };
    if (rows.length < CHUNK) return head;
  }
};

const walk = async (
  client: ClientBase,
  chain: Pick<Parameters<typeof walkChain>[0], 'host' | 'start' | 'found' | 'isSigned'>,
): Promise<AuditHead> => {
  const anchors = (await client.query<StoredAnchor>(ANCHORS, [chain.host])).rows;
  const walked = walkChain({ ...chain, anchors });
  let after = 0;
  for (;;) {
    const { rows } = await client.query<StoredAudit>(AUDIT, [chain.host, after, CHUNK]);
    for (const row of rows) walked.row(row);
    after = rows.at(-1)?.seq ?? after;
    if (rows.length < CHUNK) return walked.end();
  }
};

/** Checks the chains of the audit, as they are in the transaction. Returns where each of them ends. */
export const verifyChains = async (
  client: ClientBase,
  found: ChainFound,
  isSigned?: SignatureCheck,
): Promise<readonly AuditHead[]> => {
  const { rows } = await client.query<{ host: string }>(HOSTS);
  let start = '';
  const heads: AuditHead[] = [];
  // The chain without a machine is the first by name: the others begin at its end.
  for (const { host } of rows) {
    const head = await walk(client, { host, start, found, isSigned });
    if (host === OLDEST_CHAIN) start = head.hash;
    heads.push(head);
  }
  return heads;
};

const KEPT_HEAD = `select 1 where $3 in (
  select hash from audit where host = $1 and seq = $2
  union all select hash from audit_anchors where host = $1 and last_seq = $2
  union all select $3 from audit_anchors where host = $1 and first_seq <= $2 and last_seq > $2)`;

/** What was taken away by a pruning is vouched for by its anchor. */
const checkAuditHeads = async (
  client: ClientBase,
  heads: readonly AuditHead[],
  found: Findings,
): Promise<void> => {
  for (const { host, seq, hash } of heads) {
    const { rowCount } = await client.query(KEPT_HEAD, [host, seq, hash]);
    if (rowCount === 0) found.add(`audit-head: ${host} #${seq}`);
  }
};

/** Events that no reader of the feed would ever hear of. */
const UNHEARD = `select e.order_id, e.version, e.position from events e
  where not exists (select 1 from feed f where f.position = e.position)
    and not exists (select 1 from feed_queue q where q.position = e.position)
  order by e.position limit 1000`;

/** Checks the database as it is in the transaction; all that is committed has been numbered. Refusal BAD_VALUE. */
export const verifyAll = async (
  client: ClientBase,
  { head, audit: kept }: VerifyOptions,
  copy: LogCopy | null,
): Promise<VerifyResult> => {
  const found = findings();
  const read = await verifyLog(await storedLog(client), found, { head, copy });
  const { rows } = await client.query<{ order_id: string; version: number; position: number }>(UNHEARD);
  for (const row of rows) found.add('unheard', row);
  await checkSchema(client, found);
  const audit = await verifyChains(client, (problem) => found.add(problem));
  if (kept !== undefined) await checkAuditHeads(client, kept, found);
  return { ...read, problems: found.all, problemCount: found.count(), audit };
};
