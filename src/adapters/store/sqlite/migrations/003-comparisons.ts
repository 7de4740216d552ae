/**
 * What the last comparison with the peers came to, and what of it waits for a person. Orders that were closed before
 * these tables are looked at no more: the log says nothing of what they were closed by.
 */
export const comparisons: string = `
create table comparison (
  id integer primary key check (id = 1),
  began_at integer not null,
  owner text not null,
  ended_at integer,
  doc text not null
) strict;
create table findings (
  kind text not null,
  key text not null,
  ne_id text not null,
  since integer not null,
  doc text not null,
  primary key (kind, key, ne_id)
) strict, without rowid;
create table after_looks (
  id integer primary key check (id = 1),
  position integer not null
) strict;
insert into after_looks (id, position) select 1, coalesce(max(position), 0) from events;`;
