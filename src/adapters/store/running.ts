import { AsyncLocalStorage } from 'node:async_hooks';
import type { Tx } from '../../core/ports/store.ts';

/** A transaction that runs now. What is started inside it and outlives it sees `active` false. */
export type Running = { active: boolean; readonly mode: 'read' | 'write'; readonly tx: Tx };

/** Which transaction the calling code is in, through its awaits. */
export type Current = AsyncLocalStorage<Running>;

export const current = (): Current => new AsyncLocalStorage<Running>();

/** The transaction that the caller is in, if it has not ended. */
export const enclosing = (of: Current): Running | null => {
  const running = of.getStore();
  return running?.active === true ? running : null;
};

/** Runs `work` as `running`, which ends with it. */
export const runAs = async <T>(of: Current, running: Running, work: () => Promise<T>): Promise<T> => {
  try {
    return await of.run(running, work);
  } finally {
    running.active = false;
  }
};
