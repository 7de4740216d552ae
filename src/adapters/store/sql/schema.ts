import type { Generated } from 'kysely';

/**
 * The tables as kysely sees them; migrations/ makes them. Times of events are UTC ISO texts, times of leases and due
 * dates are epoch ms, yes and no are 1 and 0.
 *
 * `order_key` is the order id made sortable as people count (see id-key.ts).
 */
export type Schema = {
  events: EventTable;
  order_view: OrderViewTable;
  visits: VisitTable;
  work: WorkTable;
  workers: WorkerTable;
  customers: CustomerTable;
  addresses: AddressTable;
  texts: TextTable;
  technicians: TechnicianTable;
  travel: TravelRow;
  breakers: BreakersTable;
  key_proofs: KeyProofTable;
  requests: RequestTable;
  batches: BatchesTable;
  batch_rows: BatchRowTable;
  audit: AuditTable;
  audit_anchors: AuditAnchorTable;
  meta: MetaTable;
  sequences: SequenceTable;
  comparison: ComparisonRow;
  findings: FindingRow;
  after_looks: AfterLookRow;
  access_tokens: AccessTokenRow;
};

type EventTable = {
  position: Generated<number>;
  order_id: string;
  version: number;
  event_id: string;
  type: string;
  schema: number;
  /** Canonical JSON, so that the hash can be checked against the very bytes. */
  data: string;
  at: string;
  actor: string;
  causation_id: string | null;
  hash: string;
};

type OrderViewTable = {
  order_key: string;
  order_id: string;
  /** The whole view as JSON; the other columns are copies to find it by. */
  doc: string;
  stage: string;
  stage_since: string;
  open: number;
  area: string | null;
  technician_id: string | null;
  customer_id: string;
  /** '~', which is after every time, when there is no visit. */
  visit_start: string;
  /** '~' when no call is due. */
  next_call: string;
  /** 0 urgent to 3 low. */
  priority_rank: string;
  placed_at: string;
  updated_at: string;
  /** Order id and key in lower case. */
  search: string;
  /** Services whose proof is unknown. */
  in_doubt: number;
};

type VisitTable = {
  order_id: string;
  technician_id: string;
  slot_start: string;
  slot_end: string;
  kind: string;
  area: string | null;
};

type WorkTable = {
  order_key: string;
  undo: number;
  priority: number;
  /** Undo and priority in one number: the larger goes first. */
  rank: number;
  local_due: number | null;
  local_tries: number;
  local_retry_at: number;
  local_error: string | null;
  ne_due: number | null;
  ne_tries: number;
  ne_retry_at: number;
  ne_error: string | null;
  tm_due: number | null;
  tm_tries: number;
  tm_retry_at: number;
  tm_error: string | null;
  /** The most of the three lanes. */
  tries: number;
  /** JSON; null: no step waits alone. */
  waits: string | null;
  planned_at: number;
  owner: string | null;
  lease_until: number;
  fence: number;
};

type WorkerTable = {
  owner: string;
  started_at: number;
  beat_at: number;
  concurrency: number;
  in_flight: number;
  steps_done: number;
  note: string;
};

type CustomerTable = {
  customer_id: string;
  name: string;
  name_search: string;
  phone: string;
  phone_digits: string;
  erased_at: string | null;
};

/** `address` is null once the customer is erased. */
type AddressTable = { order_id: string; customer_id: string; address: string | null };
type TextTable = { text_id: string; order_id: string; text: string };
type TechnicianTable = { technician_id: string; active: number; doc: string };
/** `doc`: JSON, the rows of the file. */
type TravelRow = { kind: string; version: string; imported_at: string; doc: string };
type BreakersTable = { name: string; gen: number; doc: string };
type KeyProofTable = { peer: string; spec: string; proven_at: string | null; asked_at: string | null };
type RequestTable = { scope: string; key: string; order_id: string; fingerprint: string; at: string };

type BatchesTable = {
  batch_id: string;
  file: string;
  file_hash: string;
  op: string | null;
  state: string;
  rows: number;
  started_at: string;
  finished_at: string | null;
  actor: string;
  owner: string | null;
  lease_until: number;
};

type BatchRowTable = {
  batch_id: string;
  line: number;
  op: string;
  key: string | null;
  state: string;
  order_id: string | null;
  error_code: string | null;
  error_message: string | null;
};

type AuditTable = {
  id: Generated<number>;
  host: string;
  seq: number;
  at: string;
  actor: string;
  action: string;
  subject: string;
  /** JSON, as are the two lists of ids. */
  detail: string;
  order_ids: string;
  customer_ids: string;
  purpose: string | null;
  face: string;
  client: string | null;
  os_user: string;
  hash: string;
};

/** Stands for the rows `first_seq` to `last_seq` of a chain, which were taken away. `hash`: of the last of them. */
type AuditAnchorTable = {
  host: string;
  first_seq: number;
  last_seq: number;
  hash: string;
  pruned_at: string;
  signature: string;
};

type MetaTable = { name: string; value: string };
type SequenceTable = { name: string; value: number };

/** One row. */
type ComparisonRow = { id: number; began_at: number; owner: string; ended_at: number | null; doc: string };
/** `ne_id` is '' when there is none. */
type FindingRow = { kind: string; key: string; ne_id: string; since: number; doc: string };
/** One row: the position in the log up to which closed orders were looked at once more. */
type AfterLookRow = { id: number; position: number };

/** Times are UTC ISO. */
export type AccessTokenRow = {
  token_id: string;
  digest: string;
  actor: string;
  client: string;
  sees_clear: number;
  created_at: string;
  created_by: string;
  expires_at: string;
  revoked_at: string | null;
  last_used_at: string | null;
};
