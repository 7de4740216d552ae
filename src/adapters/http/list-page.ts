import type { Cause } from '../../core/codes/cause.ts';
import { type Observation, type Outcome, outcomeOf } from '../../core/peers/outcome.ts';
import { type ListPage, PAGE_TOO_LARGE, type PageAsked } from '../../core/ports/peers.ts';
import { fromCache } from './from-cache.ts';
import { linksPages, nextLink } from './next-link.ts';
import type { Answer, Reading } from './peer-client.ts';
import { idOf, isObject } from './reading.ts';
import { rangeOf, totalOf } from './total.ts';

/** Where a page is read: as the peer linked it, else by `filter` (`name=value`), offset and limit. */
export const pagePath = (list: string, filter: string, { offset, limit, next }: PageAsked): string =>
  next === null ? `${list}?${filter}&offset=${offset}&limit=${limit}` : `${list}${next}`;

/** One page as the peer gave it; `itemOf` is null for an element that the reader does not want. */
export const readPage =
  <T>(list: string, itemOf: (element: unknown) => T | null) =>
  ({ json, headers }: Answer): Reading<ListPage<T>> => {
    if (!Array.isArray(json)) return { ok: false, cause: { code: 'NOT_A_LIST' } };
    const ids = json
      .map((element) => (isObject(element) ? idOf(element.id) : null))
      .filter((id) => id !== null);
    const link = nextLink(headers.link, list);
    const cached = fromCache(headers);
    const nameless = json.length - ids.length;
    const range = rangeOf(headers);
    const doubts: readonly (Cause | null)[] = [
      cached === null ? null : { code: 'PAGE_FROM_CACHE', cached },
      link.kind === 'elsewhere' ? { code: 'NEXT_ELSEWHERE' } : null,
      nameless === 0 ? null : { code: 'NO_IDS', elements: nameless },
    ];
    return {
      ok: true,
      value: {
        items: json.map((element) => itemOf(element)).filter((item) => item !== null),
        ids,
        count: json.length,
        total: totalOf(headers),
        next: link.kind === 'query' ? link.query : null,
        isLast:
          link.kind === 'none' && (linksPages(headers.link) || (range !== null && range.end === range.total)),
        doubt: doubts.find((doubt) => doubt !== null) ?? null,
      },
    };
  };

const EMPTY: ListPage<never> = {
  items: [],
  ids: [],
  count: 0,
  total: null,
  next: null,
  isLast: false,
  doubt: null,
};

/** What a page came to: one that is too large is refused as such, and one behind the end (416) is empty. */
export const pageOutcome = <T>(
  observation: Observation<ListPage<T>>,
  { offset }: PageAsked,
): Outcome<ListPage<T>> => {
  if (observation.seen === 'response') {
    const { status, body } = observation;
    if (status === 416 && offset > 0) return { kind: 'confirmed', value: EMPTY };
    if (status >= 200 && status < 300 && !body.ok && body.cause.code === 'BODY_TOO_LARGE')
      return { kind: 'rejected', code: PAGE_TOO_LARGE, message: '' };
  }
  return outcomeOf(observation);
};
