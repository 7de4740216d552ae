import { firstPace, type PaceLimits, paceNote } from '../../core/app/engine/pace.ts';
import { mostAtOnce } from '../../core/app/engine/peer-lanes.ts';
import type { KeepCompared } from '../../core/app/reconcile/compare-peers.ts';
import type { DailyHead } from '../../core/app/worker/daily-head.ts';
import { runWorker, type WorkerResult } from '../../core/app/worker/run-worker.ts';
import type { Finding } from '../../core/peers/finding.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { jsonText } from '../../core/values/json-text.ts';
import { shownKey } from '../../core/values/keys.ts';
import { inWords } from '../../texts/coded.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { wordingOf } from '../framework/run/failure.ts';
import { workerProgress } from './progress.ts';

const MOST_JOBS = 1_000;

/** How this process works on orders. */
export type WorkHere = {
  /** `auto`, or a number. */
  readonly jobs: string;
  readonly drain: boolean;
  readonly waitMs: number;
  readonly signal: AbortSignal;
};

/** Runs a worker in this process, and tells on stderr what it does. Throws Refusal BAD_VALUE, and those of `runWorker`. */
export const workHere = async (
  ctx: CommandContext,
  { jobs, drain, waitMs, signal }: WorkHere,
): Promise<WorkerResult> => {
  const { services, t } = ctx;
  const concurrency = jobsOf(ctx, jobs);
  const saga = await services.saga();
  if (!drain) await ctx.note(t.worker.started(services.settings.database.name, jobs));
  const progress = workerProgress(ctx);
  let note = typeof concurrency === 'number' ? null : paceNote(firstPace(concurrency));
  const stopTelling = ctx.onAsked(
    () => void ctx.note(note === null ? String(concurrency) : inWords(t.worker.decisions, note)),
  );
  const result = await runWorker(saga, {
    concurrency,
    drain,
    waitMs,
    signal,
    peers: services.breakers,
    heads: ctx.globals.quiet ? null : dailyHead(ctx),
    compares: comparing(ctx, services.settings.reconcileEveryMinutes),
    onTrouble: (trouble, pauseMs) => void ctx.warn(troubleText(ctx, trouble, pauseMs)),
    onAside: (orderId, error) => void ctx.warn(t.worker.aside(orderId, causeText(ctx, error))),
    onStep: progress.step,
    onOrder: progress.order,
    onPace: (pace) => {
      note = paceNote(pace);
    },
    onFinding: tellFinding(ctx),
    onRestart: (loop, error, pauseMs) =>
      void ctx.warn(t.worker.beginsAgain(loop, causeText(ctx, error), seconds(pauseMs))),
    onNotCompared: (error) => void ctx.warn(t.worker.notCompared(String(error))),
  });
  stopTelling();
  await progress.end();
  return result;
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

const tellFinding =
  (ctx: CommandContext) =>
  ({ kind, key, state }: Finding): void =>
    void ctx.warn(`${ctx.t.ne.kinds[kind]}: ${shownKey(key)} (${ctx.t.ne.states[state]})`);

/** As `oss.head/1` in one line, which `db verify --head` takes. With --quiet nothing would keep it: then none is told. */
const dailyHead = ({ services, note, t }: CommandContext): DailyHead => ({
  read: async () => {
    const database = await services.database('read');
    try {
      return await database.head();
    } finally {
      await database.close();
    }
  },
  tell: (head, date) => note(t.worker.head(date, jsonText({ schema: 'oss.head/1', ...head }))),
});

/** null: the worker does not compare by itself. */
const comparing = (ctx: CommandContext, everyMinutes: number): Omit<KeepCompared, 'signal'> | null => {
  const { t } = ctx;
  if (everyMinutes === 0) return null;
  return {
    everyMs: everyMinutes * 60_000,
    onFinding: tellFinding(ctx),
    onCompared: ({ gaps }) => {
      if (gaps.length > 0) void ctx.warn(t.ne.incomplete(gaps.map(({ part }) => t.ne.gaps[part]).join(', ')));
    },
    onRefusal: (refusal) => void ctx.warn(t.worker.notCompared(wordingOf(t, refusal).what)),
  };
};

/** `auto`: as many as do best, and never more than the peers take at once. */
const jobsOf = ({ services }: CommandContext, text: string): number | PaceLimits => {
  if (text === 'auto') return { least: 1, most: mostAtOnce(services.breakers) };
  const jobs = /^[1-9]\d{0,3}$/.test(text) ? Number(text) : 0;
  if (jobs >= 1 && jobs <= MOST_JOBS) return jobs;
  throw new Refusal('BAD_VALUE', {
    flag: '--jobs',
    value: text,
    expected: { code: 'JOBS', most: MOST_JOBS },
  });
};
