import type { Store } from '../../core/ports/store.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { areaOf } from '../../core/values/address.ts';
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
  if (given !== undefined) {
    if (known.length > 0 && !known.includes(given))
      await ctx.warn(words.notServed(given, nearest(given, known)));
    return given;
  }
  if (known.length === 0) {
    await ctx.note(words.noneYet);
    return null;
  }
  const match = areaOf(address, known);
  switch (match.kind) {
    case 'found':
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
