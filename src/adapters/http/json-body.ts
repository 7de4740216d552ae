import type { Cause } from '../../core/codes/cause.ts';

export type JsonBody =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly cause: Cause };

/** Deeper than any answer of the two APIs; bounds the recursion of whoever reads it. */
const MAX_DEPTH = 32;

const utf8 = new TextDecoder('utf-8', { fatal: true });

const refused = (cause: Cause): JsonBody => ({ ok: false, cause });

/** Reads an answer's body as JSON: only when it says so, uncompressed, valid UTF-8, of bounded depth, without `__proto__`. */
export const readJson = (headers: Readonly<Record<string, string>>, body: Uint8Array): JsonBody => {
  if (body.length === 0) return refused({ code: 'BODY_EMPTY' });
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity') return refused({ code: 'BODY_ENCODED', encoding });
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== 'application/json') return refused({ code: 'BODY_TYPE', type });
  try {
    const value: unknown = JSON.parse(utf8.decode(body));
    const fault = faultOf(value);
    return fault === null ? { ok: true, value } : refused(fault);
  } catch (error) {
    // The parser's own message quotes the body, which may hold what must not reach the log.
    return refused({ code: error instanceof SyntaxError ? 'BODY_NOT_JSON' : 'BODY_NOT_UTF8' });
  }
};

/** By hand, not recursive: the depth is the peer's choice. */
const faultOf = (root: unknown): Cause | null => {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_DEPTH) return { code: 'BODY_TOO_DEEP', most: MAX_DEPTH };
    if (Object.hasOwn(value, '__proto__')) return { code: 'BODY_PROTO' };
    for (const member of Object.values(value)) open.push({ value: member, depth: depth + 1 });
  }
  return null;
};
