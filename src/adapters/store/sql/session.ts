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
  readonly list: <R>(build: () => Compilable<R>) => Promise<readonly R[]>;
  /** Nobody else who asks for the same comes past this until the transaction ends. */
  readonly alone: (name: string) => Promise<void>;
  /** The transaction can go on after a statement that failed. */
  readonly survivesErrors: boolean;
  /** The next number of a sequence. */
  readonly nextNumber: (sequence: 'order' | 'customer') => Promise<number>;
  /** What a row that cannot be read throws. */
  readonly damaged: (cause: DatabaseFault) => Error;
};
