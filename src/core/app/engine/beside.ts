import type { Clock } from '../../ports/runtime.ts';
import { Refusal } from '../../rules/refusal.ts';
import { isPassing } from './trouble.ts';
import { NO_WATCHDOG, type Sign, type Watchdog, type Watched } from './watchdog.ts';

/** A loop that a worker runs beside its orders until `signal`. */
export type Beside<N extends BesideName> = {
  readonly name: N;
  /** Gives a sign whenever it comes round. */
  readonly run: (signal: AbortSignal, sign: Sign) => Promise<void>;
};

type BesideName = Exclude<Watched['loop'], 'order'>;

export type BesideOptions<N extends BesideName> = {
  readonly clock: Clock;
  /** Ends all of them. */
  readonly signal: AbortSignal;
  /** Hears of a loop that threw, or ended without the signal, with the pause before it begins anew. */
  readonly onRestart: (name: N, error: unknown, pauseMs: number) => void;
  readonly watchdog?: Watchdog;
};

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 300_000;

/** What will not be another time either: the database is another one, or not whole, or of a newer program. */
const isForGood = (error: unknown): boolean =>
  error instanceof Refusal &&
  error.kind === 'configuration' &&
  error.code !== 'ORDER_UNREADABLE' &&
  !isPassing(error);

const keepRunning = async <N extends BesideName>(
  { name, run }: Beside<N>,
  { clock, signal, onRestart, watchdog = NO_WATCHDOG }: BesideOptions<N>,
): Promise<void> => {
  const sign = watchdog.watch({ loop: name });
  for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const error = await run(signal, sign).then(
      () => new Error('it ended by itself'),
      (thrown: unknown) => thrown,
    );
    if (signal.aborted || isForGood(error)) sign.end();
    if (signal.aborted) return;
    if (isForGood(error)) throw error;
    onRestart(name, error, pause);
    sign.alive(pause);
    await clock.wait(pause, signal);
  }
};

/**
 * Runs `main` with loops beside it. One of these that throws or ends begins anew after a pause; what is for good ends
 * everything and is thrown. No loop outlives `main`, whichever way that ends: a process that only compares, or only
 * waits, would look as if it worked.
 */
export const runBeside = async <T, N extends BesideName>(
  main: (signal: AbortSignal) => Promise<T>,
  besides: readonly Beside<N>[],
  options: BesideOptions<N>,
): Promise<T> => {
  const over = new AbortController();
  const signal = AbortSignal.any([options.signal, over.signal]);
  const failures: unknown[] = [];
  const running = besides.map((beside) =>
    keepRunning(beside, { ...options, signal }).catch((error: unknown) => {
      failures.push(error);
      over.abort(error);
    }),
  );
  const [ended] = await Promise.allSettled([main(signal)]);
  over.abort();
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
  if (ended.status === 'rejected') throw ended.reason;
  return ended.value;
};
