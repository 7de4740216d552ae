import { areaWords } from '../values/area.ts';

/** Which of the imported areas a name means. */
export type NamedArea =
  | { readonly kind: 'found'; readonly index: number }
  | { readonly kind: 'none' }
  /** Several areas have that short name, and nothing says which. */
  | { readonly kind: 'several'; readonly candidates: readonly string[] };

export type AreaNames = (name: string) => NamedArea;

type Named = { readonly area: string; readonly index: number; readonly key: string };

/**
 * Finds areas by their names, however their cities are written (`부산 강서구` is `부산광역시 강서구`). A short name (`영통구`,
 * of `수원시 영통구`) means the area if it is the only one, or if all that have it lie in one place (`isOne`).
 */
export const areaNames = (areas: readonly string[], isOne: (a: number, b: number) => boolean): AreaNames => {
  const byKey = new Map<string, Named>();
  const byLast = new Map<string, Named[]>();
  for (const [index, area] of areas.entries()) {
    const words = areaWords(area);
    const named = { area, index, key: words.join(' ') };
    if (named.key === '' || byKey.has(named.key)) continue;
    byKey.set(named.key, named);
    const last = words.at(-1) ?? '';
    byLast.set(last, [...(byLast.get(last) ?? []), named]);
  }
  return (name) => {
    const words = areaWords(name);
    const key = words.join(' ');
    const exact = byKey.get(key);
    if (exact !== undefined) return { kind: 'found', index: exact.index };
    const found = (byLast.get(words.at(-1) ?? '') ?? []).filter(
      (one) => one.key.endsWith(` ${key}`) || key.endsWith(` ${one.key}`),
    );
    const [first, ...others] = found;
    if (first === undefined) return { kind: 'none' };
    if (others.every(({ index }) => isOne(first.index, index))) return { kind: 'found', index: first.index };
    return { kind: 'several', candidates: found.map(({ area }) => area).sort() };
  };
};
