import type Database from 'better-sqlite3';
import type { Ids } from '../../../core/ports/runtime.ts';
import type { Tx } from '../../../core/ports/store.ts';
import { Refusal } from '../../../core/rules/refusal.ts';
import { thisOrigin } from '../../runtime/this-origin.ts';
import { type Attempt, attempt } from '../attempt.ts';
import { type Running, runAs } from '../running.ts';
import type { Origin } from '../sql/audit-chain.ts';
import { knownEnds } from '../sql/known-ends.ts';
import { SqlTx } from '../sql/tx.ts';
import { databaseError, isFatal, writerError } from './database-error.ts';
import { type SqliteConnection, sqliteConnection } from './sqlite-connection.ts';
import { session } from './sqlite-session.ts';

/** One connection with its ports. Who holds it decides when a transaction begins and ends. */
export type Handle = {
  readonly connection: SqliteConnection;
  /**
   * Runs `work` in the transaction that is open, with ports of its own: they refuse any use when it is over. Who runs it says
   * to `made` how it ended; without one nothing is told.
   */
  readonly run: <T>(mode: Running['mode'], work: (tx: Tx) => Promise<T>, made?: Attempt) => Promise<T>;
  /** The first error since `reset` that makes the whole transaction worthless, also when `work` has caught it. */
  readonly failure: () => unknown;
  readonly reset: () => void;
};

export type HandleOptions = {
  readonly path: string;
  readonly ids: Ids;
  /** Where this process runs; by default as the operating system says. */
  readonly origin?: () => Origin;
};

export const handle = (db: Database.Database, { path, ids, origin = thisOrigin }: HandleOptions): Handle => {
  const connection = sqliteConnection(db);
  const known = knownEnds(connection.rollbacks);
  let failure: unknown;

  const ports = (running: Running, made: Attempt): Tx => {
    const within = session(connection, {
      guard: () => {
        // Without this a forgotten `await` would write into another caller's transaction.
        if (!running.active) {
          throw new Error('the store was used outside its transaction: is an await missing?');
        }
      },
      onError: (error) => {
        const told = db.readonly ? databaseError(error, path) : writerError(error, path);
        if (isFatal(error)) failure ??= told;
        return told;
      },
      damaged: (cause) => new Refusal('DATABASE_DAMAGED', { database: path, cause }),
    });
    return new SqlTx(within, { ids, known, origin, attempt: made });
  };

  return {
    connection,
    run: (mode, work, made = attempt()) => {
      const running: Running = { active: true, mode };
      return runAs(running, () => work(ports(running, made)));
    },
    failure: () => failure,
    reset: () => {
      failure = undefined;
    },
  };
};
