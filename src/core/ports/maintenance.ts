import type { AuditHead, SignedHead } from './audit.ts';
import type { Store } from './store.ts';

/** What a whole database is. Bytes; `lastEventAt` is UTC ISO. */
export type DatabaseInfo = {
  /** How it is named to people; holds no secret. */
  readonly database: string;
  readonly bytes: number;
  /** Of the log that is still to be written into it; 0 where the engine shows none. */
  readonly logBytes: number;
  readonly schema: number;
  /** What keeps it, e.g. `SQLite` and its version. */
  readonly engine: { readonly name: string; readonly version: string };
  readonly orders: number;
  readonly events: number;
  readonly lastEventAt: string | null;
};

/** Why an event cannot be read. */
export type EventProblem = 'unknown-type' | 'unknown-schema' | 'data';

export type AuditProblem = 'audit-gap' | 'audit-hash' | 'audit-anchor' | 'audit-signature' | 'audit-head';

/**
 * gap: versions of the order are not dense here. hash: the event, or the one before it, is not what was written. data,
 * unknown-type, unknown-schema: it cannot be read. head: the log is not the one whose head was given. against: the
 * other database has another event here, or ours is missing. unheard: the feed does not hold the event. page: the engine's own check; the text follows. schema: an object
 * is missing, foreign or not as it was made; its name follows. audit: a row of a machine's chain is missing before this one,
 * is not what was written, or an anchor stands for rows that are there still; machine and number follow.
 */
export type ProblemKind =
  | EventProblem
  | 'gap'
  | 'hash'
  | 'head'
  | 'against'
  | 'unheard'
  | `page: ${string}`
  | `schema-${'missing' | 'foreign' | 'changed'}: ${string}`
  | `${AuditProblem}: ${string}`;

export type Problem = {
  /** null: not about one order. */
  readonly orderId: string | null;
  readonly version: number | null;
  readonly position: number | null;
  readonly problem: ProblemKind;
};

export type VerifyOptions = {
  /** A head that was printed before: what is up to there must be the same still. */
  readonly head?: string;
  /** Ends of the audit's chains that were kept before: they must be there still. */
  readonly audit?: readonly AuditHead[];
  /** An older copy of this database, e.g. a backup: its events must be the beginning of these. */
  readonly against?: string;
};

/**
 * How far the log goes, and one digest of every event up to there: kept elsewhere, it shows later that nothing before
 * it was cut off or rewritten.
 */
export type LogHead = {
  readonly position: number;
  /** Of the last event; '' when there is none. */
  readonly hash: string;
  /** SHA-256 chained over position and hash of all events; '' when there is none. */
  readonly digest: string;
};

export type VerifyResult = {
  readonly events: number;
  readonly orders: number;
  /** The first of them. */
  readonly problems: readonly Problem[];
  /** All of them. */
  readonly problemCount: number;
  readonly head: LogHead;
  /** Where the chains of the audit end. */
  readonly audit: readonly AuditHead[];
};

/** Whether a text was signed by whom the reader trusts. */
export type SignatureCheck = (text: string, signature: string) => boolean;

export type AuditVerdict = { readonly heads: readonly AuditHead[]; readonly problems: readonly string[] };

/** What is asked of, and done with, a whole database while it is open and others work with it. */
export type Maintenance = {
  /** How it is named to people, in errors too; holds no secret. */
  readonly database: string;
  readonly info: () => Promise<DatabaseInfo>;
  /** Checks every event and every row of the audit. Reads only. */
  readonly verify: (options?: VerifyOptions) => Promise<VerifyResult>;
  /** Where log and audit end, without checking them: an audit that goes on meanwhile may be ahead of the log. */
  readonly head: () => Promise<Pick<SignedHead, 'position' | 'digest' | 'audit'>>;
  /** The chains of the audit alone; `isSigned` judges the signatures of its anchors. */
  readonly verifyAudit: (isSigned?: SignatureCheck) => Promise<AuditVerdict>;
  /** Copies one state to a new private file, the portable one; a file that exists is refused (DATABASE_EXISTS). */
  readonly backup: (file: string) => Promise<void>;
};

/** A store, with what is asked about the whole of it. */
export type MaintainedStore = Store & Maintenance;

/** What a restore came to. */
export type Restored = {
  readonly events: number;
  readonly orders: number;
  /** Orders that got HistoryMayBeLost. */
  readonly openOrders: number;
  /** Customers who were erased since the backup, and are erased again; null: the replaced database could not be read. */
  readonly erasedAgain: number | null;
  /** Rows of the audit since the backup, which are kept; null as above. */
  readonly auditKept: number | null;
  /** Where the old file was put, when it was too damaged to be replaced in place. */
  readonly setAside: string | null;
};

/** A database that was moved to a server, as people name both. */
export type Copied = {
  readonly from: string;
  readonly to: string;
  readonly orders: number;
  readonly events: number;
};

/** Putting a backup in the place of a database that nobody has open. */
export type Restoring = {
  /** Proves that the file is whole and can be restored. Throws Refusal NOT_A_BACKUP, DATABASE_NEWER. */
  readonly checkBackup: (file: string) => Promise<Pick<Restored, 'events' | 'orders'>>;
  /** Does it, or leaves all as it was. Throws the same, and DATABASE_BUSY while any process has the database open. */
  readonly restore: (file: string) => Promise<Restored>;
};
