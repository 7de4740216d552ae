import { Refusal } from '../../rules/refusal.ts';
import { assertNever } from '../../values/assert-never.ts';
import { maskAddress } from '../../values/mask.ts';
import type { AppDeps } from '../deps.ts';
import { areaOfOrder, knownAreas } from './area-of-order.ts';

/**
 * The area of an address where nobody can be asked: as given, else as it stands in the address; null where none fits, and
 * the visit is planned by hand. Throws Refusal AREA_UNKNOWN where several fit.
 */
export const areaFor = async (
  deps: Pick<AppDeps, 'store'>,
  configured: readonly string[] | null,
  asked: { readonly address: string; readonly given: string | undefined },
): Promise<string | null> => {
  const found = areaOfOrder(asked, await knownAreas(deps, configured));
  switch (found.kind) {
    case 'found':
    case 'not-served':
      return found.area;
    case 'none':
    case 'none-known':
      return null;
    case 'several':
      throw new Refusal('AREA_UNKNOWN', {
        address: maskAddress(asked.address),
        candidates: found.candidates,
      });
    default:
      return assertNever(found);
  }
};
