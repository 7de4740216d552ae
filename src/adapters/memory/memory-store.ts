import { AsyncLocalStorage } from 'node:async_hooks';
import type { Ids } from '../../core/ports/runtime.ts';
import { covers, MOST_ATTEMPTS, NeedsScope, type Scope, unionOf } from '../../core/ports/scope.ts';
import type { Store, Tx } from '../../core/ports/store.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { assertNever } from '../../core/values/assert-never.ts';
import type { KeyMarks } from '../../core/values/keys.ts';
import { areWritesRepeated, attempt } from '../store/attempt.ts';
import { commits } from '../store/commits.ts';
import { scopedTx } from '../store/scoped-tx.ts';
import { ANSWERED, type CommitAnswer, type CommitEnd, commitEnd } from './commit-answer.ts';
import { memoryAccessTokens } from './memory-access-tokens.ts';
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
  /** Asked at each COMMIT: what becomes of it. By default its answer comes. */
  readonly answers?: () => CommitAnswer;
  /** By how many ms the clock of the database is ahead; by default it is that of the process. */
  readonly clockAhead?: () => number;
};

/** A transaction that runs now; what is started inside it and outlives it sees `active` false. */
type Running = { active: boolean; readonly mode: 'read' | 'write' };

type Ports = Omit<Tx, 'needs' | 'afterCommit' | 'afterRollback'>;

const memoryPorts = (log: UndoLog, { ids = memoryIds(), secret, keyMarks }: MemoryStoreOptions): Ports => {
  const requests = memoryRequests(log, secret);
  const vault = memoryVault(log, requests.erasePrints);
  const events = memoryEvents(log, ids);
  return {
    events,
    work: memoryWork(log, events),
    ...memoryViews(log, { ...vault, hasSerial: events.hasSerial }),
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
    accessTokens: memoryAccessTokens(log),
  };
};

type Attempting<T> = {
  readonly mode: Running['mode'];
  readonly work: (tx: Tx) => Promise<T>;
  readonly end: () => CommitEnd;
  readonly scope: Scope;
};

type Attempted<T> =
  | { readonly kind: 'done'; readonly result: T }
  | { readonly kind: 'again'; readonly scope: Scope };

/**
 * The store in memory, for tests and simulation. Transactions run one after the other, in the order of their
 * calls, on one state with an undo log; a read waits for the write before it. Several "processes" of a simulation share
 * one store. What a write's scope does not name, it refuses to read for it. Values are kept as they are given, not copied: they are readonly.
 */
export const memoryStore = (options: MemoryStoreOptions = {}): Store => {
  const log = undoLog();
  const ports = memoryPorts(log, options);
  const {
    refusesNesting = true,
    runsTwice = areWritesRepeated(),
    answers = () => ANSWERED,
    clockAhead = () => 0,
  } = options;
  const current = refusesNesting ? new AsyncLocalStorage<Running>() : null;
  let turn: Promise<unknown> = Promise.resolve();
  const committed = commits();
  let closed = false;

  /** One attempt, which `end` ends. */
  const attemptOne = async <T>({ mode, work, end, scope }: Attempting<T>): Promise<Attempted<T>> => {
    const running: Running = { active: true, mode };
    const made = attempt();
    const { afterCommit, afterRollback } = made;
    // Kept here too, should the work catch what tells of it.
    let needed: Scope | null = null;
    const needs = (part: Scope): void => {
      if (mode === 'read' || covers(scope, part)) return;
      needed = unionOf(needed ?? {}, part);
      throw new NeedsScope(part);
    };
    const all: Tx = { ...ports, needs, afterCommit, afterRollback };
    const tx = mode === 'read' || scope === 'everything' ? all : scopedTx(all, () => scope);
    let ended: CommitEnd = 'undone';
    log.begin(mode);
    try {
      const result = await (current === null ? work(tx) : current.run(running, work, tx));
      if (needed !== null) return again(needed);
      ended = end();
      switch (ended) {
        case 'kept':
        case 'undone':
          return { kind: 'done', result };
        case 'again':
          return again({});
        case 'in-doubt':
          throw new Refusal('COMMIT_IN_DOUBT', { database: 'memory' });
        default:
          return assertNever(ended);
      }
    } catch (error) {
      if (needed !== null) return again(needed);
      log.rollBack();
      throw error;
    } finally {
      running.active = false;
      if (ended === 'kept') made.committed();
      else made.undone();
    }
  };

  const again = (scope: Scope): { readonly kind: 'again'; readonly scope: Scope } => {
    log.rollBack({ again: true });
    return { kind: 'again', scope };
  };

  const attemptAll = async <T>(asked: Attempting<T>): Promise<T> => {
    let { scope } = asked;
    let isInVain = asked.mode === 'write' && runsTwice;
    for (let tries = 1; ; tries += 1) {
      const attempted = await attemptOne({ ...asked, scope, end: isInVain ? undoToRepeat : asked.end });
      if (attempted.kind === 'again') {
        scope = tries < MOST_ATTEMPTS ? unionOf(scope, attempted.scope) : 'everything';
      } else if (isInVain) {
        isInVain = false;
      } else {
        return attempted.result;
      }
    }
  };

  const inTurn = <T>(asked: Attempting<T>): Promise<T> => {
    const { mode } = asked;
    const outer = current?.getStore();
    if (outer?.active === true) {
      return Promise.reject(new Error(`a ${mode} inside a ${outer.mode} of the store: use its tx`));
    }
    const run = turn.then(async () => {
      if (closed) throw new Error('the store is closed');
      return attemptAll(asked);
    });
    turn = run.catch(() => undefined);
    return run;
  };

  const undo = (): CommitEnd => {
    log.rollBack();
    return 'undone';
  };
  const undoToRepeat = (): CommitEnd => {
    log.rollBack({ again: true });
    return 'undone';
  };
  const keep = (): CommitEnd => {
    const answer = answers();
    const isDone = answer.kind === 'answered' || answer.isDone;
    if (isDone && log.keep()) committed.tell();
    return commitEnd(answer);
  };

  return {
    write: (work, scope = 'everything') => inTurn({ mode: 'write', work, end: keep, scope }),
    rehearse: (work, scope = 'everything') => inTurn({ mode: 'write', work, end: undo, scope }),
    read: (work) => inTurn({ mode: 'read', work, end: undo, scope: {} }),
    scrub: async () => true,
    clockAhead,
    changes: async (signal) => committed.listen(signal),
    close: async () => {
      await turn;
      closed = true;
      // Each promise of the process visits a hook that is never disabled: thousands of stores would crawl.
      current?.disable();
    },
  };
};
