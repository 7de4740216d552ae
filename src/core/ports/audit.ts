/** Where a call came from, as its face says. */
export type Via = {
  /** The face that was used: `console`, `worker`, or the name of another one. */
  readonly face: string;
  /** Address of the machine in front of which the caller sits, when it is another one; null: this one, or not known. */
  readonly client: string | null;
};

/** What is written down when somebody looks at personal data or changes what is not about one order's life. */
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
  /** What for, in the actor's own words; absent: they gave none. */
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
};
