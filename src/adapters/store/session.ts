import type { Compilable, CompiledQuery, DatabaseConnection } from 'kysely';
import type { Query, Values } from './query.ts';

/** One connection inside a transaction: all that the ports of the store may reach. */
export type Session = {
  readonly all: <P extends Values, R>(query: Query<P, R>, values: P) => Promise<readonly R[]>;
  /** The first row. */
  readonly one: <P extends Values, R>(query: Query<P, R>, values: P) => Promise<R | undefined>;
  /** Returns how many rows were changed. */
  readonly run: <P extends Values>(query: Query<P, unknown>, values: P) => Promise<number>;
  /** For a query whose shape depends on what is asked. */
  readonly list: <R>(built: Compilable<R>) => Promise<readonly R[]>;
  /** Asks for the log to be emptied after the commit, so that erased data is nowhere. */
  readonly scrubAfterCommit: () => void;
  /** What a row that cannot be read throws. */
  readonly damaged: (cause: string) => Error;
};

export type SessionHooks = {
  /** Called before each query; throws when the caller's transaction is over. */
  readonly guard: () => void;
  /** Sees every error of the database and answers what to throw instead. */
  readonly onError: (error: unknown) => unknown;
  readonly scrubAfterCommit: () => void;
  readonly damaged: (cause: string) => Error;
};

export const session = (connection: DatabaseConnection, hooks: SessionHooks): Session => {
  const execute = async <R>(compiled: CompiledQuery<R>) => {
    hooks.guard();
    try {
      return await connection.executeQuery<R>(compiled);
    } catch (error) {
      throw hooks.onError(error);
    }
  };
  return {
    all: async (query, values) => (await execute(query.bind(values))).rows,
    one: async (query, values) => (await execute(query.bind(values))).rows[0],
    run: async (query, values) => Number((await execute(query.bind(values))).numAffectedRows ?? 0),
    list: async (built) => (await execute(built.compile())).rows,
    scrubAfterCommit: hooks.scrubAfterCommit,
    damaged: hooks.damaged,
  };
};
