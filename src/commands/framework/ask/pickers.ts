import { offeredOrders } from '../../../core/app/orders/offered-orders.ts';
import { presentTechnicians } from '../../../core/app/technicians/read-technicians.ts';
import { CANCEL_CODES } from '../../../core/rules/reason-codes.ts';
import { maskName, maskPhone } from '../../../core/values/mask.ts';
import {
  AGREED,
  AT_DESK,
  COMPLETED,
  HELD,
  OPEN,
  type OrderChoice,
  PROPOSED,
} from '../../../core/views/pick-orders.ts';
import type { Choice } from '../../../faces/cli/terminal/prompts.ts';
import type { OrderPick, PickerName } from '../parse/descriptor.ts';
import type { CommandContext } from '../run/context.ts';

/** What the wizard offers to choose an id from. Empty: the id is typed. Names are masked, and still found in full. */
export const choicesOf = async (
  picker: PickerName,
  ctx: CommandContext,
): Promise<readonly Choice<string>[]> => {
  switch (picker) {
    case 'technician':
      return technicians(ctx);
    case 'customer':
      return distinct(await orders(ctx, OPEN, (order) => order.customerId));
    case 'cancel-code':
      return codes(Object.keys(CANCEL_CODES), ctx.t.reasons.cancel);
    default:
      return orders(ctx, ORDERS[picker], (order) => order.orderId);
  }
};

const ORDERS: Readonly<Record<OrderPick, OrderChoice>> = {
  order: OPEN,
  'order-at-desk': AT_DESK,
  'order-proposed': PROPOSED,
  'order-agreed': AGREED,
  'order-held': HELD,
  'order-completed': COMPLETED,
};

/** The noun that the question asks for. */
export const nounOfPick = (picker: PickerName): Exclude<PickerName, OrderPick> | 'order' => {
  switch (picker) {
    case 'technician':
    case 'customer':
    case 'cancel-code':
      return picker;
    default:
      return 'order';
  }
};

/** Codes are picked by what they mean. */
const codes = (all: readonly string[], words: Readonly<Record<string, string>>): readonly Choice<string>[] =>
  all.map((value) => ({ value, name: `${value}  ${words[value] ?? ''}` }));

const technicians = async (ctx: CommandContext): Promise<readonly Choice<string>[]> => {
  const all = await presentTechnicians({ store: await ctx.services.store('read') });
  return all.map(({ technicianId, name, areas, skills }) => ({
    value: technicianId,
    name: `${technicianId}  ${name}  ${areas.join(', ')}  ${skills.join(', ')}`,
  }));
};

const orders = async (
  ctx: CommandContext,
  choice: OrderChoice,
  idOf: (order: { readonly orderId: string; readonly customerId: string }) => string,
): Promise<readonly Choice<string>[]> => {
  const offered = await offeredOrders({ store: await ctx.services.store('read') }, choice);
  return offered.map(({ view, contact }) => {
    const who = contact === undefined ? '' : `${maskName(contact.name)}  ${maskPhone(contact.phone)}`;
    return {
      value: idOf(view),
      name: `${idOf(view)}  ${ctx.t.stages.stage[view.stage]}  ${who}  ${view.area ?? ''}`.trim(),
      search: contact === undefined ? [] : [contact.name, contact.phone],
    };
  });
};

const distinct = (choices: readonly Choice<string>[]): readonly Choice<string>[] => [
  ...new Map(choices.map((choice) => [choice.value, choice])).values(),
];
