import { createBatch } from '../../core/app/batch/batch-lease.ts';
import type { AppDeps } from '../../core/app/deps.ts';
import { iso, ms } from '../../core/time/iso.ts';
import { appDeps } from '../changing.ts';
import type { Handler } from '../framework/run/context.ts';
import { checkFile, errorLine, invalidFile } from './check-file.ts';
import { headerProblems } from './check-header.ts';
import { dryRun } from './dry-run.ts';
import { fileRows } from './file-rows.ts';
import { limitOf } from './limits.ts';
import { checkOutputs } from './outputs.ts';
import { checkerOf, openFile, refuseSingleFlags, rowsAtOnce } from './prepare.ts';
import type { batchRun } from './run.ts';
import { runRows } from './run-rows.ts';

export const run: Handler<typeof batchRun> = async (ctx, { args, flags, change }) => {
  const { t, services } = ctx;
  refuseSingleFlags(change);
  const limit = limitOf(flags, t);
  const files = await services.batchFiles();
  const spooled = args.file === '-' ? await files.spool(ctx.stdin(), ctx.signal) : null;
  let keepsSpool = false;
  try {
    const file = await openFile(ctx, spooled?.path ?? args.file, flags.format);
    const outputs = await checkOutputs(ctx, flags, file);
    const op = flags.op ?? null;
    const startedAt = iso(services.clock.now());
    const { store } = await appDeps(ctx, change);
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
    if (!change.dryRun && found.invalidRows > 0) await ctx.note(t.batch.skippedInvalid(found.invalidRows));
    const deps = await appDeps(ctx, change);
    const asked = { file: file.path, fileHash: found.hash, op, rows: found.rows, startedAt };
    const rows = fileRows(file, { check, t, isChecked: found.errors === 0 });
    if (change.dryRun) {
      const begin = (inside: AppDeps) => createBatch(inside, asked);
      return await dryRun(ctx, deps, { begin, rows, limit, waits: change.wait !== undefined, found });
    }
    const batch = await createBatch(deps, asked);
    keepsSpool = true;
    return await runRows(ctx, deps, {
      batch,
      rows,
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
