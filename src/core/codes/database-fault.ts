import type { Coded, None } from './coded.ts';

/** Why a file is not our database, or what is wrong in it. */
export type DatabaseFaultValues = {
  /** What SQLite or the operating system says, in its own words. */
  readonly AS_TOLD: { readonly text: string };
  readonly NOT_A_FILE: None;
  /** The server wants a password, and none is known. */
  readonly NO_PASSWORD: None;
  /** No schema of the search path is there and may be used by the role. */
  readonly NO_SCHEMA: None;
  /** The way to the server is in clear, or nobody looks who answers. */
  readonly NOT_VERIFIED: None;
  /** The server speaks in clear only. */
  readonly NO_TLS: None;
  /** The server's certificate is not to be believed; what is wrong with it, in Node's own words. */
  readonly CERTIFICATE: { readonly text: string };
  readonly NOT_SQLITE: None;
  readonly OTHER_PROGRAM: None;
  readonly NO_WRITE_AHEAD_LOG: None;
  /** `first`: the first problem, a code of `oss db verify`, and where it is; null: in the log as a whole. */
  readonly PROBLEMS: {
    readonly problems: number;
    readonly first: string;
    readonly at: { readonly orderId: string; readonly version: number | null } | null;
  };
  /** `document`: which one, and `of` whom; '' where there is but one. */
  readonly NOT_JSON: { readonly document: StoredDocument; readonly of: string };
  readonly NOT_AN_OBJECT: { readonly document: StoredDocument; readonly of: string };
  readonly BATCH_STATE: { readonly batchId: string; readonly state: string };
  readonly BATCH_ROW_STATE: { readonly batchId: string; readonly line: number; readonly state: string };
  readonly NO_SEQUENCE: { readonly name: string };
  readonly NO_SECRET: None;
  /** An entry of the audit log was written and is not there. */
  readonly AUDIT_MUTED: None;
  /** A table, index or trigger, e.g. `trigger audit_never_deleted`, is not as this program made it; and so many more. */
  readonly SCHEMA_OTHER: {
    readonly kind: 'missing' | 'foreign' | 'changed';
    readonly object: string;
    readonly more: number;
  };
};

/** Documents that are stored as JSON. */
export type StoredDocument =
  | 'technician'
  | 'travel'
  | 'binding'
  | 'audit-detail'
  | 'breaker'
  | 'view'
  | 'finding'
  | 'comparison'
  | 'key-marks'
  | 'epochs';

export type DatabaseFault = Coded<DatabaseFaultValues>;
