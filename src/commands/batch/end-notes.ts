import type { BatchSummary } from '../../core/app/batch/read-batches.ts';
import type { BatchRun } from '../../core/app/batch/run-batch.ts';
import type { WorkLook } from '../../core/app/batch/work-on-orders.ts';
import { closedLanes } from '../../core/app/engine/peer-lanes.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { untilText } from './until-text.ts';

export type BatchEnd = {
  readonly summary: BatchSummary;
  readonly ending: BatchRun['ending'];
  /** Of a run with --wait: how its orders stand. */
  readonly look: WorkLook | null;
};

/** The command that goes on with a run. */
export const resumeLine = (program: string, batchId: string, waits: boolean): string =>
  `${program} batch resume ${batchId}${waits ? ' --wait' : ''}`;

/** What is said when a run ends; the last line names the command to run next. */
export const endNotes = async (
  ctx: CommandContext,
  { summary, ending, look }: BatchEnd,
): Promise<readonly string[]> => {
  const { t } = ctx;
  const { done, already, skipped, failed, pending } = summary;
  return [
    t.batch.summary({ done: done + already, skipped, failed, pending }),
    ...(ending === 'limit' ? [t.batch.limitReached] : []),
    ...(look === null ? [] : [t.batch.worked(look.finished, look.unfinished)]),
    ...(await peersAway(ctx)),
    nextCommand(ctx, { summary, look }),
  ];
};

/** What to do next when there was no row to run. */
export const idleCommand = (
  { t, program }: CommandContext,
  { batchId, failed, pending }: BatchSummary,
): string => {
  if (pending > 0) return t.batch.goOn(resumeLine(program, batchId, false));
  return failed > 0 ? t.batch.retry(program, batchId) : t.batch.lookAt(program, batchId);
};

/** Peers that nothing is sent to now: the rows are safe, and their orders wait. */
const peersAway = async (ctx: CommandContext): Promise<readonly string[]> => {
  const { t, services } = ctx;
  const deps = { ...services, store: await services.store('write') };
  return [...(await closedLanes(deps, services.breakers))].map(([lane, until]) =>
    t.batch.away(t.changes.peers[lane], untilText(ctx, until)),
  );
};

const nextCommand = (
  { t, program }: CommandContext,
  { summary, look }: Pick<BatchEnd, 'summary' | 'look'>,
): string => {
  const { batchId, done, failed, pending } = summary;
  const isLeft = look !== null && look.unfinished > 0;
  if (pending > 0 || isLeft) return t.batch.goOn(resumeLine(program, batchId, look !== null));
  if (failed > 0) return t.batch.retry(program, batchId);
  if (look !== null) return t.batch.lookOn(program);
  return done === 0 ? t.batch.lookAt(program, batchId) : t.batch.workOn(program);
};
