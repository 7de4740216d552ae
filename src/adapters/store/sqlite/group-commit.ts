import type { Scope } from '../../../core/ports/scope.ts';
import type { Tx } from '../../../core/ports/store.ts';
import { turn } from '../../runtime/waits.ts';
import { type Attempt, areScopesChecked, areWritesRepeated, attempt } from '../attempt.ts';
import { checkedTx } from '../scoped-tx.ts';
import { isBusy, writerError } from './database-error.ts';
import type { Handle } from './handle.ts';
import { retryBusy } from './retry-busy.ts';

const MAX_WRITES = 256;
const MAX_GROUP_MS = 20;

/** One write that waits for its turn. */
type Job = {
  readonly work: (tx: Tx) => Promise<unknown>;
  /** Alone in its transaction, which is rolled back. */
  readonly rehearsal: boolean;
  /** Only tests ask about it: nobody else writes meanwhile. */
  readonly scope: Scope;
  /** When the caller wanted it, on the monotonic clock. */
  readonly since: number;
  /** Its last attempt. */
  made: Attempt;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
};

/** What a job came to; its caller hears of it when the transaction has ended, after what waited for that was done. */
type Outcome = { readonly ok: boolean; readonly tell: () => void };

/** `scope`: absent: everything. */
type Asked = { readonly rehearsal: boolean; readonly scope?: Scope };

export type GroupCommit = {
  /** Resolves with what `work` gave, after COMMIT (or, for a rehearsal, after ROLLBACK). */
  readonly add: <T>(work: (tx: Tx) => Promise<T>, options: Asked) => Promise<T>;
  /** Resolves when nothing waits. */
  readonly idle: () => Promise<void>;
};

export type GroupCommitOptions = {
  readonly path: string;
  /** How long a write waits for another process before it is refused (DATABASE_BUSY). */
  readonly busyTimeoutMs: number;
  /** Throws when the files of the connection are not those of the path any more: then nothing is acknowledged. */
  readonly assertSameFiles: () => void;
  /** By which a group ends, ms. Default: the monotonic clock. */
  readonly monotonic?: () => number;
};

/** As long as each turn brings more writes, another one may be worth its while. */
const MAX_TURNS = 4;

/**
 * Timers and sockets get their turn before each group: the answers of peers that came in meanwhile lead to writes that
 * share its commit, where each alone would wait for the disk. One write alone waits for a single turn.
 */
const gather = async (waiting: () => number): Promise<void> => {
  for (let turns = 0; turns < MAX_TURNS; turns += 1) {
    const before = waiting();
    await turn();
    if (waiting() <= before) return;
  }
};

const outcomeOf = (job: Job, run: Promise<unknown>): Promise<Outcome> => {
  const { made } = job;
  return run.then(
    (value) => ({
      ok: true,
      tell: () => {
        try {
          made.committed();
          job.resolve(value);
        } catch (error) {
          job.reject(error);
        }
      },
    }),
    (error: unknown) => ({
      ok: false,
      tell: () => {
        made.undone();
        job.reject(error);
      },
    }),
  );
};

const workOf = ({ work, scope }: Job): Job['work'] =>
  areScopesChecked() && scope !== 'everything' ? (tx) => work(checkedTx(tx, scope)) : work;

/** The job came to nothing, whatever its work gave. */
const fail = (job: Job, error: unknown): void => {
  job.made.undone();
  job.reject(error);
};

/**
 * The only writer of this process. Writes that wait share one transaction, each in a savepoint of its own, and no
 * caller gets an answer before COMMIT has returned, not even an error: that too may rest on what is not durable yet.
 */
export const groupCommit = (
  writer: Handle,
  { path, busyTimeoutMs, assertSameFiles, monotonic = () => performance.now() }: GroupCommitOptions,
): GroupCommit => {
  const queue: Job[] = [];
  const { connection } = writer;
  let loop: Promise<void> | null = null;

  /** Once, in the open transaction. Throws only what makes that transaction worthless. */
  const attemptOne = async (job: Job): Promise<Outcome> => {
    job.made = attempt();
    const outcome = await outcomeOf(job, writer.run('write', workOf(job), job.made));
    const failure = writer.failure();
    if (failure !== undefined) throw failure;
    return outcome;
  };

  const runOne = async (job: Job): Promise<Outcome> => {
    if (!areWritesRepeated()) return attemptOne(job);
    connection.savepoint();
    const first = await attemptOne(job);
    connection.rollbackToSavepoint();
    if (!first.ok) return first;
    job.made.undone();
    return attemptOne(job);
  };

  const runInSavepoint = async (job: Job): Promise<Outcome> => {
    connection.savepoint();
    const outcome = await runOne(job);
    if (outcome.ok) connection.releaseSavepoint();
    else connection.rollbackToSavepoint();
    return outcome;
  };

  const nextOfGroup = (size: number, startedAt: number): Job | undefined => {
    const full = size >= MAX_WRITES || monotonic() - startedAt >= MAX_GROUP_MS;
    return full || queue[0]?.rehearsal === true ? undefined : queue.shift();
  };

  /** Looked at on both sides: what was replaced in between has taken a commit with it. */
  const commit = (): void => {
    assertSameFiles();
    connection.commit();
    assertSameFiles();
  };

  const commitGroup = async (first: Job): Promise<void> => {
    const group = [first];
    const outcomes: Outcome[] = [];
    const startedAt = monotonic();
    try {
      // Before the first there is nothing to keep, so it needs no savepoint: what it throws ends the group.
      const outcome = await runOne(first);
      outcomes.push(outcome);
      while (outcome.ok) {
        const job = nextOfGroup(group.length, startedAt);
        if (job === undefined) break;
        group.push(job);
        outcomes.push(await runInSavepoint(job));
      }
      if (outcome.ok) commit();
      else connection.rollback();
    } catch (error) {
      // Where even this fails the connection is broken, and everybody is to hear why all the same.
      try {
        connection.rollback();
      } finally {
        for (const job of group) fail(job, writerError(error, path));
      }
      return;
    }
    for (const { tell } of outcomes) tell();
  };

  const rehearse = async (job: Job): Promise<void> => {
    job.made = attempt();
    let end = (): void => {};
    try {
      const value = await writer.run('write', workOf(job), job.made);
      end = () => job.resolve(value);
    } catch (error) {
      end = () => job.reject(error);
    }
    connection.rollback();
    job.made.undone();
    end();
  };

  /** False: the lock was not to be had, and the writes that waited long enough are refused. */
  const begin = async (): Promise<boolean> => {
    const oldest = queue[0]?.since ?? 0;
    const waitedTooLong = (since: number): boolean => performance.now() - since >= busyTimeoutMs;
    try {
      await retryBusy(
        () => connection.begin('immediate'),
        () => waitedTooLong(oldest),
      );
      return true;
    } catch (error) {
      const fails = (job: Job): boolean => !isBusy(error) || job === queue[0] || waitedTooLong(job.since);
      const failed = queue.filter(fails);
      const rest = queue.filter((job) => !failed.includes(job));
      queue.splice(0, queue.length, ...rest);
      for (const job of failed) job.reject(writerError(error, path));
      return false;
    }
  };

  const drain = async (): Promise<void> => {
    try {
      while (queue.length > 0) {
        await gather(() => queue.length);
        if (!(await begin())) continue;
        writer.reset();
        const job = queue.shift();
        if (job !== undefined) await (job.rehearsal ? rehearse(job) : commitGroup(job));
      }
    } catch (error) {
      // The connection itself is broken: a write that still waits would wait for ever.
      for (const job of queue.splice(0)) job.reject(writerError(error, path));
    } finally {
      // In the same turn as the last look into the queue, so that no write is added between and never run.
      loop = null;
    }
  };

  return {
    add: <T>(work: (tx: Tx) => Promise<T>, { rehearsal, scope = 'everything' }: Asked) =>
      new Promise<T>((resolve, reject) => {
        // `resolve` is only ever given what `work` resolved to.
        const tell = (value: unknown): void => resolve(value as T);
        queue.push({
          work,
          rehearsal,
          scope,
          since: performance.now(),
          made: attempt(),
          resolve: tell,
          reject,
        });
        loop ??= drain();
      }),
    idle: async () => {
      while (loop !== null) await loop;
    },
  };
};
