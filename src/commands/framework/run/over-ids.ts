import { Refusal } from '../../../core/rules/refusal.ts';
import { failureInZone } from '../print/local-times.ts';
import { oneLine } from '../print/one-line.ts';
import { type Ending, type ListResult, list } from '../print/result.ts';
import type { CommandContext } from './context.ts';
import { EXIT } from './exit-codes.ts';
import { failureOf } from './failure.ts';

/** What one change did. `message` is for people. */
export type ChangeOutcome = {
  /** held: recorded, and the order waits for a person now. */
  readonly status: 'done' | 'already' | 'held';
  readonly message: string;
  /** Exit code of a single id when it is not 0, e.g. 8: accepted, not finished. */
  readonly exit?: number;
};

/** An item of `oss.results/1`. */
export type ChangeItem = {
  readonly orderId: string;
  readonly status: ChangeOutcome['status'] | 'failed';
  /** A refusal's code; null when it worked. */
  readonly code: string | null;
  readonly message: string;
};

/**
 * Changes each order in turn. One id keeps its own exit code: its refusal is thrown. Of many, the failures are in the
 * result, and the exit code is 0, 7, or 8 when some are held. `check` runs for all ids before the first is changed, and what it throws ends
 * the command. Doubled ids are changed once.
 */
export const overIds = async (
  ctx: CommandContext,
  ids: readonly string[],
  work: {
    readonly check?: (orderId: string) => Promise<void>;
    readonly change: (orderId: string) => Promise<ChangeOutcome>;
    readonly ending?: Ending;
  },
): Promise<ListResult> => {
  const orderIds = [...new Set(ids)];
  for (const orderId of orderIds) await work.check?.(orderId);
  const items: ChangeItem[] = [];
  let exit = 0;
  for (const orderId of orderIds) {
    if (ctx.signal.aborted) break;
    try {
      const outcome = await work.change(orderId);
      items.push({ orderId, status: outcome.status, code: null, message: outcome.message });
      if (orderIds.length === 1) exit = outcome.exit ?? 0;
      else if (outcome.status === 'held' && exit === 0) exit = EXIT.notFinished;
    } catch (error) {
      if (orderIds.length === 1 || !(error instanceof Refusal)) throw error;
      const failure = failureInZone(failureOf(error, ctx.t, ctx.now()), ctx.view.tz);
      items.push({ orderId, status: 'failed', code: failure.code, message: oneLine(failure.wordings) });
      exit = EXIT.someFailed;
    }
  }
  return resultsOf(ctx, items, { ...work.ending, exit });
};

const TONES = { done: 'good', already: 'dim', held: 'warn', failed: 'bad' } as const;

const resultsOf = (ctx: CommandContext, items: readonly ChangeItem[], ending: Ending): ListResult => {
  const { columns, resultStatus, someFailed } = ctx.t.common;
  const failed = items.filter((item) => item.status === 'failed').length;
  return list<ChangeItem>({
    ...ending,
    schema: 'oss.results/1',
    items,
    id: (item) => item.orderId,
    columns: [
      { title: columns.order, drop: 0, cell: (item) => item.orderId },
      {
        title: columns.status,
        drop: 0,
        cell: (item) => ({ text: resultStatus[item.status], tone: TONES[item.status] }),
      },
      { title: columns.message, drop: 0, cell: (item) => item.message },
    ],
    ...(failed === 0 ? {} : { notes: [someFailed(failed, items.length), ...(ending.notes ?? [])] }),
  });
};
