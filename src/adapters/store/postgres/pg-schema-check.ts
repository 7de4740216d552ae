import type { ClientBase } from 'pg';
import type { Findings } from '../sql/verify-log.ts';
import { DEFINITIONS } from './migrate.ts';

/** Objects of the schema, as `trigger events.events_queued`, each with what it does; '': its name says all. */
type Objects = ReadonlyMap<string, string>;

/** The parts of what stands between the brackets of a table: its columns and its constraints. */
const partsOf = (columns: string): readonly string[] =>
  columns.split(/,(?![^(]*\))/).map((part) => part.trim());

/** The indexes that the server makes by itself for a table, under its names for them. */
const ownIndexes = (table: string, columns: string): readonly string[] =>
  partsOf(columns).flatMap((part) => {
    if (/\bprimary key\b/.test(part)) return [`${table}_pkey`];
    const together = /^unique \((.*)\)$/.exec(part)?.[1];
    if (together !== undefined) return [`${table}_${together.split(/, */).join('_')}_key`];
    return /\bunique\b/.test(part) ? [`${table}_${part.split(' ', 1)[0]}_key`] : [];
  });

/** What the statements of this program make. */
const wanted = (): Objects => {
  const objects = new Map<string, string>();
  for (const [, table = '', columns = ''] of DEFINITIONS.matchAll(/create table (\w+) \(([^;]*)\);/g)) {
    objects.set(`table ${table}`, '');
    for (const index of ownIndexes(table, columns)) objects.set(`index ${index}`, '');
  }
  for (const [, index] of DEFINITIONS.matchAll(/create (?:unique )?index (\w+)/g))
    objects.set(`index ${index}`, '');
  const triggers = /create trigger (\w+) \w+ \w+ on (\w+)\s+for each row execute function (\w+)/g;
  for (const [, trigger, table, does = ''] of DEFINITIONS.matchAll(triggers))
    objects.set(`trigger ${table}.${trigger}`, does);
  const functions = /create function (\w+)\(\)[^$]*\$\$([^$]*)\$\$/g;
  for (const [, name, does = ''] of DEFINITIONS.matchAll(functions)) objects.set(`function ${name}`, does);
  return objects;
};

/** What there is of it, and whatever else acts on the tables ($1) of this program. $2: its functions. */
const FOUND = `
with tables as (select oid, relname, relrowsecurity from pg_catalog.pg_class
  where relnamespace = current_schema()::regnamespace and relkind = 'r' and relname = any($1))
select 'table ' || relname as object, '' as does from tables
union all
select 'index ' || c.relname, '' from pg_catalog.pg_index i
  join tables t on t.oid = i.indrelid join pg_catalog.pg_class c on c.oid = i.indexrelid where i.indisvalid
union all
select 'trigger ' || t.relname || '.' || g.tgname,
  case when g.tgenabled = 'O' and p.pronamespace = current_schema()::regnamespace then p.proname::text else 'another' end
  from pg_catalog.pg_trigger g join tables t on t.oid = g.tgrelid join pg_catalog.pg_proc p on p.oid = g.tgfoid
  where not g.tgisinternal
union all
select 'function ' || proname, prosrc from pg_catalog.pg_proc
  where pronamespace = current_schema()::regnamespace and proname = any($2)
union all
select 'rule ' || t.relname || '.' || r.rulename, '' from pg_catalog.pg_rewrite r join tables t on t.oid = r.ev_class
union all
select 'row security ' || relname, '' from tables where relrowsecurity
order by object`;

const namesOf = (objects: Objects, kind: string): readonly string[] =>
  [...objects.keys()]
    .filter((object) => object.startsWith(`${kind} `))
    .map((object) => object.slice(kind.length + 1));

/**
 * Tells what is not as this program made it: a foreign trigger or rule can mute a table, one that is missing or disabled lets it
 * be edited, and without its index a key is taken twice.
 */
export const checkSchema = async (client: ClientBase, found: Findings): Promise<void> => {
  const ours = wanted();
  const asked = [namesOf(ours, 'table'), namesOf(ours, 'function')];
  const { rows } = await client.query<{ object: string; does: string }>(FOUND, asked);
  const there = new Set(rows.map(({ object }) => object));
  for (const { object, does } of rows) {
    const wants = ours.get(object);
    if (wants === undefined) found.add(`schema-foreign: ${object}`);
    else if (wants !== does) found.add(`schema-changed: ${object}`);
  }
  for (const object of ours.keys()) if (!there.has(object)) found.add(`schema-missing: ${object}`);
};
