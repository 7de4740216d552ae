import { placeWords } from './address.ts';
import { withoutInvisible } from './invisible.ts';
import { citiesOf, officialName } from './same-named.ts';

/** What the known areas say about an address: the one it lies in, or the candidates (none, or several). */
export type AreaMatch =
  | { readonly kind: 'found'; readonly area: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly candidates: readonly string[] };

/** A name of a place, word by word, with cities under their official names. */
const wordsOf = (text: string): readonly string[] => {
  const words = placeWords(text);
  return words.map((word, i) => officialName(word, words[i + 1]));
};

/** The words that distinguish an area from others: cities under their official names. */
export const areaWords = wordsOf;

type KnownArea = { readonly area: string; readonly words: readonly string[] };

/** The same areas come again and again: a file of orders has them in every row. */
const prepared = new WeakMap<readonly string[], readonly KnownArea[]>();

const knownOf = (areas: readonly string[]): readonly KnownArea[] => {
  const ready = prepared.get(areas);
  if (ready !== undefined) return ready;
  const known = [...new Set(areas)].flatMap((area) => {
    const words = wordsOf(area);
    return words.length === 0 ? [] : [{ area, words }];
  });
  prepared.set(areas, known);
  return known;
};

/**
 * The area of an address: a known area whose words stand in it, whole and one after the other. A longer area beats the
 * shorter one inside it (`수원시 영통구` beats `영통구`); two in different places leave the choice to a person. A district
 * whose name more than one city has is meant with its city, and so answered, whoever is known: without a city in the
 * address a person must say which.
 */
export const areaOf = (address: string, knownAreas: readonly string[]): AreaMatch => {
  const words = wordsOf(address);
  const known = knownOf(knownAreas);
  const spans = [
    ...known.filter((one) => !isSameNamed(one.words)).flatMap((one) => spansOf(one, words)),
    ...sameNamed(words, known),
  ];
  const outermost = spans.filter((span) => !spans.some((other) => covers(other, span)));
  return matchOf(outermost.map(({ area }) => area));
};

/**
 * The same of an area that a person named: the known one that is meant, however its city is written, else as it was
 * named; of a district whose name more than one city has, the address says which.
 */
export const areaNamed = (given: string, address: string, knownAreas: readonly string[]): AreaMatch => {
  const words = wordsOf(given);
  const known = knownOf(knownAreas);
  if (!isSameNamed(words)) {
    const same = known.filter((one) => one.words.join(' ') === words.join(' '));
    return matchOf(same.length === 0 ? [withoutInvisible(given).trim()] : same.map(({ area }) => area));
  }
  const [name = ''] = words;
  const places = wordsOf(address);
  const at = places.indexOf(name);
  const city = cityBefore(name, at < 0 ? places.length : at, places);
  return matchOf((city === null ? citiesOf(name) : [city]).map((one) => fullName(one, name, known)));
};

/** The areas whose name does not say the city, with the cities that have one of that name. */
export const areasWithoutCity = (
  areas: readonly string[],
): readonly { readonly area: string; readonly cities: readonly string[] }[] =>
  knownOf([...new Set(areas)].sort()).flatMap(({ area, words }) =>
    isSameNamed(words) ? [{ area, cities: citiesOf(words[0] ?? '') }] : [],
  );

/** A district that several cities have, and no city with it. */
const isSameNamed = (words: readonly string[]): boolean =>
  words.length === 1 && citiesOf(words[0] ?? '').length > 0;

const matchOf = (areas: readonly string[]): AreaMatch => {
  const candidates = [...new Set(areas)].sort();
  const [area] = candidates;
  if (area === undefined) return { kind: 'none' };
  return candidates.length === 1 ? { kind: 'found', area } : { kind: 'several', candidates };
};

type Span = { readonly area: string; readonly from: number; readonly to: number };

const spansOf = ({ area, words: wanted }: KnownArea, words: readonly string[]): readonly Span[] =>
  words.flatMap((_, from) =>
    wanted.every((word, i) => words[from + i] === word) ? [{ area, from, to: from + wanted.length }] : [],
  );

const covers = (outer: Span, inner: Span): boolean =>
  outer.from <= inner.from && outer.to >= inner.to && outer.to - outer.from > inner.to - inner.from;

/** The same-named districts that an address names and anybody may be sent to, in the city that it says, else in every one. */
const sameNamed = (words: readonly string[], known: readonly KnownArea[]): readonly Span[] =>
  words.flatMap((name, at) => {
    const isServed = known.some((one) => one.words.at(-1) === name);
    if (!isServed) return [];
    const city = cityBefore(name, at, words);
    return (city === null ? citiesOf(name) : [city]).map((one) => ({
      area: fullName(one, name, known),
      from: city === null ? at : words.lastIndexOf(one, at),
      to: at + 1,
    }));
  });

/** The city that an address names before one of its same-named districts; null: it names none. */
const cityBefore = (district: string, at: number, words: readonly string[]): string | null => {
  const cities = citiesOf(district);
  return words.slice(0, at).findLast((word) => cities.includes(word)) ?? null;
};

/** As it is known, else by the official name of the city. */
const fullName = (city: string, district: string, known: readonly KnownArea[]): string => {
  const full = `${city} ${district}`;
  return known.find(({ words }) => words.join(' ') === full)?.area ?? full;
};
