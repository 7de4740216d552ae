import type { AppDeps } from '../../core/app/deps.ts';
import { areaOfOrder, knownAreas } from '../../core/app/orders/area-of-order.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { assertNever } from '../../core/values/assert-never.ts';
import { maskAddress } from '../../core/values/mask.ts';
import type { CommandContext } from '../framework/run/context.ts';

/**
 * The area of an address: as given, else derived from the address. Several fit: a pick on a terminal, else AREA_UNKNOWN
 * with the candidates (exit 2). None fits: a pick on a terminal, else null, and the visit is planned by hand.
 */
export const resolveArea = async (
  ctx: CommandContext,
  deps: Pick<AppDeps, 'store'>,
  asked: {
    readonly address: string;
    readonly given: string | undefined;
    /** false: the address was not typed here, and is not shown. */
    readonly isTyped: boolean;
  },
): Promise<string | null> => {
  const known = await knownAreas(deps, ctx.services.settings.areas);
  const { area: words } = ctx.t.orders;
  const found = areaOfOrder(asked, known);
  switch (found.kind) {
    case 'found':
      return found.area;
    case 'not-served':
      await ctx.warn(words.notServed(found.area, found.meant));
      return found.area;
    case 'none-known':
      await ctx.note(words.noneYet);
      return null;
    case 'several': {
      const { candidates } = found;
      if (!ctx.prompts.possible) {
        const address = asked.isTyped ? asked.address : maskAddress(asked.address);
        throw new Refusal('AREA_UNKNOWN', { address, candidates });
      }
      return pick(ctx, candidates);
    }
    case 'none': {
      const picked = ctx.prompts.possible ? await pick(ctx, known.served) : null;
      if (picked === null) await ctx.note(words.notKnown);
      return picked;
    }
    default:
      return assertNever(found);
  }
};

const pick = (ctx: CommandContext, areas: readonly string[]): Promise<string | null> => {
  const { area } = ctx.t.orders;
  return ctx.prompts.search<string | null>({
    message: area.which,
    choices: [...areas.map((name) => ({ value: name, name })), { value: null, name: area.byHand }],
  });
};
