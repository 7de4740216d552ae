/**
 * What a whole database is made of, whatever keeps it: the columns of each table by which rows go from one to another. Events go
 * first, by their place in the feed, which is their position in the portable file; sequences go apart.
 */
export const PORTABLE = {
  events: [
    'position',
    'order_id',
    'version',
    'event_id',
    'type',
    'schema',
    'data',
    'at',
    'actor',
    'causation_id',
    'hash',
  ],
  customers: ['customer_id', 'name', 'name_search', 'phone', 'phone_digits', 'erased_at'],
  addresses: ['order_id', 'customer_id', 'address'],
  texts: ['text_id', 'order_id', 'text'],
  technicians: ['technician_id', 'active', 'doc'],
  travel: ['kind', 'version', 'imported_at', 'doc'],
  access_tokens: [
    'token_id',
    'digest',
    'actor',
    'client',
    'sees_clear',
    'created_at',
    'created_by',
    'expires_at',
    'revoked_at',
    'last_used_at',
  ],
  requests: ['scope', 'key', 'order_id', 'fingerprint', 'at'],
  batches: [
    'batch_id',
    'file',
    'file_hash',
    'op',
    'state',
    'rows',
    'started_at',
    'finished_at',
    'actor',
    'owner',
    'lease_until',
  ],
  batch_rows: ['batch_id', 'line', 'op', 'key', 'state', 'order_id', 'error_code', 'error_message'],
  audit_anchors: ['host', 'first_seq', 'last_seq', 'hash', 'pruned_at', 'signature'],
  audit: [
    'id',
    'host',
    'seq',
    'at',
    'actor',
    'action',
    'subject',
    'detail',
    'order_ids',
    'customer_ids',
    'purpose',
    'face',
    'client',
    'os_user',
    'hash',
  ],
  breakers: ['name', 'gen', 'doc'],
  key_proofs: ['peer', 'spec', 'proven_at', 'asked_at'],
  comparison: ['id', 'began_at', 'owner', 'ended_at', 'doc'],
  findings: ['kind', 'key', 'ne_id', 'since', 'doc'],
  after_looks: ['id', 'position'],
  meta: ['name', 'value'],
  order_view: [
    'order_key',
    'order_id',
    'doc',
    'stage',
    'stage_since',
    'open',
    'area',
    'technician_id',
    'customer_id',
    'visit_start',
    'next_call',
    'priority_rank',
    'placed_at',
    'updated_at',
    'search',
    'in_doubt',
  ],
  visits: ['order_id', 'technician_id', 'slot_start', 'slot_end', 'kind', 'area'],
  work: [
    'order_key',
    'undo',
    'priority',
    'rank',
    'local_due',
    'local_tries',
    'local_retry_at',
    'local_error',
    'ne_due',
    'ne_tries',
    'ne_retry_at',
    'ne_error',
    'tm_due',
    'tm_tries',
    'tm_retry_at',
    'tm_error',
    'tries',
    'waits',
    'planned_at',
    'owner',
    'lease_until',
    'fence',
  ],
  workers: ['owner', 'started_at', 'beat_at', 'concurrency', 'in_flight', 'steps_done', 'note'],
} as const;

export type PortableTable = keyof typeof PORTABLE;

export const PORTABLE_TABLES = Object.keys(PORTABLE) as readonly PortableTable[];

/** The values of a row in the order of the columns of its table. */
export type PortableRow = readonly unknown[];

/** A name of ours as SQL takes it, whatever words it knows. */
export const quotedName = (name: string): string => `"${name}"`;

export const columnsOf = (table: PortableTable): string => PORTABLE[table].map(quotedName).join(', ');

/** The last number that was given away. */
export type Sequences = Readonly<Record<'order' | 'customer', number>>;
