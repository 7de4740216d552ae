import type { Lang } from '../../texts/lang.ts';

type Wish = { readonly what: string; readonly quality: number };

const wishesOf = (header: string): readonly Wish[] =>
  header
    .slice(0, 1_000)
    .split(',')
    .map((part) => {
      const [what = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      const q = parameters.find((text) => text.startsWith('q='));
      const quality = q === undefined ? 1 : Number(q.slice(2));
      return { what, quality: Number.isFinite(quality) ? quality : 0 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);

/** The language of ours that `Accept-Language` likes best. */
export const langAsked = (header: string | undefined, otherwise: Lang): Lang => {
  for (const { what } of wishesOf(header ?? '')) {
    if (what === 'ko' || what.startsWith('ko-')) return 'ko';
    if (what === 'en' || what.startsWith('en-')) return 'en';
  }
  return otherwise;
};

/** The first of the offered types that `Accept` likes best; the first of all where it says nothing; null: none of them. */
export const typeAsked = <T extends string>(header: string | undefined, offered: readonly T[]): T | null => {
  const [first] = offered;
  if (header === undefined || first === undefined) return first ?? null;
  for (const { what } of wishesOf(header)) {
    const found = offered.find(
      (type) =>
        what === '*/*' || what === type || (what.endsWith('/*') && type.startsWith(what.slice(0, -1))),
    );
    if (found !== undefined) return found;
  }
  return null;
};

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The `traceparent` of W3C Trace Context; null: there is none, or it is not written like one. */
export const traceOf = (header: string | undefined): string | null =>
  header !== undefined && TRACEPARENT.test(header) ? header : null;
