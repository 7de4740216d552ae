type Headers = Readonly<Record<string, string>>;

/** How many there are in all, when the peer says so (X-Total-Count, or Content-Range `items 0-9/42`); null: it does not. */
export const totalOf = (headers: Headers): number | null => {
  const text = headers['x-total-count'] ?? /\/(\d+)\s*$/.exec(headers['content-range'] ?? '')?.[1];
  return text !== undefined && /^\s*\d{1,12}\s*$/.test(text) ? Number(text) : null;
};

/** Where a page ends, and how many there are in all, by a Content-Range that tells both. */
export const rangeOf = (headers: Headers): { readonly end: number; readonly total: number } | null => {
  const [, last, total] =
    /^\s*\w+\s+\d{1,12}-(\d{1,12})\/(\d{1,12})\s*$/.exec(headers['content-range'] ?? '') ?? [];
  return last === undefined ? null : { end: Number(last) + 1, total: Number(total) };
};
