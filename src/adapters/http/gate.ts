import {
  BrokenCircuitError,
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
  TimeoutStrategy,
  timeout,
} from 'cockatiel';
import type { Cause } from '../../core/codes/cause.ts';
import type { BreakerSettings } from '../../core/peers/breaker.ts';
import type { BreakerTable } from '../../core/ports/breakers.ts';
import type { Admission, Permit } from '../../core/ports/peers.ts';
import type { Clock } from '../../core/ports/runtime.ts';
import type { RowBreaker, Verdict } from './row-breaker.ts';

/** What a request came to when the gate did not let it out after all. */
export type GateRefusal = {
  readonly seen: 'breaker-open';
  readonly retryAt: number | null;
  readonly cause: Cause;
};

export type GateOptions = {
  readonly row: RowBreaker;
  /** Requests in flight at most. */
  readonly places: number;
  readonly settings: BreakerSettings;
  readonly clock: Clock;
};

/** The way to one peer: bulkhead without queue, circuit breaker, timeout, in this order. */
export type Gate = {
  /** Inside a write, `breakers` are those of its transaction. */
  readonly admit: (breakers?: BreakerTable) => Promise<Admission>;
  /**
   * Uses the permit up for one request of at most `deadlineMs`, and tells the breaker how `judge` sees its result.
   * Throws for a permit of another gate or one that is used up: that is a mistake of the caller's.
   */
  readonly run: <R>(
    permit: Permit,
    deadlineMs: number,
    send: (signal: AbortSignal) => Promise<R>,
    judge: (result: R) => Verdict,
  ) => Promise<R | GateRefusal>;
  /** Resolves when the breaker's row knows all results. */
  readonly told: () => Promise<void>;
};

type Pass = { readonly gen: number; readonly free: () => void; used: boolean };

export const createGate = ({ row, places, settings, clock }: GateOptions): Gate => {
  const room = bulkhead(places, 0);
  const passes = new WeakMap<Permit, Pass>();
  // A place that was freed is counted as free a moment later.
  let leaving: Promise<void> = Promise.resolve();
  let local = localBreaker(0, settings, clock);

  /** The gen of the row that lets it pass, or why not. */
  const ask = async (breakers?: BreakerTable): Promise<number | Admission> => {
    const admission = await row.admit(breakers);
    if (!admission.admitted) return refused(admission.retryAt, admission.cause);
    const shutMs = admission.gen === local.gen ? local.shutMs() : 0;
    return shutMs === 0 ? admission.gen : refused(clock.now() + shutMs, { code: 'BREAKER_OPEN_HERE' });
  };

  const admit: Gate['admit'] = async (breakers) => {
    if (room.executionSlots === 0) await leaving;
    if (room.executionSlots === 0) {
      return {
        admitted: false,
        why: 'bulkhead-full',
        retryAt: null,
        cause: { code: 'IN_FLIGHT', places },
      };
    }
    const place = takePlace(room);
    const free = (): void => {
      leaving = place.free();
    };
    const asked = await ask(breakers).catch((error: unknown) => {
      free();
      throw error;
    });
    if (typeof asked !== 'number') {
      free();
      return asked;
    }
    const pass: Pass = { gen: asked, free, used: false };
    const permit: Permit = { release: () => giveBack(pass) };
    passes.set(permit, pass);
    return { admitted: true, permit };
  };

  const giveBack = (pass: Pass): void => {
    if (pass.used) return;
    pass.used = true;
    pass.free();
    void row.tell(pass.gen, { kind: 'unused' });
  };

  const run: Gate['run'] = async (permit, deadlineMs, send, judge) => {
    const pass = passes.get(permit);
    if (pass === undefined) throw new Error('a permit of another peer');
    if (pass.used) throw new Error('a permit is good for one request');
    pass.used = true;
    try {
      // Between admission and now the intent was committed: long enough for others to have opened the breaker.
      const shut = row.shutSince(pass.gen);
      if (shut !== null) return openMeanwhile(shut.retryAt);
      if (pass.gen > local.gen) local = localBreaker(pass.gen, settings, clock);
      if (local.shutMs() > 0) return openMeanwhile(clock.now() + local.shutMs());
      const { result, verdict } = await local.execute(deadlineMs, async (signal) => {
        const result = await send(signal);
        return { result, verdict: judge(result) };
      });
      await row.tell(pass.gen, verdict);
      return result;
    } catch (error) {
      if (error instanceof BrokenCircuitError) return openMeanwhile(null);
      throw error;
    } finally {
      pass.free();
    }
  };

  return { admit, run, told: row.told };
};

const refused = (retryAt: number | null, cause: Cause): Admission => ({
  admitted: false,
  why: 'breaker-open',
  retryAt,
  cause,
});

const openMeanwhile = (retryAt: number | null): GateRefusal => ({
  seen: 'breaker-open',
  retryAt,
  cause: { code: 'BREAKER_OPENED' },
});

/** Holds one place of the bulkhead from the admission on; `free` resolves when it can be taken again. */
const takePlace = (room: ReturnType<typeof bulkhead>): { readonly free: () => Promise<void> } => {
  let leave = (): void => {};
  const held = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const left = room.execute(() => held);
  return {
    free: () => {
      leave();
      return left;
    },
  };
};

type Judged<R> = { readonly result: R; readonly verdict: Verdict };

/** The client's own timer speaks first; the policy's holds whatever goes on around it. */
const TIMEOUT_MARGIN_MS = 100;
/** How soon to ask again while this process tries the peer. */
const HALF_OPEN_MS = 1_000;

/**
 * What this process knows without the row: it opens while the row is being written, or cannot be written at all.
 * A new gen of the row begins with a new one: the row decides.
 */
const localBreaker = (gen: number, settings: BreakerSettings, clock: Clock) => {
  const counter = new ConsecutiveBreaker(settings.failures);
  const isFault = (judged: unknown): boolean => (judged as Judged<unknown>).verdict.kind === 'fault';
  const breaker = circuitBreaker(handleWhenResult(isFault), {
    halfOpenAfter: settings.openMs,
    breaker: counter,
  });
  let openedAt = 0;
  let lastFaultAt = 0;
  breaker.onBreak(() => {
    openedAt = clock.monotonic();
  });
  return {
    gen,
    /** For how long nothing passes; 0: the next request may. */
    shutMs: (): number => {
      if (breaker.state === CircuitState.HalfOpen) return HALF_OPEN_MS;
      if (breaker.state !== CircuitState.Open) return 0;
      return Math.max(0, openedAt + settings.openMs - clock.monotonic());
    },
    execute: async <R>(
      deadlineMs: number,
      send: (signal: AbortSignal) => Promise<Judged<R>>,
    ): Promise<Judged<R>> => {
      // The library counts for ever; the settings say which failures belong together.
      if (clock.monotonic() - lastFaultAt > settings.withinMs) counter.state = 0;
      const limit = timeout(Math.max(0, deadlineMs) + TIMEOUT_MARGIN_MS, {
        strategy: TimeoutStrategy.Cooperative,
        // Else every request that ends well pays for an abort that no listener hears.
        abortOnReturn: false,
      });
      // Nested by hand: `wrap` hangs every request on one signal of the library's, which warns of a leak from the 11th on.
      const judged = await breaker.execute(() => limit.execute(({ signal }) => send(signal)));
      if (judged.verdict.kind === 'fault') lastFaultAt = clock.monotonic();
      return judged;
    },
  };
};
