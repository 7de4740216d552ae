import type { AuditEntry } from '../../../core/ports/audit.ts';
import { canonicalJson } from '../../../core/values/canonical-json.ts';
import { sha256 } from './event-row.ts';

/** A row of the table `audit`, as it is stored. */
export type StoredAudit = {
  readonly id: number;
  readonly host: string;
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: string;
  readonly order_ids: string;
  readonly customer_ids: string;
  readonly purpose: string | null;
  readonly face: string;
  readonly client: string | null;
  readonly os_user: string;
  readonly hash: string;
};

/** Where a process runs: the machine, and the account of the operating system. */
export type Origin = { readonly host: string; readonly osUser: string };

/** The chain of what was kept before the machines were: the chains of all machines begin at its end. */
export const OLDEST_CHAIN = '';

/** SHA-256 in hex over the hash of the row before it and all of this row but where it lies in the table. */
export const chainedFrom = (previous: string, row: Omit<StoredAudit, 'id' | 'hash'>): string => {
  const { host, seq, at, actor, action, subject, detail, purpose, face, client } = row;
  const kept = { host, seq, at, actor, action, subject, detail, purpose, face, client };
  const { order_ids: orderIds, customer_ids: customerIds, os_user: osUser } = row;
  return sha256(`${previous}${canonicalJson({ ...kept, orderIds, customerIds, osUser })}`);
};

/** What a row keeps of an entry, whatever came before it. */
export const keptOf = (
  entry: AuditEntry,
  { host, osUser }: Origin,
): Omit<StoredAudit, 'id' | 'seq' | 'hash'> => ({
  host,
  at: entry.at,
  actor: entry.actor,
  action: entry.action,
  subject: entry.subject,
  detail: JSON.stringify(entry.detail),
  order_ids: JSON.stringify(entry.orderIds ?? []),
  customer_ids: JSON.stringify(entry.customerIds ?? []),
  purpose: entry.purpose ?? null,
  face: entry.via?.face ?? 'console',
  client: entry.via?.client ?? null,
  os_user: osUser,
});

/** The last row of a chain, whether it is there still or an anchor stands for it. */
export type ChainEnd = Pick<StoredAudit, 'seq' | 'hash'>;

/** The next row of a chain. `end`: where it ends; null: it begins, at the end of the oldest chain, where there is one. */
export const linked = (
  kept: Omit<StoredAudit, 'id' | 'seq' | 'hash'>,
  end: ChainEnd | null,
  oldest: ChainEnd | null,
): Omit<StoredAudit, 'id'> => {
  const row = { ...kept, seq: (end?.seq ?? 0) + 1 };
  return { ...row, hash: chainedFrom((end ?? oldest)?.hash ?? '', row) };
};
