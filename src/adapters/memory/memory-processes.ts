import type { Processes } from '../../core/ports/runtime.ts';

/** Processes of a test: every one lives until the test lets it die. */
export type MemoryProcesses = Processes & {
  /** From now on `alive` says no for this owner. */
  readonly die: (owner: string) => void;
  /** The same set of processes, seen by another one. */
  readonly as: (owner: string) => MemoryProcesses;
};

export const memoryProcesses = (self = 'test/1/0', dead: Set<string> = new Set()): MemoryProcesses => ({
  self,
  alive: (owner) => !dead.has(owner),
  die: (owner) => {
    dead.add(owner);
  },
  as: (owner) => memoryProcesses(owner, dead),
});
