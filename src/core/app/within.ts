import type { Tx } from '../ports/store.ts';
import type { AppDeps } from './deps.ts';

/**
 * The same deps with a store that is the given write: a use case that opens its own write then takes part in that one,
 * so that a row's events and its journal entry are one commit, or that several changes are rehearsed as one.
 */
export const within = (deps: AppDeps, tx: Tx): AppDeps => {
  const inside = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => work(tx);
  return { ...deps, store: { ...deps.store, write: inside, rehearse: inside, read: inside } };
};

/** The same use cases for real, each in its own write, or rehearsed in one write that is rolled back. */
export const rehearsable = <T>(
  deps: AppDeps,
  dryRun: boolean,
  work: (deps: AppDeps) => Promise<T>,
): Promise<T> => (dryRun ? deps.store.rehearse((tx) => work(within(deps, tx))) : work(deps));
