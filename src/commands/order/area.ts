import type { AppDeps } from '../../core/app/deps.ts';
import { areaOfOrder, knownAreas } from '../../core/app/orders/area-of-order.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { assertNever } from '../../core/values/assert-never.ts';
import { isPlace, maskAddress } from '../../core/values/mask.ts';
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
      const picked = ctx.prompts.possible
        ? await pickElsewhere(ctx, nearFirst(known.served, asked.address))
        : null;
      if (picked === null) await ctx.note(words.notKnown);
      return picked;
    }
    default:
      return assertNever(found);
  }
};

/** Areas of the same city or province as the address come first; all others as they were. */
const nearFirst = (areas: readonly string[], address: string): readonly string[] => {
  const words = address.split(/[\s,()]+/).filter((word) => isPlace(word));
  const isNear = (area: string): boolean => words.some((word) => area.split(' ').includes(word));
  return [...areas.filter(isNear), ...areas.filter((area) => !isNear(area))];
};

/** No area is in the address: that none fits is likelier than any of them. */
const pickElsewhere = (ctx: CommandContext, areas: readonly string[]): Promise<string | null> => {
  const { area } = ctx.t.orders;
  return ctx.prompts.search<string | null>({
    message: area.which,
    choices: [{ value: null, name: area.byHand }, ...areas.map((name) => ({ value: name, name }))],
  });
};

const pick = (ctx: CommandContext, areas: readonly string[]): Promise<string | null> => {
  const { area } = ctx.t.orders;
  return ctx.prompts.search<string | null>({
    message: area.which,
    choices: [...areas.map((name) => ({ value: name, name })), { value: null, name: area.byHand }],
  });
};
