import { type Compilable, type CompiledQuery, Kysely } from 'kysely';
import { compileOnly } from './dialect.ts';
import type { Schema } from './schema.ts';

export type Builder = Kysely<Schema>;

let shared: Builder | undefined;

/** Makes SQL texts and nothing else: it has no connection. */
export const builder = (): Builder => {
  shared ??= new Kysely<Schema>({ dialect: compileOnly });
  return shared;
};

/** Values of a query by name. */
export type Values = Readonly<Record<string, unknown>>;

/** A query whose SQL is compiled once, at its first use, and run with other values each time. */
export type Query<P, R> = {
  readonly bind: (values: P) => CompiledQuery<R>;
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
  let compiled: CompiledQuery<R> | undefined;
  return {
    bind: (values) => {
      compiled ??= build(builder(), slots<P>()).compile();
      return {
        sql: compiled.sql,
        query: compiled.query,
        queryId: compiled.queryId,
        parameters: compiled.parameters.map((value) => (value instanceof Slot ? values[value.name] : value)),
      };
    },
  };
};
