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

/** The chain of what was kept before the machines were: the chains of all machines begin at its end. */
export const OLDEST_CHAIN = '';

/** SHA-256 in hex over the hash of the row before it and all of this row but where it lies in the table. */
export const chainedFrom = (previous: string, row: Omit<StoredAudit, 'id' | 'hash'>): string => {
  const { host, seq, at, actor, action, subject, detail, purpose, face, client } = row;
  const kept = { host, seq, at, actor, action, subject, detail, purpose, face, client };
  const { order_ids: orderIds, customer_ids: customerIds, os_user: osUser } = row;
  return sha256(`${previous}${canonicalJson({ ...kept, orderIds, customerIds, osUser })}`);
};
