import type { BatchSummary } from '../../core/app/batch/read-batches.ts';
import { MOST_REHEARSED, type RehearsedBatch, rehearseBatch } from '../../core/app/batch/rehearse-batch.ts';
import type { PlannedRow } from '../../core/app/batch/row.ts';
import type { AppDeps } from '../../core/app/deps.ts';
import type { Batch, BatchRow } from '../../core/ports/batches.ts';
import { type CommandResult, object } from '../framework/print/result.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { type BatchData, batchBlocks, type CheckedBatch } from './batch-card.ts';
import type { FileCheck } from './check-file.ts';
import type { Limit } from './limits.ts';
import { rowItem } from './row-item.ts';
import { SHOWN_FAILURES, wordFor } from './run-rows.ts';

type DryRows = {
  readonly begin: (inside: AppDeps) => Promise<Batch>;
  readonly rows: AsyncIterable<readonly PlannedRow[]>;
  readonly limit: Limit;
  readonly waits: boolean;
  readonly before?: (line: number) => Promise<BatchRow | null>;
};

const rehearse = async (
  ctx: CommandContext,
  deps: AppDeps,
  { rows, ...dry }: DryRows,
): Promise<RehearsedBatch> => {
  const { signal } = ctx;
  const found = await rehearseBatch(deps, rows, {
    ...{ ...dry, before: dry.before },
    ...{ word: wordFor(ctx), signal, failures: SHOWN_FAILURES },
  });
  if (found.summary.rows > MOST_REHEARSED) await ctx.note(ctx.t.batch.rehearsedFirst(MOST_REHEARSED));
  return found;
};

const exitOf = ({ failed }: BatchSummary): number => (failed > 0 ? EXIT.someFailed : EXIT.done);

/** What a dry run of a file answers: no batch was made, and what would be done is pending. */
export const dryRun = async (
  ctx: CommandContext,
  deps: AppDeps,
  { found, ...dry }: DryRows & { readonly found: FileCheck },
): Promise<CommandResult> => {
  const { t, services } = ctx;
  const { summary, failed } = await rehearse(ctx, deps, dry);
  const { rows, invalidRows } = found;
  const refused = summary.failed - invalidRows;
  const text =
    refused > 0
      ? t.batch.rehearsed(rows - summary.failed, summary.failed)
      : invalidRows === 0
        ? t.batch.checked(rows)
        : t.batch.checkedSkipping(rows - invalidRows, invalidRows);
  const data: CheckedBatch = {
    ...summary,
    batchId: null,
    state: 'checked',
    done: 0,
    pending: summary.pending + summary.done,
    finishedAt: null,
    failures: failed.map((row) => ({ ...rowItem(row), batchId: null })),
    simulated: await services.simulated(),
    dryRun: true,
  };
  return object<CheckedBatch>({
    schema: 'oss.batch/1',
    data,
    id: '',
    exit: exitOf(summary),
    show: (shown, view) => [
      ...(ctx.globals.verbose || refused > 0 ? batchBlocks(shown, view) : []),
      ...(ctx.globals.verbose ? [] : [{ kind: 'text' as const, lines: [text] }]),
    ],
  });
};

/** What a dry run of a batch answers that is there already: how it would stand after it. */
export const dryAgain = async (
  ctx: CommandContext,
  deps: AppDeps,
  { before: journaled, now, ...dry }: DryRows & { readonly now: BatchSummary },
): Promise<CommandResult> => {
  const before = journaled === undefined ? {} : { before: journaled };
  const { summary, failed } = await rehearse(ctx, deps, { ...dry, ...before });
  await ctx.note(ctx.t.common.dryRun);
  const { state, finishedAt } = now;
  return object<BatchData>({
    schema: 'oss.batch/1',
    data: {
      ...summary,
      ...{ state, finishedAt },
      failures: failed.map(rowItem),
      simulated: await ctx.services.simulated(),
    },
    id: summary.batchId,
    show: batchBlocks,
    exit: exitOf(summary),
  });
};
