import type { Tx } from '../../core/ports/store.ts';
import { databaseError, isBusy } from './database-error.ts';
import type { Handle } from './handle.ts';
import { retryBusy } from './retry-busy.ts';

const MAX_WRITES = 256;
const MAX_GROUP_MS = 20;
/** Timers and sockets get their turn at least this often, however fast writes follow each other. */
const BREATHE_MS = 10;
/** Other processes get the lock at least this often: they look for it every millisecond. */
const HOG_MS = 50;
const GAP_MS = 1.5;

/** One write that waits for its turn. */
type Job = {
  readonly work: (tx: Tx) => Promise<unknown>;
  /** Alone in its transaction, which is rolled back. */
  readonly rehearsal: boolean;
  /** When it was asked for, on the monotonic clock. */
  readonly since: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
};

/** Gives a job its answer, which waits for the end of the transaction. */
type Answer = () => void;

export type GroupCommit = {
  /** Resolves with what `work` gave, after COMMIT (or, for a rehearsal, after ROLLBACK). */
  readonly add: <T>(work: (tx: Tx) => Promise<T>, options: { readonly rehearsal: boolean }) => Promise<T>;
  /** Resolves when nothing waits. */
  readonly idle: () => Promise<void>;
};

export type GroupCommitOptions = {
  readonly path: string;
  /** How long a write waits for another process before it is refused (DATABASE_BUSY). */
  readonly busyTimeoutMs: number;
};

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const answerOf = (job: Job, run: Promise<unknown>): Promise<Answer> =>
  run.then(
    (value) => () => job.resolve(value),
    (error: unknown) => () => job.reject(error),
  );

/** Lets timers, sockets and other processes have their turn between two groups. */
const politeness = () => {
  let breathedAt = 0;
  let gapAt = 0;
  let endedAt = 0;
  return {
    before: async (): Promise<void> => {
      const now = performance.now();
      if (now - endedAt > GAP_MS) gapAt = now;
      if (now - gapAt > HOG_MS) {
        await pause(GAP_MS);
        gapAt = breathedAt = performance.now();
      } else if (now - breathedAt > BREATHE_MS) {
        await breathe();
        breathedAt = performance.now();
      }
    },
    after: (): void => {
      endedAt = performance.now();
    },
  };
};

/**
 * The only writer of this process. Writes that wait share one transaction, each in a savepoint of its own, and nobody
 * is answered before COMMIT has returned, not even with an error: an error too may rest on what is not durable yet.
 */
export const groupCommit = (writer: Handle, { path, busyTimeoutMs }: GroupCommitOptions): GroupCommit => {
  const queue: Job[] = [];
  const { connection } = writer;
  const polite = politeness();
  let loop: Promise<void> | null = null;

  /** In a savepoint. Throws only what fails the whole group. */
  const runOne = async (job: Job): Promise<Answer> => {
    connection.savepoint();
    const answer = await answerOf(
      job,
      writer.run('write', job.work).then(
        (value) => {
          connection.releaseSavepoint();
          return value;
        },
        (error: unknown) => {
          if (writer.failure() === undefined) connection.rollbackToSavepoint();
          throw error;
        },
      ),
    );
    const failure = writer.failure();
    if (failure !== undefined) throw failure;
    return answer;
  };

  const nextOfGroup = (size: number, startedAt: number): Job | undefined => {
    const full = size >= MAX_WRITES || performance.now() - startedAt >= MAX_GROUP_MS;
    return full || queue[0]?.rehearsal === true ? undefined : queue.shift();
  };

  const commitGroup = async (): Promise<void> => {
    const group: Job[] = [];
    const answers: Answer[] = [];
    const startedAt = performance.now();
    try {
      for (;;) {
        const job = nextOfGroup(group.length, startedAt);
        if (job === undefined) break;
        group.push(job);
        answers.push(await runOne(job));
      }
      connection.commit();
    } catch (error) {
      connection.rollback();
      for (const job of group) job.reject(databaseError(error, path));
      return;
    }
    if (writer.mustScrub()) connection.checkpoint();
    for (const answer of answers) answer();
  };

  const rehearse = async (job: Job): Promise<void> => {
    const answer = await answerOf(job, writer.run('write', job.work));
    connection.rollback();
    answer();
  };

  /** False: the lock was not to be had, and those that waited long enough are told so. */
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
      for (const job of failed) job.reject(databaseError(error, path));
      return false;
    }
  };

  const drain = async (): Promise<void> => {
    try {
      while (queue.length > 0) {
        await polite.before();
        if (!(await begin())) continue;
        writer.reset();
        const rehearsal = queue[0]?.rehearsal === true ? queue.shift() : undefined;
        await (rehearsal === undefined ? commitGroup() : rehearse(rehearsal));
        polite.after();
      }
    } finally {
      // In the same turn as the last look into the queue, so that no write is added between and never run.
      loop = null;
    }
  };

  return {
    add: <T>(work: (tx: Tx) => Promise<T>, { rehearsal }: { readonly rehearsal: boolean }) =>
      new Promise<T>((resolve, reject) => {
        // `resolve` is only ever given what `work` resolved to.
        const tell = (value: unknown): void => resolve(value as T);
        queue.push({ work, rehearsal, since: performance.now(), resolve: tell, reject });
        loop ??= drain();
      }),
    idle: async () => {
      while (loop !== null) await loop;
    },
  };
};
