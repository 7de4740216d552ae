import { Refusal } from '../../../core/rules/refusal.ts';
import { isUnfit } from '../../../core/values/clean-text.ts';

/** Where a row stands in a sorting: the sorted column's value, then the order's key. */
export type PageEnd = { readonly value: string; readonly key: string };

const refuse = (cursor: string): never => {
  throw new Refusal('BAD_VALUE', { flag: 'cursor', value: cursor, expected: { code: 'CURSOR' } });
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** A server takes no text in which there is more. */
const isPlain = (part: unknown): part is string => typeof part === 'string' && !isUnfit(part);

/** Opaque to its keeper. */
export const encodeCursor = ({ value, key }: PageEnd): string =>
  Buffer.from(JSON.stringify([value, key])).toString('base64url');

/** Throws the refusal BAD_VALUE for a text that `encodeCursor` did not make. */
export const decodeCursor = (cursor: string): PageEnd => {
  const parsed = parse(Buffer.from(cursor, 'base64url').toString());
  if (!Array.isArray(parsed)) return refuse(cursor);
  const [value, key]: readonly unknown[] = parsed;
  return isPlain(value) && isPlain(key) ? { value, key } : refuse(cursor);
};
