import { AsyncLocalStorage } from 'node:async_hooks';
import type { Ids } from '../../core/ports/runtime.ts';
import type { Store, Tx } from '../../core/ports/store.ts';
import type { KeyMarks } from '../../core/values/keys.ts';
import { areWritesRepeated, attempt } from '../store/attempt.ts';
import { commits } from './commits.ts';
import { memoryAudit } from './memory-audit.ts';
import { memoryBatches } from './memory-batches.ts';
import { memoryComparisons } from './memory-comparisons.ts';
import { memoryEvents } from './memory-events.ts';
import { memoryIds } from './memory-ids.ts';
import {
  memoryBreakers,
  memoryKeyProofs,
  memoryMeta,
  memoryRequests,
  memoryTechnicians,
  memoryTravel,
} from './memory-tables.ts';
import { memoryVault } from './memory-vault.ts';
import { memoryViews } from './memory-views.ts';
import { memoryWork } from './memory-work.ts';
import { type UndoLog, undoLog } from './undo-log.ts';

export type MemoryStoreOptions = {
  /** Where event ids come from; deterministic ones by default. */
  readonly ids?: Ids;
  /** Keys the fingerprints of requests; drawn by default. */
  readonly secret?: string;
  /** Marks of the names of services and calls; by default these have none. */
  readonly keyMarks?: KeyMarks;
  /**
   * false: a transaction inside another waits for ever in place of being refused, as an endless wait is noticed too. To
   * know what runs inside what costs a tenth of all (default true).
   */
  readonly refusesNesting?: boolean;
  /** Runs the work of each write twice, the first time in vain. */
  readonly runsTwice?: boolean;
};

/** A transaction that runs now; what is started inside it and outlives it sees `active` false. */
type Running = { active: boolean; readonly mode: 'read' | 'write' };

type Ports = Omit<Tx, 'afterCommit' | 'afterRollback'>;

const memoryPorts = (log: UndoLog, { ids = memoryIds(), secret, keyMarks }: MemoryStoreOptions): Ports => {
  const requests = memoryRequests(log, secret);
  const vault = memoryVault(log, requests.erasePrints);
  const events = memoryEvents(log, ids);
  return {
    events,
    work: memoryWork(log, events),
    ...memoryViews(log, vault),
    vault,
    technicians: memoryTechnicians(log),
    travel: memoryTravel(log),
    requests,
    audit: memoryAudit(log),
    meta: memoryMeta(log, keyMarks),
    breakers: memoryBreakers(log),
    keyProofs: memoryKeyProofs(log),
    batches: memoryBatches(log),
    comparisons: memoryComparisons(log),
  };
};

/**
 * The store in memory, for tests and simulation. Transactions run one after the other, in the order of their
 * calls, on one state with an undo log; a read waits for the write before it. Several "processes" of a simulation share
 * one store. Values are kept as they are given, not copied: they are readonly.
 */
export const memoryStore = (options: MemoryStoreOptions = {}): Store => {
  const log = undoLog();
  const ports = memoryPorts(log, options);
  const { refusesNesting = true, runsTwice = areWritesRepeated() } = options;
  const current = refusesNesting ? new AsyncLocalStorage<Running>() : null;
  let turn: Promise<unknown> = Promise.resolve();
  const committed = commits();
  let closed = false;

  /** One attempt, which `end` ends: it says whether what was done is kept. */
  const attemptOne = async <T>(
    mode: Running['mode'],
    work: (tx: Tx) => Promise<T>,
    end: () => boolean,
  ): Promise<T> => {
    const running: Running = { active: true, mode };
    const made = attempt();
    const { afterCommit, afterRollback } = made;
    const tx: Tx = { ...ports, afterCommit, afterRollback };
    let isKept = false;
    log.begin(mode);
    try {
      const result = await (current === null ? work(tx) : current.run(running, work, tx));
      isKept = end();
      return result;
    } catch (error) {
      log.rollBack();
      throw error;
    } finally {
      running.active = false;
      if (isKept) made.committed();
      else made.undone();
    }
  };

  const inTurn = <T>(mode: Running['mode'], work: (tx: Tx) => Promise<T>, end: () => boolean): Promise<T> => {
    const outer = current?.getStore();
    if (outer?.active === true) {
      return Promise.reject(new Error(`a ${mode} inside a ${outer.mode} of the store: use its tx`));
    }
    const run = turn.then(async () => {
      if (closed) throw new Error('the store is closed');
      if (mode === 'write' && runsTwice) await attemptOne(mode, work, undoToRepeat);
      return attemptOne(mode, work, end);
    });
    turn = run.catch(() => undefined);
    return run;
  };

  const undo = (): boolean => {
    log.rollBack();
    return false;
  };
  const undoToRepeat = (): boolean => {
    log.rollBack({ again: true });
    return false;
  };
  const keep = (): boolean => {
    if (log.keep()) committed.tell();
    return true;
  };

  return {
    write: (work) => inTurn('write', work, keep),
    rehearse: (work) => inTurn('write', work, undo),
    read: (work) => inTurn('read', work, undo),
    scrub: async () => true,
    changes: async (signal) => committed.listen(signal),
    close: async () => {
      await turn;
      closed = true;
      // Each promise of the process visits a hook that is never disabled: thousands of stores would crawl.
      current?.disable();
    },
  };
};
