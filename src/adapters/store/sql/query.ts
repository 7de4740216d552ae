import { type Compilable, type CompiledQuery, Kysely } from 'kysely';
import { COMPILE_ONLY, type DialectName, dialect, inDialect } from './dialect.ts';
import type { Schema } from './schema.ts';

export type Builder = Kysely<Schema>;

const builders: Partial<Record<DialectName, Builder>> = {};

/** Makes SQL texts for the database for which a query is being built, and nothing else: it has no connection. */
export const builder = (): Builder => {
  const name = dialect();
  const made = builders[name] ?? new Kysely<Schema>({ dialect: COMPILE_ONLY[name] });
  builders[name] = made;
  return made;
};

/** Values of a query by name. */
export type Values = Readonly<Record<string, unknown>>;

/** A query whose SQL is compiled once for each database, at its first use, and run with other values each time. */
export type Query<P, R> = {
  /** `name`: by default SQLite. */
  readonly bind: (values: P, name?: DialectName) => CompiledQuery<R>;
};

/** Stands for a value while a query is compiled. */
class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** What `build` is given for its values: each member read becomes a slot. */
const slots = <P extends Values>(): P =>
  // The proxy answers every name with a slot; that slots stand for values is known to this file only.
  new Proxy({}, { get: (_target, name) => new Slot(String(name)) }) as P;

/**
 * `build` must use the members of `values` only as values (never branch on them): it runs once, with placeholders.
 */
export const query = <P extends Values, R>(build: (db: Builder, values: P) => Compilable<R>): Query<P, R> => {
  const all: Partial<Record<DialectName, CompiledQuery<R>>> = {};
  const compile = (name: DialectName): CompiledQuery<R> => {
    const compiled = inDialect(name, () => build(builder(), slots<P>()).compile());
    all[name] = compiled;
    return compiled;
  };
  return {
    bind: (values, name = 'sqlite') => {
      const compiled = all[name] ?? compile(name);
      return {
        sql: compiled.sql,
        query: compiled.query,
        queryId: compiled.queryId,
        parameters: compiled.parameters.map((value) => (value instanceof Slot ? values[value.name] : value)),
      };
    },
  };
};
