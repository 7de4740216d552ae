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

/** How many open orders a pick offers. */
const OFFERED = 500;

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
  const store = await ctx.services.store('read');
  const all = await store.read((tx) => tx.technicians.list());
  return all.map(({ technicianId, name, areas, skills }) => ({
    value: technicianId,
    name: `${technicianId}  ${name}  ${areas.join(', ')}  ${skills.join(', ')}`,
  }));
};

const orders = async (
  ctx: CommandContext,
  { filter, fits }: OrderChoice,
  idOf: (order: { readonly orderId: string; readonly customerId: string }) => string,
): Promise<readonly Choice<string>[]> => {
  const store = await ctx.services.store('read');
  return store.read(async (tx) => {
    const found = await tx.views.list({ ...filter, sort: '-updated', limit: OFFERED });
    const items = found.items.filter(fits);
    const contacts = await tx.vault.contacts(items.map((item) => item.orderId));
    return items.map((item) => {
      const contact = contacts.get(item.orderId);
      const who = contact === undefined ? '' : `${maskName(contact.name)}  ${maskPhone(contact.phone)}`;
      return {
        value: idOf(item),
        name: `${idOf(item)}  ${ctx.t.stages.stage[item.stage]}  ${who}  ${item.area ?? ''}`.trim(),
        search: contact === undefined ? [] : [contact.name, contact.phone],
      };
    });
  });
};

const distinct = (choices: readonly Choice<string>[]): readonly Choice<string>[] => [
  ...new Map(choices.map((choice) => [choice.value, choice])).values(),
];
