import type { Store } from '../../core/ports/store.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { areaNamed, areaOf } from '../../core/values/area.ts';
import { nearest } from '../../core/values/nearest.ts';
import type { CommandContext } from '../framework/run/context.ts';

/** The configured areas, else those of the technicians, in alphabetical order. */
export const knownAreas = async (ctx: CommandContext, store: Store): Promise<readonly string[]> => {
  const { areas } = ctx.services.settings;
  if (areas !== null) return areas;
  const technicians = await store.read((tx) => tx.technicians.list());
  return [...new Set(technicians.flatMap((one) => one.areas))].sort();
};

/**
 * The area of an address: as given, else derived from the address. Several fit: a pick on a terminal, else AREA_UNKNOWN
 * with the candidates (exit 2). None fits: a pick on a terminal, else null, and the visit is planned by hand.
 */
export const resolveArea = async (
  ctx: CommandContext,
  store: Store,
  { address, given }: { readonly address: string; readonly given: string | undefined },
): Promise<string | null> => {
  const known = await knownAreas(ctx, store);
  const { area: words } = ctx.t.orders;
  if (given === undefined && known.length === 0) {
    await ctx.note(words.noneYet);
    return null;
  }
  const match = given === undefined ? areaOf(address, known) : areaNamed(given, address, known);
  switch (match.kind) {
    case 'found':
      if (known.length > 0 && !known.includes(match.area))
        await ctx.warn(words.notServed(match.area, nearest(match.area, known)));
      return match.area;
    case 'several':
      if (!ctx.prompts.possible) throw new Refusal('AREA_UNKNOWN', { address, candidates: match.candidates });
      return pick(ctx, match.candidates);
    case 'none': {
      const picked = ctx.prompts.possible ? await pick(ctx, known) : null;
      if (picked === null) await ctx.note(words.notKnown);
      return picked;
    }
  }
};

const pick = (ctx: CommandContext, areas: readonly string[]): Promise<string | null> => {
  const { area } = ctx.t.orders;
  return ctx.prompts.search<string | null>({
    message: area.which,
    choices: [...areas.map((name) => ({ value: name, name })), { value: null, name: area.byHand }],
  });
};
