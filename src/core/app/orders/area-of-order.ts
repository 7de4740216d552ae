import { areaNamed, areaOf } from '../../values/area.ts';
import { nearest } from '../../values/nearest.ts';
import type { AppDeps } from '../deps.ts';

/** The areas that are served: the configured ones, else those of the technicians, in alphabetical order. */
export const knownAreas = async (
  { store }: Pick<AppDeps, 'store'>,
  configured: readonly string[] | null,
): Promise<readonly string[]> => {
  if (configured !== null) return configured;
  const technicians = await store.read((tx) => tx.technicians.list());
  return [...new Set(technicians.flatMap((one) => one.areas))].sort();
};

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
  /** The address lies in none of the known areas. Its visit is planned by hand. */
  | { readonly kind: 'none' }
  /** No area is known yet. */
  | { readonly kind: 'none-known' };

/** The area as given, else as it stands in the address; of districts of one name the one in the city of the address. */
export const areaOfOrder = (
  { address, given }: { readonly address: string; readonly given: string | undefined },
  known: readonly string[],
): OrderArea => {
  if (given === undefined && known.length === 0) return { kind: 'none-known' };
  const match = given === undefined ? areaOf(address, known) : areaNamed(given, address, known);
  if (match.kind !== 'found' || known.length === 0 || known.includes(match.area)) return match;
  return { kind: 'not-served', area: match.area, meant: nearest(match.area, known) };
};
