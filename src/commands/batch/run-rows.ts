import { endBatch } from '../../core/app/batch/batch-lease.ts';
import { type BatchReading, type BatchSummary, readSummary } from '../../core/app/batch/read-batches.ts';
import type { PlannedRow, WordError } from '../../core/app/batch/row.ts';
import { type BatchRun, runBatch } from '../../core/app/batch/run-batch.ts';
import type { WorkLook } from '../../core/app/batch/work-on-orders.ts';
import type { AppDeps } from '../../core/app/deps.ts';
import type { BatchFile } from '../../core/ports/batch-file.ts';
import type { Batch, BatchRow } from '../../core/ports/batches.ts';
import { isRefusal } from '../../core/rules/refusal.ts';
import { jsonText } from '../../core/values/json-text.ts';
import { withLocalTimes } from '../framework/print/local-times.ts';
import { type CommandResult, list, object } from '../framework/print/result.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { Failed } from '../framework/run/failure.ts';
import { type BatchData, batchBlocks } from './batch-card.ts';
import { endNotes, resumeLine } from './end-notes.ts';
import type { Limit } from './limits.ts';
import type { BatchOutputs } from './outputs.ts';
import { batchProgress } from './progress.ts';
import { rowColumns } from './row-columns.ts';
import { type RowItem, rowItem } from './row-item.ts';
import { reasonOf } from './row-problem.ts';
import { channel } from './rows-channel.ts';
import { type BatchWork, batchWork } from './work.ts';

/** Failures that are shown on a terminal and in JSON. */
export const SHOWN_FAILURES = 50;
/** Rows between the run and a slow reader of stdout. */
const ROOM = 2_000;

export type RunRows = {
  readonly batch: Batch;
  /** In file order, some at a time. */
  readonly rows: AsyncIterable<readonly PlannedRow[]>;
  /** How many of the batch's rows are final already. */
  readonly finalBefore: number;
  readonly before?: (line: number) => Promise<BatchRow | null>;
  readonly jobs: number;
  readonly limit: Limit;
  /** The file that the rows come from; its content is compared at the end. null: it need not be the batch's file. */
  readonly file: BatchFile | null;
  readonly outputs: BatchOutputs;
  /** With it the steps of the batch's orders are run too, until nothing was done for so many ms. */
  readonly waitMs: number | undefined;
};

/**
 * Runs rows and tells how: each row as NDJSON when stdout is no terminal, else the failures and the figures at the end.
 * Whatever ends it, the batch is left so that it can be gone on with.
 */
export const runRows = async (ctx: CommandContext, deps: AppDeps, run: RunRows): Promise<CommandResult> => {
  if (showsWhole(ctx)) {
    const { summary, notes, exit, left } = await runToEnd(ctx, deps, run, () => undefined);
    return { ...(await batchResult(ctx, deps, summary, { exit, left })), notes };
  }
  const { format } = ctx;
  const rows = channel<RowItem>(ROOM);
  let exit = 0;
  async function* items(): AsyncGenerator<RowItem, void> {
    const ended = runToEnd(ctx, deps, run, (row) =>
      format === 'id' && row.orderId === null ? undefined : rows.push(rowItem(row)),
    ).finally(rows.end);
    // It is awaited below; until then nothing must take its failure for forgotten.
    ended.catch(() => undefined);
    try {
      yield* rows.items();
    } finally {
      rows.drop();
      const told = await ended;
      exit = told.exit;
      for (const note of told.notes) await ctx.note(note);
    }
  }
  return rowList(ctx, { items: items(), isWaiting: rows.isEmpty, exitAtEnd: () => exit });
};

/** The batch at its end, or each row as it becomes final: that is what a pipe is for. */
const showsWhole = ({ format, terminal }: CommandContext): boolean =>
  format === 'json' || (format === 'table' && terminal.stdoutTty);

const rowList = (
  { t }: CommandContext,
  rows: Pick<Parameters<typeof list<RowItem>>[0], 'items' | 'isWaiting' | 'exitAtEnd'>,
): CommandResult =>
  list<RowItem>({
    schema: 'oss.batch-rows/1',
    id: ({ orderId }) => orderId ?? '',
    columns: rowColumns(t),
    line: (item) => jsonText(item),
    ...rows,
  });

/** No row is left to run: the batch as it stands, and no rows. */
export const nothingToRun = async (
  ctx: CommandContext,
  deps: BatchReading,
  summary: BatchSummary,
): Promise<CommandResult> =>
  showsWhole(ctx)
    ? batchResult(ctx, deps, summary)
    : rowList(ctx, { items: [], exitAtEnd: () => exitOf(summary) });

/** 0, or 7 when some rows failed. */
const exitOf = ({ failed }: BatchSummary): number => (failed > 0 ? EXIT.someFailed : EXIT.done);

/** The batch as it stands. */
export const batchResult = async (
  ctx: CommandContext,
  from: BatchReading,
  { batchId }: { readonly batchId: string },
  ending: { readonly exit?: number; readonly left?: number | undefined } = {},
): Promise<CommandResult> => {
  const { summary, failed } = await readSummary(from, batchId, { failures: SHOWN_FAILURES });
  const simulated = await ctx.services.simulated();
  return object<BatchData>({
    schema: 'oss.batch/1',
    data: {
      ...summary,
      ...(ending.left === undefined ? {} : { ordersLeft: ending.left }),
      failures: failed.map(rowItem),
      simulated,
    },
    id: summary.batchId,
    show: batchBlocks,
    exit: ending.exit ?? exitOf(summary),
  });
};

/** What a row was refused with and why, in its words, its times as the operator's clock shows them. */
export const wordFor =
  ({ t, view }: CommandContext): WordError =>
  (refusal, differs) => {
    const what = withLocalTimes(reasonOf(refusal, t), view.tz);
    const message = differs.length === 0 ? what : `${what}; ${t.batch.differs(differs)}`;
    return { code: refusal.code, message };
  };

/** How it ended, and what is left to say after everything else. */
type Ended = {
  readonly summary: BatchSummary;
  readonly exit: number;
  /** Orders with technical work left; undefined: that is not ours to wait for. */
  readonly left: number | undefined;
  readonly notes: readonly string[];
};

const runToEnd = async (
  ctx: CommandContext,
  deps: AppDeps,
  run: RunRows,
  onRow: (row: BatchRow) => Promise<void> | undefined,
): Promise<Ended> => {
  const { batch, finalBefore, waitMs } = run;
  const { batchId } = batch;
  const { t, program } = ctx;
  const resume = resumeLine(program, batchId, waitMs !== undefined);
  await ctx.note(t.batch.started(batchId, batch.rows - finalBefore, resume));
  const progress = batchProgress(ctx, batch.rows, finalBefore);
  let work: BatchWork | null = null;
  let ending: BatchRun['ending'];
  let look: WorkLook | null = null;
  try {
    work = waitMs === undefined ? null : await workOf(ctx, deps, run, waitMs);
    const {
      onRow: follow,
      ready,
      signal,
    } = work ?? { onRow: () => {}, ready: undefined, signal: ctx.signal };
    const listen = (row: BatchRow): Promise<unknown> | undefined => {
      follow(row);
      const told = progress.row(row.state === 'failed' ? 'failed' : 'other');
      const taken = onRow(row);
      return told === undefined ? taken : Promise.all([told, taken]);
    };
    ({ ending } = await runBatch(deps, batch, run.rows, {
      jobs: run.jobs,
      maxFailures: run.limit(batch.rows),
      signal,
      word: wordFor(ctx),
      onRow: listen,
      before: run.before,
      ready,
    }));
    mustBeSameFile(ctx, run, ending);
    await progress.end();
    const ended = work;
    work = null;
    look = (await ended?.end(ending === 'finished')) ?? null;
  } catch (error) {
    await progress.end();
    await work?.end(false).catch(() => undefined);
    // Of another process now: it is not ours to change.
    if (!isRefusal(error, 'BATCH_HELD')) await endBatch(deps, batch, 'interrupted').catch(() => undefined);
    if (!isFileChanged(error)) await ctx.note(t.batch.goOn(resume));
    throw error;
  }
  const before = await readSummary(deps, batchId, { failures: 0 });
  await endBatch(deps, batch, stateAfter(ending, before.summary));
  const { summary } = await readSummary(deps, batchId, { failures: 0 });
  await run.outputs.write(summary);
  if (summary.failed === 0 && summary.pending === 0) {
    await (await ctx.services.batchFiles()).removeSpool(batch.file);
  }
  const left = look?.unfinished;
  const isGivenUp = ending !== 'limit' && look !== null && (look.unfinished > 0 || summary.pending > 0);
  return {
    summary,
    left,
    exit: isGivenUp ? EXIT.tryLater : exitOf(summary),
    notes: await endNotes(ctx, { summary, ending, look }),
  };
};

const workOf = (ctx: CommandContext, deps: AppDeps, run: RunRows, waitMs: number): Promise<BatchWork> =>
  batchWork(ctx, deps, { batch: run.batch, waitMs, hasEarlierRows: run.finalBefore > 0 });

/** A retry that is finished may leave rows that were never run. */
const stateAfter = (ending: BatchRun['ending'], { pending }: BatchSummary): Batch['state'] => {
  if (ending === 'limit') return 'failed';
  return ending === 'interrupted' || pending > 0 ? 'interrupted' : 'done';
};

const FILE_CHANGED = 'FILE_CHANGED';

const isFileChanged = (error: unknown): boolean => error instanceof Failed && error.code === FILE_CHANGED;

/** A file that is not the one that was checked, or run before. Exit 65. */
export const fileChanged = ({ t }: CommandContext, path: string): Failed =>
  new Failed(FILE_CHANGED, EXIT.badFile, {
    what: t.batch.fileChanged(path),
    why: t.batch.fileChangedWhy,
    next: t.batch.fileChangedNext,
  });

/** It may have been changed between the passes. */
const mustBeSameFile = (ctx: CommandContext, { file, batch }: RunRows, ending: BatchRun['ending']): void => {
  if (file === null || ending !== 'finished') return;
  if (file.facts().hash !== batch.fileHash) throw fileChanged(ctx, file.path);
};
