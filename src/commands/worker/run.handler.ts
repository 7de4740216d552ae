import { pendingSteps } from '../../core/app/engine/after-change.ts';
import { runBeside } from '../../core/app/engine/beside.ts';
import { type DrainOptions, type DrainResult, drain } from '../../core/app/engine/drain.ts';
import { firstPace, type PaceLimits, paceNote } from '../../core/app/engine/pace.ts';
import { GIVE_UP_MS } from '../../core/app/engine/trouble.ts';
import { compareIfDue, type KeepCompared, keepCompared } from '../../core/app/reconcile/compare-peers.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { iso } from '../../core/time/iso.ts';
import { shownKey } from '../../core/values/keys.ts';
import { tone } from '../../faces/cli/terminal/blocks.ts';
import { object } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { wordingOf } from '../framework/run/failure.ts';
import { closedLanes, lanePlaces, mostAtOnce } from './lanes.ts';
import { workerProgress } from './progress.ts';
import type { worker, workerRun } from './run.ts';

const DEFAULT_WAIT_MS = 60_000;
const MOST_JOBS = 1_000;

/** An item of `oss.drain/1`. */
export type Drained = {
  /** Orders that were brought as far as they come without people and later days. */
  readonly done: number;
  readonly waiting: number;
  readonly held: number;
  readonly nextDueAt: string | null;
  readonly simulated: boolean;
};

export const run: Handler<typeof worker | typeof workerRun> = async (ctx, { flags }) => {
  const { services, t } = ctx;
  if (flags.wait !== undefined && !flags.drain) {
    throw new Refusal('USAGE', { message: '--wait needs --drain', example: 'worker --drain --wait 5m' });
  }
  const concurrency = jobsOf(ctx, flags.jobs);
  const most = typeof concurrency === 'number' ? concurrency : concurrency.most;
  const saga = await services.saga();
  if (!flags.drain) await ctx.note(t.worker.started(services.settings.database.path, flags.jobs));
  const progress = workerProgress(ctx);
  const { reconcileEveryMinutes } = services.settings;
  const compares = comparing(ctx, reconcileEveryMinutes);
  let note = typeof concurrency === 'number' ? String(concurrency) : paceNote(firstPace(concurrency));
  const stopTelling = ctx.onAsked(() => void ctx.note(t.worker.decision(note)));
  let done = 0;
  const work: Omit<DrainOptions, 'signal'> = {
    concurrency,
    drain: flags.drain,
    waitMs: flags.wait ?? DEFAULT_WAIT_MS,
    patienceMs: GIVE_UP_MS,
    onTrouble: (trouble, pauseMs) => void ctx.warn(troubleText(ctx, trouble, pauseMs)),
    onAside: (orderId, error) => void ctx.warn(t.worker.aside(orderId, causeText(ctx, error))),
    onStep: progress.step,
    onOrder: (_orderId, process) => {
      // An order that found no place at its peer comes back: it is counted once, when nothing technical is left.
      if (pendingSteps(process, saga).length > 0) return;
      done += 1;
      progress.order();
    },
    onPace: (pace) => {
      note = paceNote(pace);
    },
    closedLanes: () => closedLanes(services),
    places: lanePlaces(services, most),
  };
  const besides =
    flags.drain || compares === null
      ? []
      : [{ name: 'compare', run: (signal: AbortSignal) => keepCompared(saga, { ...compares, signal }) }];
  let result = await runBeside((signal) => drain(saga, { ...work, signal }), besides, {
    clock: services.clock,
    signal: ctx.signal,
    onRestart: (_, error, pauseMs) =>
      void ctx.warn(t.worker.comparesAgain(causeText(ctx, error), seconds(pauseMs))),
  });
  if (flags.drain && compares !== null && !ctx.signal.aborted) {
    const { signal } = ctx;
    const waited = await harmless(ctx, compareIfDue(saga, { ...compares, signal }));
    // What it found is work too.
    if (waited === 0) result = await drain(saga, { ...work, signal });
  }
  stopTelling();
  await progress.end();
  const data = await drained(ctx, result, done);
  return object<Drained>({
    schema: 'oss.drain/1',
    data,
    id: String(data.done),
    exit: exitOf(result),
    show: (shown, view) => [
      {
        kind: 'card',
        sections: [
          {
            rows: [
              [t.worker.done, String(shown.done)],
              [t.worker.waiting, shown.waiting === 0 ? '0' : tone('warn', String(shown.waiting))],
              [t.worker.held, shown.held === 0 ? '0' : tone('warn', String(shown.held))],
              [t.worker.nextDue, shown.nextDueAt === null ? t.common.none : view.time(shown.nextDueAt)],
            ],
          },
        ],
      },
    ],
    notes: [...result.closed].map(([lane, until]) =>
      t.worker.breakerOpen(t.changes.peers[lane], Number.isFinite(until) ? view(ctx, until) : null),
    ),
    hints: data.waiting === 0 ? [] : [{ command: 'worker status' }],
  });
};

const seconds = (ms: number): number => Math.ceil(ms / 1_000);

const causeText = ({ t }: CommandContext, error: unknown): string => {
  if (!(error instanceof Refusal))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const { what, why } = wordingOf(t, error);
  return why === undefined ? what : `${what}: ${why}`;
};

const troubleText = (ctx: CommandContext, trouble: Refusal, pauseMs: number): string =>
  ctx.t.worker.trouble(causeText(ctx, trouble), seconds(pauseMs));

/** null: the worker does not compare by itself. */
const comparing = (ctx: CommandContext, everyMinutes: number): Omit<KeepCompared, 'signal'> | null => {
  const { t } = ctx;
  if (everyMinutes === 0) return null;
  return {
    everyMs: everyMinutes * 60_000,
    onFinding: ({ kind, key, state }) =>
      void ctx.warn(`${t.ne.kinds[kind]}: ${shownKey(key)} (${t.ne.states[state]})`),
    onCompared: ({ gaps }) => {
      if (gaps.length > 0) void ctx.warn(t.ne.incomplete(gaps.map(({ part }) => t.ne.gaps[part]).join(', ')));
    },
    onRefusal: (refusal) => void ctx.warn(t.worker.notCompared(wordingOf(t, refusal).what)),
  };
};

/** The orders come first: whatever goes wrong in comparing does not end the worker. */
const harmless = <T>(ctx: CommandContext, comparison: Promise<T>): Promise<T | null> =>
  comparison.catch(async (error: unknown) => {
    await ctx.warn(ctx.t.worker.notCompared(String(error)));
    return null;
  });

const view = (ctx: CommandContext, at: number): string => ctx.view.clock(at);

/** 0: nothing technical is left; 75: a breaker is open; 8: work remains. */
const exitOf = ({ waiting, closed }: DrainResult): number => {
  if (waiting === 0) return EXIT.done;
  return closed.size > 0 ? EXIT.tryLater : EXIT.notFinished;
};

const drained = async ({ services }: CommandContext, result: DrainResult, done: number): Promise<Drained> => {
  const store = await services.store('write');
  const counts = await store.read((tx) => tx.views.counts());
  return {
    done,
    waiting: result.waiting,
    held: counts.held ?? 0,
    // What is due at once has no moment of its own.
    nextDueAt: result.nextDueAt === null ? null : iso(Math.max(result.nextDueAt, services.clock.now())),
    simulated: await services.simulated(),
  };
};

/** `auto`: as many as do best, and never more than the peers take at once. */
const jobsOf = ({ services }: CommandContext, text: string): number | PaceLimits => {
  if (text === 'auto') return { least: 1, most: mostAtOnce(services) };
  const jobs = /^[1-9]\d{0,3}$/.test(text) ? Number(text) : 0;
  if (jobs >= 1 && jobs <= MOST_JOBS) return jobs;
  throw new Refusal('BAD_VALUE', { flag: '--jobs', value: text, expected: `auto, or 1 to ${MOST_JOBS}` });
};
