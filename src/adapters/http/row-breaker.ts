import type { Cause } from '../../core/codes/cause.ts';
import type { Warning } from '../../core/codes/warning.ts';
import {
  admitBreaker,
  afterFailure,
  afterSuccess,
  afterUnused,
  type BreakerSettings,
  type BreakerWrite,
  breakerNow,
} from '../../core/peers/breaker.ts';
import type { BreakerRow } from '../../core/peers/breaker-row.ts';
import { breakerRowFault, mendedBreakerRow } from '../../core/peers/breaker-row.ts';
import type { BreakerTable } from '../../core/ports/breakers.ts';
import type { Clock } from '../../core/ports/runtime.ts';

/** How a breaker reads and writes the stored rows; by default each in a transaction of its own. */
export type BreakerAccess = {
  readonly readRow: (name: string) => Promise<BreakerRow | null>;
  /** As `BreakerTable.compareAndSet`. */
  readonly compareAndSet: (row: BreakerRow, expectedGen: number | null) => Promise<boolean>;
};

export type RowBreakerOptions = {
  readonly name: string;
  readonly settings: BreakerSettings;
  readonly access: BreakerAccess;
  readonly clock: Clock;
  /** This process, as `Processes.self`. */
  readonly self: string;
  /** 0 to 1, for the jitter. */
  readonly random: () => number;
  /** Hears what could not be read or written; the breaker goes on without it. */
  readonly warn: (warning: Warning) => void;
};

export type RowAdmission =
  | { readonly admitted: true; readonly gen: number }
  | { readonly admitted: false; readonly retryAt: number | null; readonly cause: Cause };

/** How a request that was admitted ended, as far as the breaker is concerned. */
export type Verdict =
  | { readonly kind: 'alive' }
  | { readonly kind: 'fault'; readonly cause: Cause }
  | { readonly kind: 'back-off'; readonly cause: Cause; readonly retryAt: number | null }
  /** Nothing was sent, for a reason of our own. */
  | { readonly kind: 'unused' };

/** The breaker that all processes share, through its row. */
export type RowBreaker = {
  /** Inside a write, `breakers` are those of its transaction. */
  readonly admit: (breakers?: BreakerTable) => Promise<RowAdmission>;
  /** Tells the row how a request of that gen ended. Writes only what changes; never rejects. */
  readonly tell: (gen: number, verdict: Verdict) => Promise<void>;
  /** Not null when the row, as last seen, was opened after the admission of that gen. Reads nothing. */
  readonly shutSince: (gen: number) => { readonly retryAt: number | null } | null;
  /** Resolves when every verdict is written. */
  readonly told: () => Promise<void>;
};

/** A process that always writes first decides: this one gives in after so many tries. */
const MAX_ATTEMPTS = 8;

export const createRowBreaker = (options: RowBreakerOptions): RowBreaker => {
  const { name, settings, access, clock, warn } = options;
  // The row as this process saw it last.
  let known = breakerNow(null, name, settings).row;
  let telling: Promise<void> = Promise.resolve();

  const read = async ({ readRow }: BreakerAccess): Promise<BreakerRow | null> => {
    const row = await readRow(name);
    const fault = row === null ? null : breakerRowFault(row);
    if (row !== null && fault !== null) warn({ code: 'BREAKER_DAMAGED', name, fields: fault });
    const stored = row !== null && fault !== null ? mendedBreakerRow(row, name) : row;
    known = breakerNow(stored, name, settings).row;
    return stored;
  };
  const write = async (
    { compareAndSet }: BreakerAccess,
    { row, expectedGen }: BreakerWrite,
  ): Promise<boolean> => {
    const written = await compareAndSet(row, expectedGen);
    if (written) known = row;
    return written;
  };

  const admit: RowBreaker['admit'] = async (breakers) => {
    const rows = breakers === undefined ? access : { ...breakers, readRow: breakers.get };
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const admission = admitBreaker(await read(rows), clock.now(), settings, { name, owner: options.self });
      if (admission.kind === 'pass') return { admitted: true, gen: admission.gen };
      if (admission.kind === 'refused') {
        return { admitted: false, retryAt: admission.retryAt, cause: admission.cause };
      }
      if (await write(rows, admission.write)) return { admitted: true, gen: admission.gen };
    }
    return { admitted: false, retryAt: null, cause: { code: 'BREAKER_PROBED' } };
  };

  const change = async (next: (stored: BreakerRow | null) => BreakerWrite | null): Promise<void> => {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const change = next(await read(access));
      if (change === null || (await write(access, change))) return;
    }
  };

  const nextRow = (stored: BreakerRow | null, gen: number, verdict: Verdict): BreakerWrite | null => {
    const now = clock.now();
    switch (verdict.kind) {
      case 'alive':
        return afterSuccess(stored, gen, settings, name);
      case 'unused':
        return afterUnused(stored, gen, now, settings, name);
      case 'fault':
      case 'back-off': {
        const backOff = verdict.kind === 'back-off' ? { retryAt: verdict.retryAt } : null;
        const fault = { cause: verdict.cause, backOff, draw: options.random() };
        return afterFailure(stored, gen, now, settings, name, fault);
      }
    }
  };

  const tellNow = async (gen: number, verdict: Verdict): Promise<void> => {
    try {
      await change((stored) => nextRow(stored, gen, verdict));
    } catch (error) {
      // The outcome of the request is worth more than the breaker's book-keeping.
      const told = error instanceof Error ? error.message : String(error);
      warn({ code: 'BREAKER_NOT_WRITTEN', name, error: told });
    }
  };

  return {
    admit,
    tell: (gen, verdict) => {
      // The usual case, without a look at the store. Failures that another process counted meanwhile stay counted:
      // no row says which of the two came first.
      const allWell = known.state === 'closed' && known.failures === 0;
      if (allWell && (verdict.kind === 'alive' || verdict.kind === 'unused')) return Promise.resolve();
      // One after the other, so that failures of one process that end together are all counted.
      telling = telling.then(() => tellNow(gen, verdict));
      return telling;
    },
    shutSince: (gen) => {
      if (known.state === 'closed' || known.gen === gen) return null;
      return { retryAt: known.openUntil ?? known.probeUntil };
    },
    told: () => telling,
  };
};
