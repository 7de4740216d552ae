import { withoutEndSlashes } from '../../core/values/end-slashes.ts';

const MAX_LENGTH = 2_000;

/** One parameter of a link and the sign before it: `; rel="next"`. Read where the one before it ended, never looked for. */
const PARAM = /\s*;\s*([\w!#$&+.^`|~*-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]+)))?/y;

type Link = { readonly target: string; readonly rels: readonly string[] };

/** Each `<target>; param; param="…"` of a Link header (RFC 8288), with what it is to the page of the request. */
function* linksOf(header: string): Generator<Link, void> {
  for (let from = header.indexOf('<'); from >= 0; from = header.indexOf('<', from)) {
    const to = header.indexOf('>', from);
    if (to < 0) return;
    const target = header.slice(from + 1, to);
    const rels: string[] = [];
    from = to + 1;
    for (;;) {
      PARAM.lastIndex = from;
      const [all, name = '', quoted, bare = ''] = PARAM.exec(header) ?? [];
      if (all === undefined) break;
      from += all.length;
      if (name.toLowerCase() === 'rel') rels.push(...(quoted ?? bare).toLowerCase().split(/\s+/));
    }
    yield { target, rels };
  }
}

const OF_PAGES = ['first', 'last', 'prev', 'previous'];

/** A Link header that names pages of the list at all: without a next one the page is the last. */
export const linksPages = (header: string | undefined): boolean =>
  [...linksOf(header ?? '')].some(({ rels }) => rels.some((rel) => OF_PAGES.includes(rel)));

export type NextLink =
  | { readonly kind: 'none' }
  /** Query of the next page, with its question mark; the path is that of the list. */
  | { readonly kind: 'query'; readonly query: string }
  | { readonly kind: 'elsewhere' };

/**
 * Where `Link: rel=next` says a list goes on. Gateways leave the peer's inner host name in it, so its origin and the
 * beginning of its path are not looked at: the query goes to the list that was read, which also keeps the token here.
 */
export const nextLink = (header: string | undefined, listPath: string): NextLink => {
  for (const { target, rels } of linksOf(header ?? '')) {
    if (!rels.includes('next')) continue;
    const url = URL.canParse(target, 'http://peer/') ? new URL(target, `http://peer${listPath}`) : null;
    const isHere = url !== null && withoutEndSlashes(url.pathname).endsWith(listPath);
    return isHere && url.search.length > 1 && url.search.length <= MAX_LENGTH
      ? { kind: 'query', query: url.search }
      : { kind: 'elsewhere' };
  }
  return { kind: 'none' };
};
