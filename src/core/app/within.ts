import type { AuditEntry } from '../ports/audit.ts';
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

/**
 * Use cases in one write that is rolled back. What they tell the audit apart is committed after it, also when they throw:
 * who tried and was refused, or looked, did so.
 */
export const rehearsed = async <T>(deps: AppDeps, work: (inside: AppDeps) => Promise<T>): Promise<T> => {
  const entries: AuditEntry[] = [];
  const apart = deps.apart ?? ((entry: AuditEntry): void => void entries.push(entry));
  try {
    return await deps.store.rehearse((tx) => {
      // Another attempt tells all of it again.
      entries.splice(0);
      return work({ ...within(deps, tx), apart });
    });
  } finally {
    if (entries.length > 0) {
      await deps.store.write(async ({ audit }) => {
        for (const entry of entries) await audit.add(entry);
      });
    }
  }
};

/** The same use cases for real, each in its own write, or rehearsed in one write that is rolled back. */
export const rehearsable = <T>(
  deps: AppDeps,
  dryRun: boolean,
  work: (deps: AppDeps) => Promise<T>,
): Promise<T> => (dryRun ? rehearsed(deps, work) : work(deps));
