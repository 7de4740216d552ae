import type { Policy } from '../rules/policy.ts';
import { type AreaNames, areaNames, type NamedArea } from './area-names.ts';
import { greatCircleMetres } from './great-circle.ts';
import { type AreaPlace, type TravelData, travelVersion } from './travel-data.ts';

/** How long the ways between areas are. */
export type Travel = {
  /** Of the imported data; null: there is none, and every way is `visits.travelMinutes`. */
  readonly version: string | null;
  /**
   * Whole minutes from one area to another; null: no technician drives there on the same day (another group of areas), or
   * the name fits several areas. An area that is not known (or null) is as far as the constant says.
   */
  readonly minutes: (from: string | null, to: string | null) => number | null;
  /** Metres by road from one area to another, as estimated; null: not known. */
  readonly metres: (from: string | null, to: string | null) => number | null;
  /** Whether two names mean one area. */
  readonly isSame: (a: string, b: string) => boolean;
  /** Which of the imported areas a name means. */
  readonly find: (area: string) => NamedArea;
  /** The imported areas, by name. */
  readonly areas: readonly string[];
};

type TravelPolicy = Pick<Policy, 'travel' | 'visits'>;

/** Minutes for so many metres as the crow flies: whole numbers, so that they are the same everywhere. */
const drivingMinutes = (metres: number, { travel }: TravelPolicy): number =>
  Math.ceil((metres * Math.round(travel.detour * 100) * 60) / (travel.kmPerHour * 100_000)) +
  travel.stopMinutes;

const isOnePlace = (a: AreaPlace | undefined, b: AreaPlace | undefined): boolean =>
  a !== undefined && b !== undefined && a.lat === b.lat && a.lon === b.lon && a.group === b.group;

/**
 * The ways by what was imported: the row of the matrix, else the great circle with the detour of roads; inside one area,
 * and to one that is not known, the constant.
 */
export const travelOf = (data: TravelData, policy: TravelPolicy): Travel => {
  const constant = policy.visits.travelMinutes;
  const version = travelVersion(data);
  if (version === null) return constantTravel(policy);
  const places = new Map((data.places?.rows ?? []).map((place) => [place.area, place]));
  const legs = data.matrix?.rows ?? [];
  const areas = [...new Set([...places.keys(), ...legs.flatMap(({ from, to }) => [from, to])])].sort();
  const placeAt = areas.map((area) => places.get(area));
  const matrix = new Map<string, number>();
  const find: AreaNames = remembered(areaNames(areas, (a, b) => isOnePlace(placeAt[a], placeAt[b])));
  const idOf = (area: string): number => {
    const found = find(area);
    return found.kind === 'found' ? found.index : -1;
  };
  for (const { from, to, minutes } of legs) matrix.set(`${idOf(from)}>${idOf(to)}`, minutes);
  // A way that one row tells is as long in the other direction, unless another row says otherwise.
  const leg = (a: number, b: number): number | undefined =>
    matrix.get(`${a}>${b}`) ?? matrix.get(`${b}>${a}`);

  const betweenIds = (a: number, b: number): number | null => {
    const told = leg(a, b);
    if (told !== undefined) return told;
    const [from, to] = [placeAt[a], placeAt[b]];
    if (a === b || isOnePlace(from, to)) return constant;
    if ((from?.group ?? null) !== (to?.group ?? null)) return null;
    if (from === undefined || to === undefined) return constant;
    return drivingMinutes(greatCircleMetres(from, to), policy);
  };
  const known = new Map<string, number | null>();
  const minutes: Travel['minutes'] = (from, to) => {
    if (from === null || to === null) return constant;
    const pair = `${from}>${to}`;
    const before = known.get(pair);
    if (before !== undefined) return before;
    const [a, b] = [find(from), find(to)];
    const result =
      a.kind === 'found' && b.kind === 'found'
        ? betweenIds(a.index, b.index)
        : from !== to && (a.kind === 'several' || b.kind === 'several')
          ? null
          : constant;
    known.set(pair, result);
    return result;
  };
  return {
    version,
    minutes,
    metres: (from, to) => {
      if (from === null || to === null) return null;
      const [a, b] = [placeAt[idOf(from)], placeAt[idOf(to)]];
      if (a === undefined || b === undefined) return from === to ? 0 : null;
      return Math.round((greatCircleMetres(a, b) * Math.round(policy.travel.detour * 100)) / 100);
    },
    isSame: (a, b) => {
      if (a === b) return true;
      const [one, other] = [find(a), find(b)];
      return (
        one.kind === 'found' &&
        other.kind === 'found' &&
        (one.index === other.index || isSameShort(areas, placeAt, one.index, other.index))
      );
    },
    find,
    areas,
  };
};

/** `분당구` and `성남시 분당구` of one file: two names, one place, one the end of the other. */
const isSameShort = (
  areas: readonly string[],
  placeAt: readonly (AreaPlace | undefined)[],
  a: number,
  b: number,
): boolean => {
  const [one = '', other = ''] = [areas[a], areas[b]];
  return isOnePlace(placeAt[a], placeAt[b]) && (one.endsWith(` ${other}`) || other.endsWith(` ${one}`));
};

/** Ways of which nothing was imported: all of them as long. */
export const constantTravel = ({ visits }: Pick<Policy, 'visits'>): Travel => ({
  version: null,
  minutes: () => visits.travelMinutes,
  metres: () => null,
  isSame: (a, b) => a === b,
  find: () => ({ kind: 'none' }),
  areas: [],
});

const remembered = (find: AreaNames): AreaNames => {
  const known = new Map<string, NamedArea>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = find(name);
    known.set(name, found);
    return found;
  };
};
