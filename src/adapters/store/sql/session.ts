import type { Compilable } from 'kysely';
import type { DatabaseFault } from '../../../core/codes/database-fault.ts';
import type { Query, Values } from './query.ts';

/** One connection inside a transaction: all that the ports of the store may reach. */
export type Session = {
  readonly all: <P extends Values, R>(query: Query<P, R>, values: P) => Promise<readonly R[]>;
  /** The values of each row, in the order of the query's columns. */
  readonly tuples: <P extends Values>(
    query: Query<P, unknown>,
    values: P,
  ) => Promise<readonly (readonly unknown[])[]>;
  /** The first row. */
  readonly one: <P extends Values, R>(query: Query<P, R>, values: P) => Promise<R | undefined>;
  /** Returns how many rows were changed. */
  readonly run: <P extends Values>(query: Query<P, unknown>, values: P) => Promise<number>;
  /** Inserts one row into a table that numbers its rows; returns the number. */
  readonly insert: <P extends Values>(query: Query<P, unknown>, values: P) => Promise<number>;
  /** For a query whose shape depends on its values. */
  readonly list: <R>(built: Compilable<R>) => Promise<readonly R[]>;
  /** What a row that cannot be read throws. */
  readonly damaged: (cause: DatabaseFault) => Error;
};
