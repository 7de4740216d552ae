import { endBatch, takeBatch } from '../../core/app/batch/batch-lease.ts';
import { ascending, journalRows } from '../../core/app/batch/journal.ts';
import { type BatchSummary, readSummary } from '../../core/app/batch/read-batches.ts';
import type { PlannedRow } from '../../core/app/batch/row.ts';
import { ms } from '../../core/time/iso.ts';
import { appDeps } from '../changing.ts';
import type { InputOf } from '../framework/parse/descriptor.ts';
import type { CommandResult } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { dryAgain } from './dry-run.ts';
import { idleCommand } from './end-notes.ts';
import { fileRows } from './file-rows.ts';
import { limitOf } from './limits.ts';
import { checkOutputs, NO_OUTPUTS } from './outputs.ts';
import { checkerOf, opOf, refuseSingleFlags, rowsAtOnce, sameFile } from './prepare.ts';
import type { batchResume } from './resume.ts';
import { nothingToRun, runRows } from './run-rows.ts';

export const run: Handler<typeof batchResume> = async (ctx, { args, flags, change }) => {
  const { t } = ctx;
  refuseSingleFlags(change);
  const limit = limitOf(flags, t);
  const from = await appDeps(ctx, change);
  const { store } = from;
  const { summary } = await readSummary(from, args.batch, { failures: 0 });
  const { batchId } = summary;
  const isRun = summary.pending === 0 && (summary.state === 'done' || summary.state === 'failed');
  if (isRun && change.wait !== undefined && !change.dryRun) return workOn(ctx, { flags, change, summary });
  if (isRun) {
    await ctx.note(t.batch.alreadyDone(batchId));
    await ctx.note(idleCommand(ctx, summary));
    return nothingToRun(ctx, from, summary);
  }
  const file = await sameFile(ctx, store, batchId);
  const outputs = await checkOutputs(ctx, flags, file);
  const deps = await appDeps(ctx, change);
  if (change.dryRun) {
    const check = await checkerOf(ctx, store, { op: opOf(summary), startedAt: ms(summary.startedAt) });
    return dryAgain(ctx, deps, {
      begin: (inside) => takeBatch(inside, batchId),
      rows: fileRows(file, { check, t }),
      before: ascending(journalRows(store, batchId)),
      limit,
      waits: change.wait !== undefined,
      now: summary,
    });
  }
  const batch = await takeBatch(deps, batchId);
  try {
    const check = await checkerOf(ctx, store, { op: opOf(batch), startedAt: ms(batch.startedAt) });
    return await runRows(ctx, deps, {
      batch,
      rows: fileRows(file, { check, t }),
      finalBefore: batch.rows - summary.pending,
      before: ascending(journalRows(store, batchId)),
      jobs: flags.jobs ?? rowsAtOnce(ctx),
      limit,
      file,
      outputs,
      waitMs: change.wait,
    });
  } catch (error) {
    await endBatch(deps, batch, 'interrupted').catch(() => undefined);
    throw error;
  }
};

/** Every row was run: only the steps of its orders are gone on with. The file is not needed unless it is written anew. */
const workOn = async (
  ctx: CommandContext,
  {
    flags,
    change,
    summary,
  }: Pick<InputOf<typeof batchResume>, 'flags' | 'change'> & { readonly summary: BatchSummary },
): Promise<CommandResult> => {
  const deps = await appDeps(ctx, change);
  const { batchId } = summary;
  const isWritten = flags.report.length > 0 || flags.failedOut.length > 0;
  const file = isWritten ? await sameFile(ctx, deps.store, batchId) : null;
  const outputs = file === null ? NO_OUTPUTS : await checkOutputs(ctx, flags, file);
  return runRows(ctx, deps, {
    batch: await takeBatch(deps, batchId),
    rows: noRows(),
    finalBefore: summary.rows,
    jobs: flags.jobs ?? rowsAtOnce(ctx),
    limit: () => null,
    file: null,
    outputs,
    waitMs: change.wait,
  });
};

async function* noRows(): AsyncGenerator<readonly PlannedRow[], void> {}
