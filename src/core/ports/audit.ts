import { canonicalJson } from '../values/canonical-json.ts';

/** Where a call came from, as its face says. */
export type Via = {
  /** The face that was used: `console`, `worker`, or the name of another one. */
  readonly face: string;
  /** Address of the machine in front of which the caller sits, when it is another one; null: this one, or not known. */
  readonly client: string | null;
  /** What the call is for, in the caller's own words; absent: they gave none. */
  readonly purpose?: string;
};

/** The record that an actor looked at personal data, or changed what is not about one order's life. */
export type AuditEntry = {
  /** UTC ISO 8601. */
  readonly at: string;
  /** `role:name`. */
  readonly actor: string;
  /** e.g. `pii.read`, `customer.erase`, `breaker.force`, `db.bind`, `denied`. */
  readonly action: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
  /** Every order that was shown or meant, also of a list; absent: none. */
  readonly orderIds?: readonly string[];
  /** The same of customers. */
  readonly customerIds?: readonly string[];
  /** What for, in the actor's own words, without phone numbers; absent: they gave none. */
  readonly purpose?: string;
  /** Absent: the console of the machine that the store is opened on. */
  readonly via?: Via;
};

/** An entry as it is kept. */
export type AuditRow = {
  /** In the order in which the entries came; with gaps where old ones were taken away. */
  readonly id: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: AuditEntry['detail'];
  readonly orderIds: readonly string[];
  readonly customerIds: readonly string[];
  readonly purpose: string | null;
  readonly face: string;
  readonly client: string | null;
  /** The account of the operating system; '' in rows of the time before it was kept. */
  readonly osUser: string;
  /** The machine, each with a chain of its own; '' in rows of the time before it was kept. */
  readonly host: string;
  /** Number within the chain, from 1. */
  readonly seq: number;
  /** SHA-256 over the hash of the row before it in the chain and this row. */
  readonly hash: string;
};

/** The record of who looked and who changed. Append-only. */
export type Audit = {
  /**
   * The one way in. Appends to the chain of this machine; throws DATABASE_DAMAGED when the entry is not there afterwards,
   * so that no actor goes on unrecorded.
   */
  readonly add: (entry: AuditEntry) => Promise<void>;
  /** The latest first. */
  readonly list: (limit: number) => Promise<readonly AuditRow[]>;
  readonly page: (page: AuditPage) => Promise<readonly AuditRow[]>;
  /** Where each machine's chain ends, by its name. */
  readonly heads: () => Promise<readonly AuditHead[]>;
  /** Takes away what is older, and leaves an anchor for each stretch of a chain that went. */
  readonly prune: (pruning: Pruning) => Promise<Pruned>;
};

export type AuditPage = {
  /** Exclusive of this id; null: from the beginning. */
  readonly from: number | null;
  readonly limit: number;
  readonly newestFirst: boolean;
  /** Within [since, until), UTC ISO. */
  readonly since?: string;
  readonly until?: string;
};

/** The end of one machine's chain. */
export type AuditHead = { readonly host: string; readonly seq: number; readonly hash: string };

export type Pruning = {
  /** What is older goes; UTC ISO. */
  readonly before: string;
  /** The same of changes of rights, which are kept longer. */
  readonly rightsBefore: string;
  /** Now, UTC ISO: nothing that is younger than a year before it goes. */
  readonly prunedAt: string;
  /** Signs the text of an anchor, `anchorText`. */
  readonly sign: (text: string) => string;
};

export type Pruned = { readonly rows: number; readonly anchors: number };

/** What stands for the rows `firstSeq` to `lastSeq` of a chain. `hash`: of the last of them. */
export type AuditAnchor = {
  readonly host: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly hash: string;
  readonly prunedAt: string;
};

/** What is signed of an anchor. */
export const anchorText = ({ host, firstSeq, lastSeq, hash, prunedAt }: AuditAnchor): string =>
  canonicalJson({ anchor: { host, firstSeq, lastSeq, hash, prunedAt } });

/** Whether an action changes who may do what. */
export const isAboutRights = (action: string): boolean => action.startsWith('access.');

type Prunable = Pick<AuditRow, 'at' | 'action' | 'seq' | 'hash'>;

/** The stretches of one chain that may go: of rows in the order of their numbers. */
export const stretchesOf = (
  rows: Iterable<Prunable>,
  { before, rightsBefore }: Pick<Pruning, 'before' | 'rightsBefore'>,
): readonly Pick<AuditAnchor, 'firstSeq' | 'lastSeq' | 'hash'>[] => {
  const found: { firstSeq: number; lastSeq: number; hash: string }[] = [];
  for (const { at, action, seq, hash } of rows) {
    if (at >= (isAboutRights(action) ? rightsBefore : before)) continue;
    const last = found.at(-1);
    if (last !== undefined && last.lastSeq === seq - 1) Object.assign(last, { lastSeq: seq, hash });
    else found.push({ firstSeq: seq, lastSeq: seq, hash });
  }
  return found;
};

/** How far log and audit go, `oss.head/1`. Kept elsewhere, it shows that nothing before it was cut off. */
export type SignedHead = {
  /** UTC ISO. */
  readonly at: string;
  readonly position: number;
  /** Of every event up to there; '' when there is none. */
  readonly digest: string;
  readonly audit: readonly AuditHead[];
  /** null: nobody signed it. */
  readonly signature: string | null;
};

/** What is signed of a head. */
export const signedHeadText = ({ at, position, digest, audit }: Omit<SignedHead, 'signature'>): string =>
  canonicalJson({ head: { at, position, digest, audit } });
