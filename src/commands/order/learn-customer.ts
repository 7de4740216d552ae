import { knownByPhone } from '../../core/app/orders/known-by-phone.ts';
import { textBlock } from '../../faces/cli/terminal/blocks.ts';
import { actorDeps } from '../changing.ts';
import type { Learn } from '../framework/run/context.ts';

/**
 * Behind the phone number: who has it and what is open for them is shown, and the order may be for them, which makes their name
 * known.
 */
export const learnCustomer: Learn = async (ctx, raw, key) => {
  const [phone] = raw.flags.phone ?? [];
  if (key !== 'phone' || phone === undefined || raw.flags.name !== undefined) return raw;
  const known = await knownByPhone(await actorDeps(ctx, 'write'), phone);
  if (known.length === 0) return raw;
  const { orders, stages } = ctx.t;
  await ctx.preview(
    known.map(({ customerId, name, open }) =>
      textBlock(
        orders.knownCustomer(name, customerId),
        ...open.map(
          ({ orderId, stage, area }) => `  ${[orderId, stages.stage[stage], area ?? ''].join('  ').trim()}`,
        ),
      ),
    ),
  );
  const customer = await ctx.prompts.select<string | null>({
    message: orders.forWhom,
    choices: [
      ...known.map(({ customerId, name }) => ({
        value: customerId,
        name: orders.knownCustomer(name, customerId),
      })),
      { value: null, name: orders.newCustomer },
    ],
    back: true,
  });
  if (customer === null) return raw;
  // The customer has this very number; the name is theirs.
  return { ...raw, flags: { ...raw.flags, customer: [customer] } };
};
