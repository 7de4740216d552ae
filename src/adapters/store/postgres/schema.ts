/** Times of events are UTC ISO texts, times of leases and due dates epoch ms, yes and no 1 and 0: as in SQLite. */

/** Texts sort by their bytes, as everywhere else in the program, whatever the locale of the server. */
const TEXT = 'text collate "C"';

const lane = (name: string): string => `
  ${name}_due bigint,
  ${name}_tries bigint not null,
  ${name}_retry_at bigint not null,
  ${name}_error text,`;

const never = (table: string, on: 'update' | 'delete', why: string): string => `
create function ${table}_never_${on}() returns trigger language plpgsql as
  $$ begin raise exception '${why}'; end $$;
create trigger ${table}_never_${on} before ${on} on ${table}
  for each row execute function ${table}_never_${on}();`;

/**
 * The server keeps samples of each column in a catalogue of its own (`pg_stats`), where an erasure does not reach: of what says
 * who somebody is, it takes none.
 */
const unsampled = (table: string, columns: readonly string[]): string =>
  `alter table ${table} ${columns.map((column) => `alter ${column} set statistics 0`).join(', ')};`;

/** `feed_queue` holds what no reader has numbered yet; `feed` numbers what is committed, in an order that never changes. */
const events = `
create table events (
  position bigint generated always as identity primary key,
  order_id text not null,
  version bigint not null check (version > 0),
  event_id text not null unique,
  type text not null,
  schema bigint not null,
  data text not null,
  at text not null,
  actor text not null,
  causation_id text,
  hash text not null,
  unique (order_id, version)
);
create index events_streams on events (length(order_id), order_id) where version = 1;
create table feed_queue (position bigint primary key);
create table feed (n bigint primary key, position bigint not null unique);
create function events_queued() returns trigger language plpgsql as
  $$ begin insert into feed_queue (position) values (new.position); return null; end $$;
create trigger events_queued after insert on events for each row execute function events_queued();
${never('events', 'update', 'events are never changed')}
${never('events', 'delete', 'events are never removed')}`;

const views = `
create table order_view (
  order_key text primary key,
  order_id text not null,
  doc text not null,
  stage text not null,
  stage_since text not null,
  open bigint not null,
  area text,
  technician_id text,
  customer_id text not null,
  visit_start text not null,
  next_call text not null,
  priority_rank text not null,
  placed_at text not null,
  updated_at text not null,
  search text not null,
  in_doubt bigint not null default 0
);
create index view_open on order_view (order_key) where open = 1;
create index view_stage on order_view (stage, order_key, stage_since);
create index view_area on order_view (area, order_key) where area is not null;
create index view_technician on order_view (technician_id, order_key) where technician_id is not null;
create index view_visit on order_view (visit_start, order_key) where visit_start < '~';
create index view_customer on order_view (customer_id, order_key);
create index view_search on order_view (order_key, search, customer_id);
create index view_in_doubt on order_view (order_key) where in_doubt > 0;
create table visits (
  order_id text not null,
  technician_id text not null,
  slot_start text not null,
  slot_end text not null,
  kind text not null,
  area text
);
create index visits_order on visits (order_id);
create index visits_end on visits (slot_end);
create index visits_technician on visits (technician_id, slot_end);`;

const work = `
create table work (
  order_key text primary key,
  undo bigint not null,
  priority bigint not null,
  rank bigint not null,${lane('local')}${lane('ne')}${lane('tm')}
  tries bigint not null,
  waits text,
  planned_at bigint not null default 0,
  owner text,
  lease_until bigint not null default 0,
  fence bigint not null default 0
);
create index work_local on work (rank, local_due, order_key) where local_due is not null;
create index work_ne on work (rank, ne_due, order_key) where ne_due is not null;
create index work_tm on work (rank, tm_due, order_key) where tm_due is not null;
create index work_owner on work (owner) where owner is not null;
create index work_tries on work (tries desc, order_key) where tries > 0;
create table workers (
  owner text primary key,
  started_at bigint not null,
  beat_at bigint not null,
  concurrency bigint not null,
  in_flight bigint not null,
  steps_done bigint not null,
  note text not null
);`;

const vault = `
create table customers (
  customer_id text primary key,
  name text not null,
  name_search text not null,
  phone text not null,
  phone_digits text not null,
  erased_at text
);
create index customers_phone on customers (phone_digits);
create table addresses (order_id text primary key, customer_id text not null, address text);
create index addresses_customer on addresses (customer_id);
create table texts (text_id text primary key, order_id text not null, text text not null);
create index texts_order on texts (order_id);
${unsampled('customers', ['name', 'name_search', 'phone', 'phone_digits'])}
${unsampled('addresses', ['address'])}
${unsampled('texts', ['text'])}`;

const audit = `
create table audit (
  id bigint generated always as identity primary key,
  host text not null,
  seq bigint not null check (seq > 0),
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
);
create index audit_at on audit (at);
create table audit_anchors (
  host text not null,
  first_seq bigint not null,
  last_seq bigint not null check (last_seq >= first_seq),
  hash text not null,
  pruned_at text not null,
  signature text not null,
  primary key (host, first_seq)
);
create function audit_kept() returns trigger language plpgsql as $$ begin
  if not exists (
    select 1 from audit_anchors a
    where a.host = old.host and old.seq between a.first_seq and a.last_seq
      and old.at::timestamptz < a.pruned_at::timestamptz - interval '365 days')
  then raise exception 'the audit log is never shortened but by a pruning that leaves an anchor'; end if;
  return old;
end $$;
create trigger audit_kept before delete on audit for each row execute function audit_kept();
${never('audit', 'update', 'the audit log is never changed')}
${never('audit_anchors', 'update', 'an anchor of the audit log is never changed')}
${never('audit_anchors', 'delete', 'an anchor of the audit log is never removed')}`;

const rest = `
create table technicians (technician_id text primary key, active bigint not null, doc text not null);
create table travel (kind text primary key, version text not null, imported_at text not null, doc text not null);
create table breakers (name text primary key, gen bigint not null, doc text not null);
create table key_proofs (
  peer text not null,
  spec text not null,
  proven_at text,
  asked_at text,
  primary key (peer, spec)
);
create table requests (
  scope text not null,
  key text not null,
  order_id text not null,
  fingerprint text not null,
  at text not null,
  primary key (scope, key)
);
${unsampled('requests', ['fingerprint'])}
create table batches (
  batch_id text primary key,
  file text not null,
  file_hash text not null,
  op text,
  state text not null,
  rows bigint not null,
  started_at text not null,
  finished_at text,
  actor text not null,
  owner text,
  lease_until bigint not null
);
create table batch_rows (
  batch_id text not null,
  line bigint not null,
  op text not null,
  key text,
  state text not null,
  order_id text,
  error_code text,
  error_message text,
  primary key (batch_id, line)
);
create table comparison (
  id bigint primary key check (id = 1),
  began_at bigint not null,
  owner text not null,
  ended_at bigint,
  doc text not null
);
create table findings (
  kind text not null,
  key text not null,
  ne_id text not null,
  since bigint not null,
  doc text not null,
  primary key (kind, key, ne_id)
);
create table after_looks (id bigint primary key check (id = 1), position bigint not null);
insert into after_looks (id, position) values (1, 0);
create table access_tokens (
  token_id text primary key,
  digest text not null,
  actor text not null,
  client text not null,
  sees_clear bigint not null,
  created_at text not null,
  created_by text not null,
  expires_at text not null,
  revoked_at text,
  last_used_at text
);
create table meta (name text primary key, value text not null);
create sequence order_numbers;
create sequence customer_numbers;`;

/**
 * Each write leaves its id here, in its own transaction. Who lost the answer of a COMMIT puts the same id as void: that waits
 * for the old transaction, and then finds that it was done, or has forbidden it for ever.
 */
const writes = `
create table writes (write_id uuid primary key, void boolean not null, asked boolean not null default false);`;

/** The first shape of the database. */
export const initial: string = [events, views, work, vault, audit, rest, writes]
  .join('\n')
  .replaceAll(/ text(?= not null| primary key|,|\n|\))/g, ` ${TEXT}`);
