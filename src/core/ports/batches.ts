export type BatchState = 'running' | 'interrupted' | 'done' | 'failed';
export type BatchRowState = 'pending' | 'done' | 'already' | 'failed' | 'skipped';

/** One run of a file. */
export type Batch = {
  readonly batchId: string;
  readonly file: string;
  /** SHA-256 of the file's bytes: a resume refuses another content. */
  readonly fileHash: string;
  readonly op: string | null;
  readonly state: BatchState;
  readonly rows: number;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly actor: string;
  /** The process that runs it, and until when it may be believed alive (epoch ms). */
  readonly owner: string | null;
  readonly leaseUntil: number;
};

/** What became of one row. */
export type BatchRow = {
  readonly batchId: string;
  /** Line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly op: string;
  readonly key: string | null;
  readonly state: BatchRowState;
  readonly orderId: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
};

export type BatchCounts = Readonly<Record<BatchRowState, number>>;

/** The journal of batch runs. A row's final state is written in the transaction of its events. */
export type BatchTable = {
  readonly create: (batch: Batch) => Promise<void>;
  readonly get: (batchId: string) => Promise<Batch | null>;
  readonly update: (batch: Batch) => Promise<void>;
  /** The latest first. */
  readonly list: (limit: number) => Promise<readonly Batch[]>;
  /** Runs of a file with this content, the latest first. */
  readonly ofFile: (fileHash: string) => Promise<readonly Batch[]>;
  /** Takes (or renews) the run of a batch; false: another live process holds it. */
  readonly hold: (batchId: string, owner: string, now: number, leaseUntil: number) => Promise<boolean>;
  /** Inserts or replaces the row of that line. */
  readonly putRow: (row: BatchRow) => Promise<void>;
  readonly row: (batchId: string, line: number) => Promise<BatchRow | null>;
  readonly rows: (
    batchId: string,
    query: { readonly states?: readonly BatchRowState[]; readonly afterLine: number; readonly limit: number },
  ) => Promise<readonly BatchRow[]>;
  readonly counts: (batchId: string) => Promise<BatchCounts>;
};
