import { createHash } from 'node:crypto';
import type { CompiledQuery } from 'kysely';
import type { ClientBase, QueryResult } from 'pg';
import type { DatabaseFault } from '../../../core/codes/database-fault.ts';
import { inDialect } from '../sql/dialect.ts';
import type { Session } from '../sql/session.ts';
import type { Line } from './connect.ts';
import { lockKey } from './locks.ts';

export type SessionHooks = {
  readonly named: Line['named'];
  /** Called before each query; throws when the caller's transaction is over. */
  readonly guard: () => void;
  /** Sees every error of the database and answers what to throw instead. */
  readonly onError: (error: unknown) => unknown;
  readonly damaged: (cause: DatabaseFault) => Error;
};

const names = new Map<string, string>();

/** The name under which a connection keeps a statement that it has prepared. */
const nameOf = (sql: string): string => {
  const known = names.get(sql) ?? createHash('sha256').update(sql).digest('hex').slice(0, 32);
  names.set(sql, known);
  return known;
};

/** One connection inside a transaction. Its queries run one after the other, in the order in which they were asked. */
export const pgSession = (client: ClientBase, hooks: SessionHooks): Session => {
  let last: Promise<unknown> = Promise.resolve();
  const ask = <T>(run: () => Promise<T>): Promise<T> => {
    const asked = last.then(async () => {
      hooks.guard();
      try {
        return await run();
      } catch (error) {
        throw hooks.onError(error);
      }
    });
    last = asked.catch(() => undefined);
    return asked;
  };
  const rowsOf = async <R>({ sql, parameters }: CompiledQuery<R>): Promise<QueryResult> =>
    client.query({ ...hooks.named(nameOf(sql)), text: sql, values: [...parameters] });
  /** Rows have the shape of the query's columns. */
  const all = <R>(compiled: CompiledQuery<R>): Promise<readonly R[]> =>
    ask(async () => (await rowsOf(compiled)).rows as readonly R[]);
  return {
    all: (query, values) => all(query.bind(values, 'postgres')),
    tuples: (query, values) =>
      ask(async () => {
        const { sql, parameters } = query.bind(values, 'postgres');
        const text = {
          ...hooks.named(nameOf(sql)),
          text: sql,
          values: [...parameters],
          rowMode: 'array',
        } as const;
        return (await client.query<unknown[]>(text)).rows;
      }),
    one: async (query, values) => (await all(query.bind(values, 'postgres')))[0],
    run: (query, values) => ask(async () => (await rowsOf(query.bind(values, 'postgres'))).rowCount ?? 0),
    insert: (query, values) =>
      ask(async () => {
        const { sql, parameters } = query.bind(values, 'postgres');
        const text = `${sql} returning position`;
        const { rows } = await client.query<{ position: number }>({
          ...hooks.named(nameOf(text)),
          text,
          values: [...parameters],
        });
        const [row] = rows;
        if (row === undefined) throw new Error('an insert gave no row');
        return row.position;
      }),
    list: (build) => {
      const { sql, parameters, query, queryId } = inDialect('postgres', () => build().compile());
      return all({ sql, parameters, query, queryId });
    },
    alone: async (name) => {
      await ask(() => client.query('select pg_advisory_xact_lock($1)', [lockKey(`alone/${name}`)]));
    },
    survivesErrors: false,
    nextNumber: (sequence) =>
      ask(async () => {
        const { rows } = await client.query<{ n: number }>(`select nextval('${sequence}_numbers') as n`);
        const [row] = rows;
        if (row === undefined) throw hooks.damaged({ code: 'NO_SEQUENCE', name: sequence });
        return row.n;
      }),
    damaged: hooks.damaged,
  };
};
