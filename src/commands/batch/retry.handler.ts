import { takeBatch } from '../../core/app/batch/batch-lease.ts';
import { ascending, journalRows } from '../../core/app/batch/journal.ts';
import { readSummary } from '../../core/app/batch/read-batches.ts';
import type { PlannedRow } from '../../core/app/batch/row.ts';
import type { AppDeps } from '../../core/app/deps.ts';
import type { Store } from '../../core/ports/store.ts';
import { ms } from '../../core/time/iso.ts';
import { appDeps } from '../changing.ts';
import type { Handler } from '../framework/run/context.ts';
import { checkFile, invalidFile } from './check-file.ts';
import { headerProblems } from './check-header.ts';
import { dryAgain } from './dry-run.ts';
import { idleCommand } from './end-notes.ts';
import { fileRows } from './file-rows.ts';
import { limitOf } from './limits.ts';
import { checkOutputs } from './outputs.ts';
import { checkerOf, openFile, opOf, refuseSingleFlags, rowsAtOnce, sameFile } from './prepare.ts';
import type { batchRetry } from './retry.ts';
import { nothingToRun, runRows } from './run-rows.ts';

export const run: Handler<typeof batchRetry> = async (ctx, { args, flags, change }) => {
  const { t } = ctx;
  refuseSingleFlags(change);
  const limit = limitOf(flags, t);
  const from = await appDeps(ctx, change);
  const { store } = from;
  const { summary } = await readSummary(from, args.batch, { failures: 0 });
  const { batchId, failed } = summary;
  if (failed === 0) {
    await ctx.note(t.batch.nothingFailed(batchId));
    await ctx.note(idleCommand(ctx, summary));
    return nothingToRun(ctx, from, summary);
  }
  const isFixed = flags.fromFile !== undefined;
  const file = isFixed ? await openFile(ctx, flags.fromFile ?? '') : await sameFile(ctx, store, batchId);
  const check = await checkerOf(ctx, store, { op: opOf(summary), startedAt: ms(summary.startedAt) });
  const outputs = await checkOutputs(ctx, flags, file);
  const lines = isFixed ? await linesByKey(store, batchId) : null;
  if (lines !== null) {
    const { keyNeeded, notOfBatch } = t.batch.problem;
    const found = await checkFile(ctx, file, {
      check,
      store,
      checkHeader: (columns) => headerProblems(columns, opOf(summary), t),
      checkKey: (key) => {
        if (key === null) return { field: 'key', reason: keyNeeded, code: 'MISSING' };
        return lines.has(key) ? null : { field: 'key', reason: notOfBatch, code: 'NOT_OF_BATCH' };
      },
    });
    if (found.errors > 0) throw invalidFile(ctx, file.path, found);
  }
  const deps = await appDeps(ctx, change);
  const read = fileRows(file, { check, t });
  const rows = lines === null ? onlyFailed(read, store, batchId) : atTheirLines(read, lines);
  if (change.dryRun) {
    const begin = (inside: AppDeps) => takeBatch(inside, batchId);
    return dryAgain(ctx, deps, { begin, rows, limit, waits: change.wait !== undefined, now: summary });
  }
  const batch = await takeBatch(deps, batchId);
  return runRows(ctx, deps, {
    batch,
    rows,
    finalBefore: batch.rows - failed,
    jobs: flags.jobs ?? rowsAtOnce(ctx),
    limit,
    file: isFixed ? null : file,
    outputs,
    waitMs: change.wait,
  });
};

/** The lines of the batch's file on which the failed rows are, by key. */
const linesByKey = async (store: Store, batchId: string): Promise<ReadonlyMap<string, number>> => {
  const lines = new Map<string, number>();
  for await (const { key, line } of journalRows(store, batchId, ['failed'])) {
    if (key !== null) lines.set(key, line);
  }
  return lines;
};

type Pieces = AsyncIterable<readonly PlannedRow[]>;

/** The rows that failed, of the file that was run. */
async function* onlyFailed(
  read: Pieces,
  store: Store,
  batchId: string,
): AsyncGenerator<readonly PlannedRow[], void> {
  const failedAt = ascending(journalRows(store, batchId, ['failed']));
  for await (const rows of read) {
    const failed: PlannedRow[] = [];
    for (const row of rows) if ((await failedAt(row.line)) !== null) failed.push(row);
    yield failed;
  }
}

/** Rows of another file, as those lines of the batch that have their keys. */
async function* atTheirLines(
  read: Pieces,
  lines: ReadonlyMap<string, number>,
): AsyncGenerator<readonly PlannedRow[], void> {
  for await (const rows of read) {
    yield rows.flatMap((row) => {
      const line = row.key === null ? undefined : lines.get(row.key);
      return line === undefined ? [] : [{ ...row, line }];
    });
  }
}
