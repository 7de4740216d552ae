const MAX_LENGTH = 2_000;

/** One `<target>; param; param="…"` of a Link header (RFC 8288). */
const LINK = /<([^>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]+))?)*)/g;
const NEXT = /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next(?=[\s;,]|$))/i;

const PAGES = /;\s*rel\s*=\s*"?(?:[^";,]*\s)?(?:first|last|prev|previous)(?=["\s;,]|$)/i;

/** A Link header that names pages of the list at all: without a next one the page is the last. */
export const linksPages = (header: string | undefined): boolean =>
  [...(header ?? '').matchAll(LINK)].some(([, , params = '']) => PAGES.test(params));

export type NextLink =
  | { readonly kind: 'none' }
  /** Query of the next page, with its question mark; the path is that of the list. */
  | { readonly kind: 'query'; readonly query: string }
  | { readonly kind: 'elsewhere' };

/**
 * Where `Link: rel=next` says a list goes on. Gateways leave the peer's inner host name in it, so its origin and the
 * beginning of its path are not looked at: the query is asked at the list that was asked, which also keeps the token here.
 */
export const nextLink = (header: string | undefined, listPath: string): NextLink => {
  for (const [, target = '', params = ''] of (header ?? '').matchAll(LINK)) {
    if (!NEXT.test(params)) continue;
    const url = URL.canParse(target, 'http://peer/') ? new URL(target, `http://peer${listPath}`) : null;
    const isHere = url?.pathname.replace(/\/+$/, '').endsWith(listPath) === true;
    return isHere && url.search.length > 1 && url.search.length <= MAX_LENGTH
      ? { kind: 'query', query: url.search }
      : { kind: 'elsewhere' };
  }
  return { kind: 'none' };
};
