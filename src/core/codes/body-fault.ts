import type { Cause } from './cause.ts';

/** Deeper than any request or answer of the APIs that are spoken here; bounds the recursion of their readers. */
const MAX_DEPTH = 32;

/**
 * What keeps a body that is JSON from being read: it is too deep, or has a member `__proto__`. By hand, not recursive: the
 * depth is the sender's choice. null: nothing.
 */
export const bodyFaultOf = (root: unknown): Cause | null => {
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
