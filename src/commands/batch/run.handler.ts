import { createBatch } from '../../core/app/batch/hold-batch.ts';
import { iso, ms } from '../../core/time/iso.ts';
import { appDeps } from '../changing.ts';
import { type CommandResult, object } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { batchBlocks, type CheckedBatch } from './batch-card.ts';
import { checkFile, errorLine, type FileCheck, invalidFile } from './check-file.ts';
import { headerProblems } from './check-header.ts';
import { fileRows } from './file-rows.ts';
import { limitOf } from './limits.ts';
import { checkOutputs } from './outputs.ts';
import { checkerOf, openFile, refuseSingleFlags, rowsAtOnce } from './prepare.ts';
import type { batchRun } from './run.ts';
import { runRows } from './run-rows.ts';

export const run: Handler<typeof batchRun> = async (ctx, { args, flags, change }) => {
  const { t, services } = ctx;
  refuseSingleFlags(ctx, change);
  const limit = limitOf(flags, t);
  const files = await services.batchFiles();
  const spooled = args.file === '-' ? await files.spool(ctx.stdin(), ctx.signal) : null;
  let keepsSpool = false;
  try {
    const file = await openFile(ctx, spooled?.path ?? args.file, flags.format);
    const outputs = await checkOutputs(ctx, flags, file);
    const op = flags.op ?? null;
    const startedAt = iso(services.clock.now());
    const store = await services.store(change.dryRun ? 'read' : 'write');
    let noArea = 0;
    const onNoArea = (): void => {
      noArea += 1;
    };
    const check = await checkerOf(ctx, store, { op, startedAt: ms(startedAt), onNoArea });
    const found = await checkFile(ctx, file, {
      check,
      store,
      checkHeader: (columns) => headerProblems(columns, op, t),
    });
    if (found.isBroken || (found.errors > 0 && !flags.skipInvalid)) throw invalidFile(ctx, file.path, found);
    for (const error of found.shown) await ctx.warn(errorLine(file.path, error));
    if (noArea > 0) await ctx.note(t.batch.noArea(noArea));
    if (change.dryRun) return dryResult(ctx, { file: file.path, op, startedAt, found });
    if (found.invalidRows > 0) await ctx.note(t.batch.skippedInvalid(found.invalidRows));
    const deps = await appDeps(ctx, change);
    const batch = await createBatch(deps, {
      file: file.path,
      fileHash: found.hash,
      op,
      rows: found.rows,
      startedAt,
    });
    keepsSpool = true;
    return await runRows(ctx, deps, {
      batch,
      rows: fileRows(file, { check, t, isChecked: found.errors === 0 }),
      finalBefore: 0,
      jobs: flags.jobs ?? rowsAtOnce(ctx),
      limit,
      file,
      outputs,
      waitMs: change.wait,
    });
  } finally {
    if (!keepsSpool) await spooled?.remove();
  }
};

type Dry = {
  readonly file: string;
  readonly op: string | null;
  readonly startedAt: string;
  readonly found: FileCheck;
};

/** What a dry run answers: it is the first pass alone. */
const dryResult = async (
  ctx: CommandContext,
  { file, op, startedAt, found }: Dry,
): Promise<CommandResult> => {
  const { t, services } = ctx;
  const { rows, invalidRows } = found;
  const text =
    invalidRows === 0 ? t.batch.checked(rows) : t.batch.checkedSkipping(rows - invalidRows, invalidRows);
  const counts = { done: 0, already: 0, skipped: 0, failed: 0, pending: rows };
  const data: CheckedBatch = {
    batchId: null,
    file,
    op,
    rows,
    ...counts,
    state: 'checked',
    startedAt,
    finishedAt: null,
    actor: services.actor,
    failures: [],
    simulated: await services.simulated(),
    dryRun: true,
  };
  return object<CheckedBatch>({
    schema: 'oss.batch/1',
    data,
    id: '',
    show: (shown, view) =>
      ctx.globals.verbose ? batchBlocks(shown, view) : [{ kind: 'text', lines: [text] }],
  });
};
