import type { DatabaseFault } from '../../../core/codes/database-fault.ts';
import type { Session } from '../sql/session.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

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
    list: async (built) => attempt(() => connection.rows(built.compile())),
    damaged: hooks.damaged,
  };
};
