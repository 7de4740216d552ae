import type { DatabaseFault } from '../../../core/codes/database-fault.ts';
import { query } from '../sql/query.ts';
import type { Session } from '../sql/session.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** A row, so that a number is given back when its write is rolled back. */
const nextInSequence = query((db, p: { name: string }) =>
  db
    .updateTable('sequences')
    .set((eb) => ({ value: eb('value', '+', 1) }))
    .where('name', '=', p.name)
    .returning('value'),
);

export type SessionHooks = {
  /** Called before each query; throws when the caller's transaction is over. */
  readonly guard: () => void;
  /** Sees every error of the database and answers what to throw instead. */
  readonly onError: (error: unknown) => unknown;
  readonly damaged: (cause: DatabaseFault) => Error;
};

/** SQLite answers at once; the ports await it all the same, for another database would not. */
export const session = (connection: SqliteConnection, hooks: SessionHooks): Session => {
  const attempt = <T>(ask: () => T): T => {
    hooks.guard();
    try {
      return ask();
    } catch (error) {
      throw hooks.onError(error);
    }
  };
  return {
    all: async (query, values) => attempt(() => connection.rows(query.bind(values))),
    tuples: async (query, values) => attempt(() => connection.tuples(query.bind(values))),
    one: async (query, values) => attempt(() => connection.first(query.bind(values))),
    run: async (query, values) => attempt(() => connection.change(query.bind(values))),
    insert: async (query, values) => attempt(() => connection.insert(query.bind(values))),
    list: async (build) => attempt(() => connection.rows(build().compile())),
    // There is but one writer.
    alone: async () => {},
    survivesErrors: true,
    nextNumber: async (name) => {
      const row = attempt(() => connection.first(nextInSequence.bind({ name })));
      if (row === undefined) throw hooks.damaged({ code: 'NO_SEQUENCE', name });
      return row.value;
    },
    damaged: hooks.damaged,
  };
};
