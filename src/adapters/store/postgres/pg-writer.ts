import { randomUUID } from 'node:crypto';
import type { Client, Pool, PoolClient } from 'pg';
import { covers, MOST_ATTEMPTS, NeedsScope, type Scope, unionOf } from '../../../core/ports/scope.ts';
import type { Tx } from '../../../core/ports/store.ts';
import { Refusal } from '../../../core/rules/refusal.ts';
import { pause } from '../../runtime/waits.ts';
import { type Attempt, areScopesChecked, areWritesRepeated, attempt } from '../attempt.ts';
import { scopedTx } from '../scoped-tx.ts';
import { commitEnd } from './commit-end.ts';
import type { Line } from './connect.ts';
import { BEGIN, lockStatement } from './locks.ts';
import { mustBeCompatible } from './migrate.ts';
import { isLost, mayRunAgain, pgError } from './pg-error.ts';
import { forgetWrites } from './write-ids.ts';

/** How often a write that came to nothing by no fault of its own is run again. */
const MOST_RETRIES = 5;
const FIRST_PAUSE_MS = 5;
/** Two servers that take turns at one address are none to write to. */
const MOST_HISTORIES = 3;

export type WriterOptions = {
  readonly database: string;
  readonly pool: Pool;
  readonly line: Line;
  /** Another connection, to ask what became of a COMMIT. */
  readonly connect: () => Promise<Client>;
  /** Ms, by a clock that nobody sets. */
  readonly own: () => number;
  /** How long that is tried before the write is refused (COMMIT_IN_DOUBT). */
  readonly doubtMs: number;
  /** Runs `work` with the ports of the transaction that is open on the connection. */
  readonly run: <T>(client: PoolClient, work: (tx: Tx) => Promise<T>, made: MadeWrite) => Promise<Ran<T>>;
  /** Hears what the database says once a write has all its locks. false: this write must not be, or not yet. */
  readonly begun: (said: Said) => boolean;
  /** Before a write that must not be yet is run again. */
  readonly prepare: () => Promise<void>;
  readonly onCommit: () => void;
};

/** `now`: epoch ms, at some moment since `asked` (by the own clock). */
export type Said = { readonly now: number; readonly timeline: string | null; readonly asked: number };

/** `failure`: what a statement threw, also when the work has caught it: the transaction is worth nothing then. */
export type Ran<T> = { readonly result: T; readonly failure: unknown };

/** What an attempt leaves to its end, and hears of what it learns. */
export type MadeWrite = { readonly made: Attempt; readonly needs: Tx['needs'] };

export type Asked<T> = {
  readonly work: (tx: Tx) => Promise<T>;
  readonly scope: Scope;
  readonly rehearsal: boolean;
};

type Attempted<T> =
  | { readonly kind: 'done'; readonly result: T }
  /** Run again, with that as well. */
  | { readonly kind: 'needs'; readonly scope: Scope }
  | { readonly kind: 'undone'; readonly error: unknown };

/** The id under which a write is kept, and those that it takes away. */
type Begun = { readonly writeId: string; readonly forgotten: readonly string[] };

/** A connection whose COMMIT did not answer, or answered with a warning. */
class InDoubt extends Error {
  override readonly name = 'InDoubt';
}

/** The server's history is another one: before anything is written to it, that is to be seen to. */
class OtherHistory extends Error {
  override readonly name = 'OtherHistory';
}

export type Writer = {
  readonly write: <T>(asked: Asked<T>) => Promise<T>;
  /** When there will be no more writes: takes away what is left of their ids. Fails at nothing. */
  readonly forgetAll: () => Promise<void>;
};

export const pgWriter = ({
  database,
  pool,
  line,
  connect,
  own,
  doubtMs,
  run,
  begun,
  prepare,
  onCommit,
}: WriterOptions): Writer => {
  /** Writes whose end is known: the next one forgets their ids, or the end of all. */
  let settled: string[] = [];

  const begin = async (client: PoolClient, scope: Scope, { writeId, forgotten }: Begun): Promise<void> => {
    const { text, keys } = lockStatement(scope);
    await line.begin(client, BEGIN);
    const asked = own();
    const { rows } = await client.query<Omit<Said, 'asked'> & { readonly compatible_from: number }>({
      ...line.named(scope === 'everything' ? 'begin-alone' : 'begin'),
      text,
      values: [keys, writeId, forgotten],
    });
    const [row] = rows;
    if (row === undefined) throw new Error('the server did not tell its time');
    mustBeCompatible(row.compatible_from, row.compatible_from, database);
    if (!begun({ now: row.now, timeline: row.timeline, asked })) throw new OtherHistory();
  };

  const commit = async (client: PoolClient): Promise<void> => {
    let isWarned = false;
    const warn = (): void => {
      isWarned = true;
    };
    client.on('notice', warn);
    try {
      const { command } = await client.query('commit');
      // The server says so of a transaction in which a statement had failed.
      if (command !== 'COMMIT') throw new Error('the transaction had failed, and was rolled back');
    } catch (error) {
      if (isLost(error)) throw new InDoubt();
      throw error;
    } finally {
      client.off('notice', warn);
    }
    if (isWarned) throw new InDoubt();
  };

  /** What became of a COMMIT. Throws what is not in doubt, and COMMIT_IN_DOUBT when nobody can say. */
  const ended = async (client: PoolClient, writeId: string): Promise<'done' | 'undone'> => {
    try {
      await commit(client);
      return 'done';
    } catch (error) {
      if (!(error instanceof InDoubt)) throw error;
      const end = await commitEnd(connect, line, { writeId, patienceMs: doubtMs });
      if (end === null) throw new Refusal('COMMIT_IN_DOUBT', { database });
      return end;
    }
  };

  const attemptOne = async <T>({ work, scope, rehearsal }: Asked<T>): Promise<Attempted<T>> => {
    const made = attempt();
    const writeId = randomUUID();
    let needed: Scope | null = null;
    const needs = (part: Scope): void => {
      if (covers(scope, part)) return;
      needed = unionOf(needed ?? {}, part);
      throw new NeedsScope(part);
    };
    const inScope = (tx: Tx): Promise<T> =>
      work(areScopesChecked() && scope !== 'everything' ? scopedTx(tx, () => scope) : tx);
    let client: PoolClient;
    try {
      client = await pool.connect();
    } catch (error) {
      return { kind: 'undone', error };
    }
    let isBroken = false;
    let isKept = false;
    const forgotten = settled;
    settled = [];
    try {
      await begin(client, scope, { writeId, forgotten });
      const { result, failure } = await run(client, inScope, { made, needs });
      if (needed !== null) return { kind: 'needs', scope: needed };
      if (failure !== undefined) return { kind: 'undone', error: failure };
      if (rehearsal) return { kind: 'done', result };
      const end = await ended(client, writeId).catch((error: unknown) => {
        isBroken = true;
        throw error;
      });
      if (end === 'undone') {
        isBroken = true;
        settled.push(writeId);
        return { kind: 'undone', error: new InDoubt() };
      }
      isKept = true;
      settled.push(writeId);
      onCommit();
      return { kind: 'done', result };
    } catch (error) {
      if (needed !== null) return { kind: 'needs', scope: needed };
      return { kind: 'undone', error };
    } finally {
      // What an attempt has forgotten that came to nothing is there again.
      if (!isKept) settled.push(...forgotten);
      if (!isKept && !isBroken) isBroken = await rollback(client);
      client.release(isBroken);
      if (isKept) made.committed();
      else made.undone();
    }
  };

  const write: Writer['write'] = async (asked) => {
    let { scope } = asked;
    let retries = 0;
    let histories = 0;
    let isInVain = areWritesRepeated();
    for (let tries = 1; ; tries += 1) {
      const attempted = await attemptOne({ ...asked, scope, rehearsal: asked.rehearsal || isInVain });
      switch (attempted.kind) {
        case 'needs':
          scope = tries < MOST_ATTEMPTS ? unionOf(scope, attempted.scope) : 'everything';
          break;
        case 'done':
          if (!isInVain) return attempted.result;
          isInVain = false;
          break;
        case 'undone': {
          const { error } = attempted;
          if (error instanceof OtherHistory) {
            histories += 1;
            if (histories > MOST_HISTORIES) throw new Refusal('DATABASE_BUSY', { database });
            await prepare().catch((cause: unknown) => Promise.reject(pgError(cause, database)));
            break;
          }
          const isPassing = error instanceof InDoubt || mayRunAgain(error);
          if (!isPassing || retries >= MOST_RETRIES) throw pgError(error, database);
          retries += 1;
          await pause(FIRST_PAUSE_MS * 2 ** retries * Math.random());
        }
      }
    }
  };
  return { write, forgetAll: () => forgetWrites(pool, line, settled) };
};

/** True: the connection is of no more use. */
const rollback = async (client: PoolClient): Promise<boolean> => {
  try {
    await client.query('rollback');
    return false;
  } catch {
    return true;
  }
};
