/**
 * Order of ids as people count: ORD-999999 comes before ORD-1000000. Ids of one kind share their prefix, so the shorter
 * one is the smaller number.
 */
export const byId = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** Plain order of code units, the same on every machine. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `ORD-000042`: at least six digits. */
export const numberedId = (prefix: string, n: number): string => `${prefix}-${String(n).padStart(6, '0')}`;
