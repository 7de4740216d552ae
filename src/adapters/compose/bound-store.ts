import type { Clock } from '../../core/ports/runtime.ts';
import type { Store, Tx } from '../../core/ports/store.ts';
import type { Settings } from '../config/settings.ts';
import { configuredBinding, ensureBound } from './binding.ts';

/** The store of a command: its first write binds the database, or proves that it is bound to the configured peers. */
export const boundStore = (store: Store, settings: Settings, clock: Clock): Store => {
  let isBound = false;
  const checked =
    <T>(work: (tx: Tx) => Promise<T>) =>
    async (tx: Tx): Promise<T> => {
      if (!isBound) await ensureBound(tx, configuredBinding(settings, clock));
      return work(tx);
    };
  return {
    ...store,
    write: async (work, scope) => {
      const done = await store.write(checked(work), scope);
      isBound = true;
      return done;
    },
    rehearse: (work, scope) => store.rehearse(checked(work), scope),
  };
};
