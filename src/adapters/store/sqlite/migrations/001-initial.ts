const events = `
create table events (
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
) strict;
create index events_streams on events (length(order_id), order_id) where version = 1;
create trigger events_never_updated before update on events
  begin select raise(abort, 'events are never changed'); end;
create trigger events_never_deleted before delete on events
  begin select raise(abort, 'events are never removed'); end;`;

const views = `
create table order_view (
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
) strict;
create index view_open on order_view (order_key) where open = 1;
create index view_stage on order_view (stage, order_key, stage_since);
create index view_area on order_view (area, order_key) where area is not null;
create index view_technician on order_view (technician_id, order_key) where technician_id is not null;
create index view_visit on order_view (visit_start, order_key) where visit_start < '~';
create index view_customer on order_view (customer_id, order_key);
create index view_search on order_view (order_key, search, customer_id);
create table visits (
  order_id text not null,
  technician_id text not null,
  slot_start text not null,
  slot_end text not null,
  kind text not null,
  area text
) strict;
create index visits_order on visits (order_id);
create index visits_end on visits (slot_end);
create index visits_technician on visits (technician_id, slot_end);`;

const lane = (name: string): string => `
  ${name}_due integer,
  ${name}_tries integer not null,
  ${name}_retry_at integer not null,
  ${name}_error text,`;

const work = `
create table work (
  order_key text primary key,
  undo integer not null,
  priority integer not null,
  rank integer not null,${lane('local')}${lane('ne')}${lane('tm')}
  tries integer not null,
  owner text,
  lease_until integer not null default 0,
  fence integer not null default 0
) strict, without rowid;
create index work_local on work (rank, local_due, order_key) where local_due is not null;
create index work_ne on work (rank, ne_due, order_key) where ne_due is not null;
create index work_tm on work (rank, tm_due, order_key) where tm_due is not null;
create index work_owner on work (owner) where owner is not null;
create index work_tries on work (tries desc, order_key) where tries > 0;
create table workers (
  owner text primary key,
  started_at integer not null,
  beat_at integer not null,
  concurrency integer not null,
  in_flight integer not null,
  steps_done integer not null,
  note text not null
) strict;`;

const vault = `
create table customers (
  customer_id text primary key,
  name text not null,
  name_search text not null,
  phone text not null,
  phone_digits text not null,
  erased_at text
) strict, without rowid;
create index customers_phone on customers (phone_digits);
create table addresses (
  order_id text primary key,
  customer_id text not null,
  address text
) strict, without rowid;
create index addresses_customer on addresses (customer_id);
create table texts (
  text_id text primary key,
  order_id text not null,
  text text not null
) strict, without rowid;
create index texts_order on texts (order_id);`;

const rest = `
create table technicians (technician_id text primary key, active integer not null, doc text not null) strict;
create table breakers (name text primary key, gen integer not null, doc text not null) strict;
create table requests (
  scope text not null,
  key text not null,
  order_id text not null,
  fingerprint text not null,
  at text not null,
  primary key (scope, key)
) strict, without rowid;
create table batches (
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
) strict;
create table batch_rows (
  batch_id text not null,
  line integer not null,
  op text not null,
  key text,
  state text not null,
  order_id text,
  error_code text,
  error_message text,
  primary key (batch_id, line)
) strict, without rowid;
create table audit (
  id integer primary key,
  at text not null,
  actor text not null,
  action text not null,
  subject text not null,
  detail text not null
) strict;
create trigger audit_never_updated before update on audit
  begin select raise(abort, 'the audit log is never changed'); end;
create trigger audit_never_deleted before delete on audit
  begin select raise(abort, 'the audit log is never shortened'); end;
create table meta (name text primary key, value text not null) strict, without rowid;
create table sequences (name text primary key, value integer not null) strict, without rowid;
insert into sequences (name, value) values ('order', 0), ('customer', 0);
insert into meta (name, value) values ('secret', lower(hex(randomblob(32))));`;

/** The first shape of the database. SQLite's random numbers are seeded by the operating system. */
export const initial: string = [events, views, work, vault, rest].join('\n');
