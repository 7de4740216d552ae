import { leaveBatch, takeBatch } from '../../core/app/batch/hold-batch.ts';
import { ascending, journalRows } from '../../core/app/batch/journal.ts';
import { readSummary } from '../../core/app/batch/read-batches.ts';
import { ms } from '../../core/time/iso.ts';
import { appDeps } from '../changing.ts';
import type { Handler } from '../framework/context.ts';
import { fileRows } from './file-rows.ts';
import { limitOf } from './limits.ts';
import { checkOutputs } from './outputs.ts';
import { checkerOf, opOf, refuseSingleFlags, sameFile } from './prepare.ts';
import type { batchResume } from './resume.ts';
import { batchResult, nothingToRun, runRows } from './run-rows.ts';

export const run: Handler<typeof batchResume> = async (ctx, { args, flags, change }) => {
  const { t } = ctx;
  refuseSingleFlags(ctx, change);
  const limit = limitOf(flags, t);
  const { store } = await appDeps(ctx, change);
  const { summary } = await readSummary(store, args.batch, { failures: 0 });
  const { batchId } = summary;
  if (summary.pending === 0 && summary.state !== 'running') {
    await ctx.note(t.batch.alreadyDone(batchId));
    return nothingToRun(ctx, { store }, summary);
  }
  const file = await sameFile(ctx, store, batchId);
  const outputs = await checkOutputs(ctx, flags, file);
  if (change.dryRun) {
    await ctx.note(t.common.dryRun);
    return batchResult(ctx, { store }, summary, { exit: 0 });
  }
  const deps = await appDeps(ctx, change);
  const batch = await takeBatch(deps, batchId);
  try {
    const check = await checkerOf(ctx, store, { op: opOf(batch), startedAt: ms(batch.startedAt) });
    return await runRows(ctx, deps, {
      batch,
      rows: fileRows(file, { check, t }),
      finalBefore: batch.rows - summary.pending,
      before: ascending(journalRows(store, batchId)),
      jobs: flags.jobs,
      limit,
      file,
      outputs,
    });
  } catch (error) {
    await leaveBatch(deps, batch, 'interrupted').catch(() => undefined);
    throw error;
  }
};
