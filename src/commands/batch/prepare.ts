import type { OpName } from '../../core/app/batch/ops/op-names.ts';
import { type BatchReading, findBatch } from '../../core/app/batch/read-batches.ts';
import { knownAreas } from '../../core/app/orders/area-of-order.ts';
import { technicianIds } from '../../core/app/technicians/technician-ids.ts';
import type { BatchFile, BatchFormat } from '../../core/ports/batch-file.ts';
import type { Store } from '../../core/ports/store.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { unreadableFile } from './check-file.ts';
import { type RowChecker, rowChecker } from './check-row.ts';
import { isOp } from './ops.ts';
import { fileChanged } from './run-rows.ts';

/** The checker of a batch's rows. `startedAt`: epoch ms that times in the file are relative to. */
export const checkerOf = async (
  ctx: CommandContext,
  store: Store,
  {
    op,
    startedAt,
    onNoArea = () => {},
  }: { readonly op: OpName | null; readonly startedAt: number; readonly onNoArea?: () => void },
): Promise<RowChecker> => {
  const { t, view, services } = ctx;
  return rowChecker(op, {
    env: { now: startedAt, tz: view.tz, expected: t.expected },
    facts: {
      policy: services.policy,
      areas: await knownAreas({ store }, services.settings.areas),
      technicianId: await technicianIds({ store }),
      t,
      lateOk: ctx.globals.yes,
      onNoArea,
    },
  });
};

/** A file to read; `format`: what it is said to be. Throws Failed (exit 65) when it is none. */
export const openFile = async (
  ctx: CommandContext,
  path: string,
  format?: BatchFormat,
): Promise<BatchFile> => {
  const opened = await (await ctx.services.batchFiles()).open(path, format);
  if (!opened.ok) throw unreadableFile(ctx, path, opened.reason);
  return opened.file;
};

/** A batch is many changes: what names a single one has no meaning. Throws USAGE. */
export const refuseSingleFlags = (change: { readonly ifVersion: unknown; readonly key: unknown }): void => {
  const given = [
    change.ifVersion === undefined ? null : '--if-version',
    change.key === undefined ? null : '--key',
  ].find((flag) => flag !== null);
  if (given !== undefined) {
    throw new Refusal('USAGE', { fault: { code: 'SINGLE_CHANGE', flag: given }, example: null });
  }
};

/** Where batches are looked at. */
export const reading = async ({ services }: CommandContext): Promise<BatchReading> => ({
  store: await services.store('read'),
  clock: services.clock,
  processes: services.processes,
});

/** The op of a batch's rows that name none. */
export const opOf = ({ op }: { readonly op: string | null }): OpName | null =>
  op !== null && isOp(op) ? op : null;

/** The file of a batch, which must be the one that was run. Throws Failed (exit 65). */
export const sameFile = async (ctx: CommandContext, store: Store, batchId: string): Promise<BatchFile> => {
  const batch = await findBatch({ store }, batchId);
  const file = await openFile(ctx, batch.file);
  if ((await file.hash()) !== batch.fileHash) throw fileChanged(ctx, file.path);
  return file;
};

const ROWS_A_CORE = 128;

/** Rows in work at once unless `--jobs` says how many: enough for commits that many of them share. */
export const rowsAtOnce = ({ services }: CommandContext): number => ROWS_A_CORE * services.cores;
