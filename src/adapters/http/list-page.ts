import type { Answer, Reading } from './peer-client.ts';
import { totalOf } from './total.ts';

/** Which part of a list is asked for. */
export type Page = { readonly offset: number; readonly limit: number };

/** What came of it; `nextOffset` null: it was the last page. */
type ListPage = { readonly items: readonly unknown[]; readonly nextOffset: number | null };

/**
 * One page of a list by `offset` and `limit`. Without a total the last page is the one that is not full. A page that is
 * empty although more are announced would hide some, and is refused.
 */
export const listPage = ({ json, headers }: Answer, { offset, limit }: Page): Reading<ListPage> => {
  if (!Array.isArray(json)) return { ok: false, cause: { code: 'NOT_A_LIST' } };
  const total = totalOf(headers);
  const end = offset + json.length;
  const more = total === null ? json.length >= limit : end < total;
  if (more && json.length === 0) {
    return { ok: false, cause: { code: 'LIST_ENDS', offset, total: total ?? -1 } };
  }
  return { ok: true, value: { items: json, nextOffset: more ? end : null } };
};
