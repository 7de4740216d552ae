import { summariesOf } from '../core/app/orders/find-orders.ts';
import { type ReadStatus, readStatus } from '../core/app/orders/read-details.ts';
import { Refusal } from '../core/rules/refusal.ts';
import { isStageReached } from '../core/rules/stage.ts';
import type { OrderDetails } from '../core/views/order-details.ts';
import type { OrderSummary } from '../core/views/order-summary.ts';
import type { Sight } from '../core/views/personal.ts';
import { actorDeps, isWorkerRunning } from './changing.ts';
import type { InputOf } from './framework/parse/descriptor.ts';
import { type CommandResult, list, type ObjectResult, object, watch } from './framework/print/result.ts';
import type { CommandContext, Handler } from './framework/run/context.ts';
import { EXIT } from './framework/run/exit-codes.ts';
import { orderCard } from './order/card.ts';
import { orderColumns } from './order/columns.ts';
import { overviewFrame, overviewList } from './status/overview.ts';
import { everyChange } from './status/watch.ts';
import type { status } from './status.ts';

type Flags = InputOf<typeof status>['flags'];

export const run: Handler<typeof status> = async (ctx, { args, flags }): Promise<CommandResult> => {
  const ids = [...new Set(args.id)];
  const [first] = ids;
  if (flags.watch) return watched(ctx, ids, flags);
  if (flags.until !== undefined || flags.timeout !== undefined) {
    const flag = flags.until === undefined ? '--timeout' : '--until';
    throw new Refusal('USAGE', {
      fault: { code: 'GOES_WITH', flag, partner: '--watch' },
      example: 'status 42 --watch',
    });
  }
  if (first === undefined) return overviewList(ctx, flags.limit);
  if (ids.length > 1) return severalOrders(ctx, ids);
  const { details } = await readOne(ctx, first);
  return { ...frameOf(ctx, details), notes: await peerDownNotes(ctx, details) };
};

/** Without personal data in the clear unless the reader wants it: anybody may see how far an order is. */
const readOne = async (ctx: CommandContext, orderId: string, seen?: Sight): Promise<ReadStatus> => {
  const { showPii } = ctx.globals;
  const deps = await actorDeps(ctx, showPii && seen === undefined ? 'write' : 'read');
  return readStatus(deps, orderId, { showPii, seen });
};

const frameOf = ({ t }: CommandContext, details: OrderDetails): ObjectResult =>
  object({
    schema: 'oss.order/1',
    data: details,
    id: details.orderId,
    show: orderCard,
    hints: [{ command: `events ${details.orderId}`, why: t.orders.story }],
  });

const severalOrders = async (ctx: CommandContext, orderIds: readonly string[]): Promise<CommandResult> => {
  const items = await summariesOf(await actorDeps(ctx, 'read'), orderIds);
  return list<OrderSummary>({
    schema: 'oss.orders/1',
    items,
    id: ({ orderId }) => orderId,
    columns: orderColumns(ctx.t),
  });
};

const watched = (ctx: CommandContext, orderIds: readonly string[], flags: Flags): CommandResult => {
  const [orderId] = orderIds;
  if (orderIds.length > 1 || (orderId === undefined && flags.until !== undefined)) {
    throw new Refusal('USAGE', {
      fault:
        flags.until === undefined
          ? { code: 'ONE_ORDER', flag: '--watch', orNone: true }
          : { code: 'ONE_ORDER', flag: '--until', orNone: false },
      example: 'status 42 --watch',
    });
  }
  let exit: number = EXIT.done;
  const end = (code: number): void => {
    exit = code;
  };
  const frames =
    orderId === undefined ? overviewFrames(ctx, flags) : orderFrames(ctx, orderId, { flags, end });
  return watch({ frames, exitAtEnd: () => exit });
};

async function* overviewFrames(ctx: CommandContext, { timeout, limit }: Flags): AsyncGenerator<ObjectResult> {
  for await (const _ of everyChange(ctx, { timeout })) yield overviewFrame(ctx, limit);
}

type Ends = { readonly flags: Flags; readonly end: (exit: number) => void };

/** Ends when the order is closed or has come to the stage of `--until`; exit 8 when the time was over before. */
async function* orderFrames(
  ctx: CommandContext,
  orderId: string,
  { flags: { until, timeout }, end }: Ends,
): AsyncGenerator<ObjectResult> {
  const { overview, stages } = ctx.t;
  let { details, sight } = await readOne(ctx, orderId);
  await tellIfNobodyWorks(ctx, details);
  for await (const _ of everyChange(ctx, { timeout })) {
    // A clear reading is audited once, not once a frame.
    ({ details, sight } = await readOne(ctx, orderId, sight));
    yield frameOf(ctx, details);
    if (until !== undefined && isStageReached(details.stage, until)) return;
    if (details.outcome === null) continue;
    if (until !== undefined) {
      end(EXIT.refused);
      const { stage } = details;
      await ctx.note(overview.watchEnded.otherwise(orderId, stages.stage[stage], stages.stage[until]));
    }
    return;
  }
  if (ctx.signal.aborted) return;
  end(EXIT.notFinished);
  await ctx.note(overview.watchEnded.timeout(orderId, stages.stage[details.stage]));
}

/** An order that waits for a peer waits longer while that peer is down: which, since when it is asked again, and why. */
const peerDownNotes = async (
  ctx: CommandContext,
  { waitingFor: { who } }: OrderDetails,
): Promise<readonly string[]> => {
  if (who !== 'network' && who !== 'desk') return [];
  const { services, t, view } = ctx;
  const { readBreakers, shutBreakers } = await import('../core/app/peers/read-breakers.ts');
  const { becauseText, breakerItem } = await import('./breaker/row.ts');
  const rows = await readBreakers({ store: await services.store('read') }, services.breakers);
  const lane = who === 'network' ? 'ne' : 'tm';
  return shutBreakers(rows, services.breakers, ctx.now())
    .filter(({ name }) => name === services.breakers[lane].name)
    .map((row) => {
      const until = row.openUntil === null ? null : view.time(row.openUntil);
      return t.breaker.waitsForPeer(t.changes.peers[lane], until, becauseText(breakerItem(row), t));
    });
};

/** Watching moves nothing: without a worker it would wait for ever. */
const tellIfNobodyWorks = async (ctx: CommandContext, details: OrderDetails): Promise<void> => {
  const { waitingFor } = details;
  const { who } = waitingFor;
  for (const note of await peerDownNotes(ctx, details)) await ctx.note(note);
  if ((who === 'network' || who === 'desk') && !(await isWorkerRunning(ctx)))
    await ctx.note(ctx.t.changes.startWorker(ctx.program));
};
