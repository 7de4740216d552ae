import type { JsonBody } from './json-body.ts';
import { peerText } from './peer-text.ts';
import { isObject, textOf } from './reading.ts';

/** Codes go onto the log and into tables: words, not sentences. */
const codeOf = (text: string, secrets: readonly string[]): string =>
  peerText(text, secrets)
    .replace(/[^\p{L}\p{N}_.:*-]+/gu, '_')
    .slice(0, 64);

/**
 * The error that a peer gave, `{code, reason, message, status}`; null when the body is none (a page of some proxy on the
 * way). An empty body of a 404 counts as the API's own: many say no more than that.
 */
export const peerError = (
  status: number,
  json: JsonBody,
  empty: boolean,
  secrets: readonly string[],
): { readonly code: string; readonly message: string } | null => {
  if (empty && status === 404) return { code: `HTTP_${status}`, message: '' };
  if (!json.ok || !isObject(json.value)) return null;
  const { code, reason, message } = json.value;
  const said = typeof code === 'number' ? String(code) : textOf(code);
  const words = textOf(reason) ?? textOf(message);
  if (said === null && words === null) return null;
  const known = said === null ? '' : codeOf(said, secrets);
  return { code: known === '' ? `HTTP_${status}` : known, message: peerText(words ?? '', secrets) };
};
