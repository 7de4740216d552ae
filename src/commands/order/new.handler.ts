import type { AppDeps } from '../../core/app/deps.ts';
import { type NewOrder, type PlaceOptions, placeOrder } from '../../core/app/place-order.ts';
import { readChanged } from '../../core/app/read-details.ts';
import { mustExist } from '../../core/legal.ts';
import { processOf } from '../../core/process.ts';
import { isRefusal, Refusal } from '../../core/refusal.ts';
import type { OrderDetails } from '../../core/views/order-details.ts';
import { appDeps, carryOn, changeOptions, pendingNotes } from '../changing.ts';
import type { CommandContext, Handler } from '../framework/context.ts';
import type { InputOf } from '../framework/descriptor.ts';
import { EXIT } from '../framework/exit-codes.ts';
import { type Hint, object } from '../framework/result.ts';
import { resolveArea } from './area.ts';
import { orderCard } from './card.ts';
import type { orderNew } from './new.ts';

type Given = InputOf<typeof orderNew>['flags'];

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
    { reading: 'own', dryRun: asked.dryRun, typed: order },
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

const nextHint = ({ orderId, stage }: OrderDetails, t: CommandContext['t']): Hint =>
  stage === 'tm-queue'
    ? { command: `schedule assign ${orderId}`, why: t.orders.chooseVisit }
    : { command: `status ${orderId} --watch` };

/** What was typed, filled up from a known order (`--from`) or customer (`--customer`). */
const orderOf = async (ctx: CommandContext, deps: AppDeps, flags: Given): Promise<NewOrder> => {
  const known = await knownOf(deps, flags);
  const name = flags.name ?? known.name;
  const phone = flags.phone ?? known.phone;
  const address = flags.address ?? known.address;
  if (name === undefined || phone === undefined || address === undefined) {
    throw new Refusal('CUSTOMER_NOT_FOUND', { customerId: known.customerId ?? '' });
  }
  const moved = flags.address !== undefined && flags.address !== known.address;
  const given = flags.area ?? (moved ? undefined : known.area);
  return {
    name,
    phone,
    address,
    area: await resolveArea(ctx, deps.store, { address, given }),
    areaRead: given === undefined,
    lines: { internet: flags.internet ?? known.internet ?? 0, tv: flags.tv ?? known.tv ?? 0 },
    channel: 'desk',
    priority: flags.priority,
    wishes: {
      ...(flags.notBefore === undefined ? {} : { notBefore: flags.notBefore }),
      ...(flags.prefer === undefined ? {} : { prefer: flags.prefer }),
    },
    note: flags.note,
    customerId: flags.customer,
  };
};

export type Known = {
  readonly customerId?: string;
  readonly name?: string;
  readonly phone?: string;
  readonly address?: string;
  readonly area?: string | undefined;
  readonly internet?: number;
  readonly tv?: number;
};

/** What is known of an order (`from`) and a customer. Throws Refusal ORDER_NOT_FOUND, CUSTOMER_NOT_FOUND. */
export const knownOf = async (
  { store }: Pick<AppDeps, 'store'>,
  { from, customer }: Pick<Given, 'from' | 'customer'>,
): Promise<Known> => {
  if (from === undefined && customer === undefined) return {};
  return store.read(async (tx) => {
    const person = customer === undefined ? null : await tx.vault.customer(customer);
    if (customer !== undefined && (person === null || person.erasedAt !== null)) {
      throw new Refusal('CUSTOMER_NOT_FOUND', { customerId: customer });
    }
    const named =
      person === null ? {} : { customerId: person.customerId, name: person.name, phone: person.phone };
    if (from === undefined) return named;
    const process = processOf(from, await tx.events.load(from));
    mustExist(process);
    const contact = (await tx.vault.contacts([from])).get(from);
    if (contact === undefined && person === null) {
      throw new Refusal('CUSTOMER_NOT_FOUND', { customerId: process.order.placed?.customerId ?? '' });
    }
    const { lines, area } = process.order;
    return { ...contact, area: area ?? undefined, ...lines, ...named };
  });
};

/** A duplicate is asked about where somebody can answer, and refused elsewhere. */
const place = async (ctx: CommandContext, deps: AppDeps, order: NewOrder, options: PlaceOptions) => {
  try {
    return await placeOrder(deps, order, options);
  } catch (error) {
    if (!isRefusal(error, 'DUPLICATE_ORDER') || !ctx.prompts.possible) throw error;
    if (!(await ctx.prompts.confirm(ctx.t.orders.duplicate(error.detail.orderId)))) throw error;
    return placeOrder(deps, order, { ...options, duplicateOk: true });
  }
};
