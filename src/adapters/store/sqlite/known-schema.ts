/**
 * All tables, indexes and triggers as the migrations leave them, by kind and name. A constant, so that opening need not make
 * a second database to compare with, nor load what hashes; a test holds it to what the migrations make.
 */
export const KNOWN_SCHEMA_TEXT = `-- index addresses_customer
CREATE INDEX addresses_customer on addresses (customer_id)

-- index audit_at
CREATE INDEX audit_at on audit (at)

-- index customers_phone
CREATE INDEX customers_phone on customers (phone_digits)

-- index events_streams
CREATE INDEX events_streams on events (length(order_id), order_id) where version = 1

-- index texts_order
CREATE INDEX texts_order on texts (order_id)

-- index view_area
CREATE INDEX view_area on order_view (area, order_key) where area is not null

-- index view_customer
CREATE INDEX view_customer on order_view (customer_id, order_key)

-- index view_in_doubt
CREATE INDEX view_in_doubt on order_view (order_key) where in_doubt > 0

-- index view_open
CREATE INDEX view_open on order_view (order_key) where open = 1

-- index view_search
CREATE INDEX view_search on order_view (order_key, search, customer_id)

-- index view_stage
CREATE INDEX view_stage on order_view (stage, order_key, stage_since)

-- index view_technician
CREATE INDEX view_technician on order_view (technician_id, order_key) where technician_id is not null

-- index view_visit
CREATE INDEX view_visit on order_view (visit_start, order_key) where visit_start < '~'

-- index visits_end
CREATE INDEX visits_end on visits (slot_end)

-- index visits_order
CREATE INDEX visits_order on visits (order_id)

-- index visits_technician
CREATE INDEX visits_technician on visits (technician_id, slot_end)

-- index work_local
CREATE INDEX work_local on work (rank, local_due, order_key) where local_due is not null

-- index work_ne
CREATE INDEX work_ne on work (rank, ne_due, order_key) where ne_due is not null

-- index work_owner
CREATE INDEX work_owner on work (owner) where owner is not null

-- index work_tm
CREATE INDEX work_tm on work (rank, tm_due, order_key) where tm_due is not null

-- index work_tries
CREATE INDEX work_tries on work (tries desc, order_key) where tries > 0

-- table access_tokens
CREATE TABLE access_tokens (
  token_id text primary key,
  digest text not null,
  actor text not null,
  client text not null,
  sees_clear integer not null,
  created_at text not null,
  created_by text not null,
  expires_at text not null,
  revoked_at text,
  last_used_at text
) strict

-- table addresses
CREATE TABLE addresses (
  order_id text primary key,
  customer_id text not null,
  address text
) strict, without rowid

-- table after_looks
CREATE TABLE after_looks (
  id integer primary key check (id = 1),
  position integer not null
) strict

-- table audit
CREATE TABLE audit (
  id integer primary key,
  host text not null,
  seq integer not null check (seq > 0),
  at text not null,
  actor text not null,
  action text not null,
  subject text not null,
  detail text not null,
  order_ids text not null,
  customer_ids text not null,
  purpose text,
  face text not null,
  client text,
  os_user text not null,
  hash text not null,
  unique (host, seq)
) strict

-- table audit_anchors
CREATE TABLE audit_anchors (
  host text not null,
  first_seq integer not null,
  last_seq integer not null check (last_seq >= first_seq),
  hash text not null,
  pruned_at text not null,
  signature text not null,
  primary key (host, first_seq)
) strict, without rowid

-- table batch_rows
CREATE TABLE batch_rows (
  batch_id text not null,
  line integer not null,
  op text not null,
  key text,
  state text not null,
  order_id text,
  error_code text,
  error_message text,
  primary key (batch_id, line)
) strict, without rowid

-- table batches
CREATE TABLE batches (
  batch_id text primary key,
  file text not null,
  file_hash text not null,
  op text,
  state text not null,
  rows integer not null,
  started_at text not null,
  finished_at text,
  actor text not null,
  owner text,
  lease_until integer not null
) strict

-- table breakers
CREATE TABLE breakers (name text primary key, gen integer not null, doc text not null) strict

-- table comparison
CREATE TABLE comparison (
  id integer primary key check (id = 1),
  began_at integer not null,
  owner text not null,
  ended_at integer,
  doc text not null
) strict

-- table customers
CREATE TABLE customers (
  customer_id text primary key,
  name text not null,
  name_search text not null,
  phone text not null,
  phone_digits text not null,
  erased_at text
) strict, without rowid

-- table events
CREATE TABLE events (
  position integer primary key,
  order_id text not null,
  version integer not null check (version > 0),
  event_id text not null unique,
  type text not null,
  schema integer not null,
  data text not null,
  at text not null,
  actor text not null,
  causation_id text,
  hash text not null,
  unique (order_id, version)
) strict

-- table findings
CREATE TABLE findings (
  kind text not null,
  key text not null,
  ne_id text not null,
  since integer not null,
  doc text not null,
  primary key (kind, key, ne_id)
) strict, without rowid

-- table key_proofs
CREATE TABLE key_proofs (
  peer text not null,
  spec text not null,
  proven_at text,
  asked_at text,
  primary key (peer, spec)
) strict, without rowid

-- table meta
CREATE TABLE meta (name text primary key, value text not null) strict, without rowid

-- table order_view
CREATE TABLE order_view (
  order_key text primary key,
  order_id text not null,
  doc text not null,
  stage text not null,
  stage_since text not null,
  open integer not null,
  area text,
  technician_id text,
  customer_id text not null,
  visit_start text not null,
  next_call text not null,
  priority_rank text not null,
  placed_at text not null,
  updated_at text not null,
  search text not null
, in_doubt integer not null default 0) strict

-- table requests
CREATE TABLE requests (
  scope text not null,
  key text not null,
  order_id text not null,
  fingerprint text not null,
  at text not null,
  primary key (scope, key)
) strict, without rowid

-- table sequences
CREATE TABLE sequences (name text primary key, value integer not null) strict, without rowid

-- table technicians
CREATE TABLE technicians (technician_id text primary key, active integer not null, doc text not null) strict

-- table texts
CREATE TABLE texts (
  text_id text primary key,
  order_id text not null,
  text text not null
) strict, without rowid

-- table travel
CREATE TABLE travel (
  kind text primary key,
  version text not null,
  imported_at text not null,
  doc text not null
) strict, without rowid

-- table visits
CREATE TABLE visits (
  order_id text not null,
  technician_id text not null,
  slot_start text not null,
  slot_end text not null,
  kind text not null,
  area text
) strict

-- table work
CREATE TABLE work (
  order_key text primary key,
  undo integer not null,
  priority integer not null,
  rank integer not null,
  local_due integer,
  local_tries integer not null,
  local_retry_at integer not null,
  local_error text,
  ne_due integer,
  ne_tries integer not null,
  ne_retry_at integer not null,
  ne_error text,
  tm_due integer,
  tm_tries integer not null,
  tm_retry_at integer not null,
  tm_error text,
  tries integer not null,
  owner text,
  lease_until integer not null default 0,
  fence integer not null default 0
, waits text, planned_at integer not null default 0) strict, without rowid

-- table workers
CREATE TABLE workers (
  owner text primary key,
  started_at integer not null,
  beat_at integer not null,
  concurrency integer not null,
  in_flight integer not null,
  steps_done integer not null,
  note text not null
) strict

-- trigger audit_anchors_never_deleted
CREATE TRIGGER audit_anchors_never_deleted before delete on audit_anchors
  begin select raise(abort, 'an anchor of the audit log is never removed'); end

-- trigger audit_anchors_never_updated
CREATE TRIGGER audit_anchors_never_updated before update on audit_anchors
  begin select raise(abort, 'an anchor of the audit log is never changed'); end

-- trigger audit_never_deleted
CREATE TRIGGER audit_never_deleted before delete on audit
  when not exists (
    select 1 from audit_anchors a
    where a.host = old.host and old.seq between a.first_seq and a.last_seq
      and old.at < strftime('%Y-%m-%dT%H:%M:%fZ', a.pruned_at, '-365 days'))
  begin select raise(abort, 'the audit log is never shortened but by a pruning that leaves an anchor'); end

-- trigger audit_never_updated
CREATE TRIGGER audit_never_updated before update on audit
  begin select raise(abort, 'the audit log is never changed'); end

-- trigger events_never_deleted
CREATE TRIGGER events_never_deleted before delete on events
  begin select raise(abort, 'events are never removed'); end

-- trigger events_never_updated
CREATE TRIGGER events_never_updated before update on events
  begin select raise(abort, 'events are never changed'); end
`;
