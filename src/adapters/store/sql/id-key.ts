/**
 * An order id as a text that sorts as people count: ORD-999999 comes before ORD-1000000. Ids share their prefix, so the
 * shorter one is the smaller number; the length goes in front, in two digits.
 */
export const idKey = (id: string): string => `${String(id.length).padStart(2, '0')}${id}`;

/** The id of a key of `idKey`. */
export const idOfKey = (key: string): string => key.slice(2);

/** `ORD-000042`: at least six digits. */
export const numberedId = (prefix: string, n: number): string => `${prefix}-${String(n).padStart(6, '0')}`;

/** Plain order of code units, as SQLite sorts the keys. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
