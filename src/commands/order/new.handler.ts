import type { AppDeps } from '../../core/app/deps.ts';
import { assembleOrder, type OrderAsked } from '../../core/app/orders/order-asked.ts';
import { type NewOrder, type PlaceOptions, placeOrder } from '../../core/app/orders/place-order.ts';
import { readChanged } from '../../core/app/orders/read-details.ts';
import { isRefusal } from '../../core/rules/refusal.ts';
import type { OrderDetails } from '../../core/views/order-details.ts';
import type { Typed } from '../../core/views/personal.ts';
import { appDeps, carryOn, changeOptions, pendingNotes } from '../changing.ts';
import { type Hint, object } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { resolveArea } from './area.ts';
import { orderCard } from './card.ts';
import { learnCustomer } from './learn-customer.ts';
import type { orderNew } from './new.ts';

export const learn = learnCustomer;

export const run: Handler<typeof orderNew> = async (ctx, { flags, change: asked }) => {
  const { t } = ctx;
  const deps = await appDeps(ctx, asked);
  const order = await orderOf(ctx, deps, flags);
  const placed = await place(ctx, deps, order, {
    ...changeOptions(ctx, asked),
    duplicateOk: flags.duplicateOk,
  });
  const { orderId } = placed.process;
  const isNew = placed.status === 'done' && !asked.dryRun;
  if (isNew) await ctx.acknowledge({ id: orderId, text: t.orders.placed(orderId) });
  const { process, pending } = await carryOn(ctx, placed, asked);
  const details = await readChanged(
    deps,
    { ...placed, process },
    {
      showPii: ctx.globals.showPii,
      typed: typedOf(flags, order),
    },
  );
  const notes = [
    ...(asked.dryRun ? [t.orders.wouldPlace] : []),
    ...(placed.status === 'already' ? [t.orders.placedBefore(orderId)] : []),
    ...(isNew ? await pendingNotes(ctx, process, pending) : []),
  ];
  return object({
    schema: 'oss.order/1',
    data: details,
    id: orderId,
    show: orderCard,
    notes,
    exit: asked.wait !== undefined && pending.length > 0 ? EXIT.notFinished : EXIT.done,
    hints: asked.dryRun ? [] : [nextHint(details, t)],
  });
};

/** What was typed here is no secret to who typed it; what came from another order or customer is. */
const typedOf = (asked: OrderAsked, order: NewOrder): Typed => ({
  ...(asked.name === undefined ? {} : { name: order.name }),
  ...(asked.phone === undefined ? {} : { phone: order.phone }),
  ...(asked.address === undefined ? {} : { address: order.address }),
});

const nextHint = ({ orderId, stage }: OrderDetails, t: CommandContext['t']): Hint =>
  stage === 'tm-queue'
    ? { command: `schedule assign ${orderId}`, why: t.orders.chooseVisit }
    : { command: `status ${orderId} --watch` };

/** What was typed, filled up from a known order (`--from`) or customer (`--customer`). */
const orderOf = async (ctx: CommandContext, deps: AppDeps, asked: OrderAsked): Promise<NewOrder> => {
  const { order, givenArea } = await assembleOrder(deps, asked);
  const area = await resolveArea(ctx, deps, {
    address: order.address,
    given: givenArea,
    isTyped: asked.address !== undefined,
  });
  return { ...order, area, channel: 'desk' };
};

/** On a terminal the operator decides about a duplicate; elsewhere it is refused. */
const place = async (ctx: CommandContext, deps: AppDeps, order: NewOrder, options: PlaceOptions) => {
  try {
    return await placeOrder(deps, order, options);
  } catch (error) {
    if (!isRefusal(error, 'DUPLICATE_ORDER') || !ctx.prompts.possible) throw error;
    if (!(await ctx.prompts.confirm(ctx.t.orders.duplicate(error.detail.orderId)))) throw error;
    return placeOrder(deps, order, { ...options, duplicateOk: true });
  }
};
