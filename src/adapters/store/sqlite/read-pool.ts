import type { Tx } from '../../../core/ports/store.ts';
import { databaseError } from './database-error.ts';
import type { Handle } from './handle.ts';

/** Reads that run at the same time; more wait. Each needs a connection, for each sees a state of its own. */
const MAX_READERS = 4;

export type ReadPool = {
  readonly read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** Waits for the reads that run, then closes every connection. */
  readonly close: () => Promise<void>;
};

/** `open` makes a connection that cannot write; it is called when all others are busy. */
export const readPool = (open: () => Handle, path: string): ReadPool => {
  const all: Handle[] = [];
  const free: Handle[] = [];
  const waiting: ((handle: Handle) => void)[] = [];
  const running = new Set<Promise<unknown>>();

  const take = (): Handle | Promise<Handle> => {
    const handle = free.pop();
    if (handle !== undefined) return handle;
    if (all.length >= MAX_READERS) return new Promise((resolve) => waiting.push(resolve));
    const opened = open();
    all.push(opened);
    return opened;
  };

  const giveBack = (handle: Handle): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(handle);
    else next(handle);
  };

  const readWith = async <T>(handle: Handle, work: (tx: Tx) => Promise<T>): Promise<T> => {
    try {
      handle.connection.begin('deferred');
      return await handle.run('read', work);
    } catch (error) {
      throw databaseError(error, path);
    } finally {
      handle.connection.rollback();
      giveBack(handle);
    }
  };

  return {
    read: async (work) => {
      const reading = readWith(await take(), work);
      running.add(reading);
      try {
        return await reading;
      } finally {
        running.delete(reading);
      }
    },
    close: async () => {
      await Promise.allSettled(running);
      for (const { connection } of all) connection.close();
    },
  };
};
