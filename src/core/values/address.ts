import { cleanText } from './clean-text.ts';

const MAX_CHARS = 200;

/** An address as it is kept: NFC, trimmed, on one line, 1 to 200 characters. null: it is none. */
export const parseAddress = (text: string): string | null => cleanText(text, MAX_CHARS);

/** What the known areas say about an address: the one it lies in, or the candidates (none, or several). */
export type AreaMatch =
  | { readonly kind: 'found'; readonly area: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly candidates: readonly string[] };

type Span = { readonly area: string; readonly from: number; readonly to: number };

const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .split(/[\s,()]+/)
    .filter((word) => word !== '');

/** Whether two texts name one place: the same words, however they are spaced, cased and set apart. */
export const isSameAddress = (one: string, other: string): boolean =>
  one === other || wordsOf(one).join(' ') === wordsOf(other).join(' ');

/**
 * The area of an address: a known area whose words stand in it, whole and one after the other. A longer area beats the
 * shorter one inside it (`수원시 영통구` beats `영통구`); two in different places leave the choice to a person.
 */
export const areaOf = (address: string, knownAreas: readonly string[]): AreaMatch => {
  const words = wordsOf(address);
  const spans = [...new Set(knownAreas)].flatMap((area) => spansOf(area, words));
  const outermost = spans.filter((span) => !spans.some((other) => covers(other, span)));
  const candidates = [...new Set(outermost.map((span) => span.area))].sort();
  const [area] = candidates;
  if (area === undefined) return { kind: 'none' };
  return candidates.length === 1 ? { kind: 'found', area } : { kind: 'several', candidates };
};

const spansOf = (area: string, words: readonly string[]): readonly Span[] => {
  const wanted = wordsOf(area);
  if (wanted.length === 0) return [];
  return words.flatMap((_, from) =>
    wanted.every((word, i) => words[from + i] === word) ? [{ area, from, to: from + wanted.length }] : [],
  );
};

const covers = (outer: Span, inner: Span): boolean =>
  outer.from <= inner.from && outer.to >= inner.to && outer.to - outer.from > inner.to - inner.from;
