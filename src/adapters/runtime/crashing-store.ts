import type { CrashPoint } from '../../core/app/deps.ts';
import type { Store } from '../../core/ports/store.ts';

/** A store whose commits are crash points: the power goes just before one, or before it returns to its caller. */
export const crashingStore = (store: Store, crash: CrashPoint): Store => ({
  ...store,
  write: async (work, scope) => {
    const done = await store.write(async (tx) => {
      const result = await work(tx);
      crash('commit:before');
      return result;
    }, scope);
    crash('commit:after');
    return done;
  },
});
