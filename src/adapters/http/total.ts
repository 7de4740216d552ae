/** How many there are in all, when the peer says so (X-Total-Count, or Content-Range `items 0-9/42`); null: it does not. */
export const totalOf = (headers: Readonly<Record<string, string>>): number | null => {
  const text = headers['x-total-count'] ?? /\/(\d+)\s*$/.exec(headers['content-range'] ?? '')?.[1];
  return text !== undefined && /^\s*\d{1,12}\s*$/.test(text) ? Number(text) : null;
};
