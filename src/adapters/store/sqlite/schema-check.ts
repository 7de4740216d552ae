import type Database from 'better-sqlite3';
import { Refusal } from '../../../core/rules/refusal.ts';
import { openInMemory } from './connect.ts';
import { KNOWN_SCHEMA_TEXT } from './known-schema.ts';
import { KNOWN_SCHEMA, migrate } from './migrations/migrate.ts';
import { SEALED, sealIn } from './seal-mark.ts';

/** An object of the schema that is not as this program made it, e.g. `trigger audit_never_deleted`. */
export type SchemaDifference = {
  readonly kind: 'missing' | 'foreign' | 'changed';
  readonly object: string;
};

type SchemaObject = { readonly object: string; readonly sql: string };

/** SQLite's own tables come and go with what it does (statistics); an index without a text belongs to its table. */
const OBJECTS = `
  select type || ' ' || name as object, sql from sqlite_schema
  where name not like 'sqlite\\_%' escape '\\' order by object`;

const objectsOf = (db: Database.Database): readonly SchemaObject[] =>
  db.prepare<[], SchemaObject>(OBJECTS).all();

/** All that the schema of a database says. */
export const schemaText = (db: Database.Database): string =>
  objectsOf(db)
    .map(({ object, sql }) => `-- ${object}\n${sql}\n`)
    .join('\n');

/** What the schema of that number is made of, in a database in memory. */
const expected = (schema: number): ReadonlyMap<string, string> => {
  const made = openInMemory();
  try {
    migrate(made, schema);
    return new Map(objectsOf(made).map(({ object, sql }) => [object, sql]));
  } finally {
    made.close();
  }
};

/** What differs from the schema of that number: a foreign trigger can mute a table, a missing one lets it be edited. */
export const schemaDifferences = (db: Database.Database, schema: number): readonly SchemaDifference[] => {
  const wanted = expected(schema);
  const found = new Map(objectsOf(db).map(({ object, sql }) => [object, sql]));
  const differences: SchemaDifference[] = [];
  for (const [object, sql] of found) {
    if (!wanted.has(object)) differences.push({ kind: 'foreign', object });
    else if (wanted.get(object) !== sql) differences.push({ kind: 'changed', object });
  }
  for (const object of wanted.keys()) if (!found.has(object)) differences.push({ kind: 'missing', object });
  return differences;
};

/** Refuses a database of the known schema that is not as this program made it. Throws DATABASE_DAMAGED, DATABASE_SEALED. */
export const mustBeOurs = (db: Database.Database, path: string): void => {
  if (schemaText(db) === KNOWN_SCHEMA_TEXT) return;
  const differences = schemaDifferences(db, KNOWN_SCHEMA);
  const [first] = differences;
  if (first === undefined) return;
  const isSealed = differences.every(
    ({ kind, object }) => kind === 'foreign' && object.startsWith(`trigger ${SEALED}`),
  );
  const seal = isSealed ? sealIn(db) : null;
  if (seal !== null) throw new Refusal('DATABASE_SEALED', { database: path, to: seal.to });
  const cause = { code: 'SCHEMA_OTHER', ...first, more: differences.length - 1 } as const;
  throw new Refusal('DATABASE_DAMAGED', { database: path, cause });
};
