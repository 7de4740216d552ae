const MAX_MS = 300_000;

/** The moment (epoch ms) that a Retry-After header names, in seconds or as a date; at most 300 s ahead. null: none. */
export const retryAtOf = (header: string | undefined, now: number): number | null => {
  const text = header?.trim() ?? '';
  const at = /^\d{1,9}$/.test(text) ? now + Number(text) * 1_000 : httpDateOf(text);
  return at === null ? null : Math.min(Math.max(at, now), now + MAX_MS);
};

/** Only the form that senders must use: `Sun, 06 Nov 1994 08:49:37 GMT`. */
const httpDateOf = (text: string): number | null => {
  if (!/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
};
