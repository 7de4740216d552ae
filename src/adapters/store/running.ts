import { AsyncLocalStorage } from 'node:async_hooks';

/** A transaction that runs now. When it has ended, whatever was started inside it finds `active` false. */
export type Running = { active: boolean; readonly mode: 'read' | 'write' };

let followed: AsyncLocalStorage<Running> | null = null;

/**
 * From now on stores know which transaction their caller is in, through its awaits, and refuse one that would wait for
 * itself or not see what it wrote. Tests ask for it (test/setup.ts): every promise of the process pays, a tenth of the
 * time of a worker.
 */
export const followTransactions = (): void => {
  followed ??= new AsyncLocalStorage<Running>();
};

/** The transaction that the caller is in, as far as that is known. */
export const enclosing = (): Running | null => {
  const running = followed?.getStore();
  return running?.active === true ? running : null;
};

/** Runs `work` as `running`, which ends with it. */
export const runAs = async <T>(running: Running, work: () => Promise<T>): Promise<T> => {
  try {
    return await (followed === null ? work() : followed.run(running, work));
  } finally {
    running.active = false;
  }
};
