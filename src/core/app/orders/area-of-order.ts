import { areaNamed, areaOf } from '../../values/area.ts';
import { nearest } from '../../values/nearest.ts';
import type { AppDeps } from '../deps.ts';

/** The areas that a name may mean. */
export type KnownAreas = {
  /** The configured ones, else those of the technicians, in alphabetical order. */
  readonly served: readonly string[];
  /** Those whose places were imported: an address may lie in one that no technician serves. */
  readonly imported: readonly string[];
};

/** All areas that are known. */
export const knownAreas = (
  { store }: Pick<AppDeps, 'store'>,
  configured: readonly string[] | null,
): Promise<KnownAreas> =>
  store.read(async (tx) => {
    const { places, matrix } = await tx.travel.data();
    const legs = matrix?.rows ?? [];
    const imported = [
      ...(places?.rows ?? []).map(({ area }) => area),
      ...legs.flatMap(({ from, to }) => [from, to]),
    ];
    const technicians = configured === null ? await tx.technicians.list() : [];
    const served = configured ?? technicians.flatMap((one) => one.areas);
    return { served: configured ?? [...new Set(served)].sort(), imported: [...new Set(imported)].sort() };
  });

/** Where an order lies now; '' for one that is erased or not there, which the change refuses later. */
export const addressOfOrder = ({ store }: Pick<AppDeps, 'store'>, orderId: string): Promise<string> =>
  store.read(async (tx) => (await tx.vault.contacts([orderId])).get(orderId)?.address ?? '');

/** Where an order is, as far as the known areas say. */
export type OrderArea =
  | { readonly kind: 'found'; readonly area: string }
  /** As given, or as the address says, though it is none of the known ones. `meant`: the one that was meant, most likely. */
  | { readonly kind: 'not-served'; readonly area: string; readonly meant: string | null }
  /** A person must choose. */
  | { readonly kind: 'several'; readonly candidates: readonly string[] }
  /** The address lies in none of the known areas. A person plans its visit. */
  | { readonly kind: 'none' }
  /** No area is known yet. */
  | { readonly kind: 'none-known' };

/**
 * The area as given, else as it stands in the address; of districts of one name the one in the city of the address. Of an
 * area the served name counts; only where no served one fits are the imported ones searched.
 */
export const areaOfOrder = (
  { address, given }: { readonly address: string; readonly given: string | undefined },
  { served, imported }: KnownAreas,
): OrderArea => {
  if (given === undefined && served.length + imported.length === 0) return { kind: 'none-known' };
  const match = given === undefined ? areaOf(address, served) : areaNamed(given, address, served);
  if (match.kind === 'none') {
    const elsewhere = areaOf(address, imported);
    return elsewhere.kind === 'found' ? { kind: 'not-served', area: elsewhere.area, meant: null } : elsewhere;
  }
  if (match.kind !== 'found' || served.length === 0 || served.includes(match.area)) return match;
  return { kind: 'not-served', area: match.area, meant: nearest(match.area, served) };
};
