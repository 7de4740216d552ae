import { valuesAt } from './json-fields.ts';

const OPERATORS = ['gt', 'gte', 'lt', 'lte'] as const;

/** One condition of a query: an attribute by its dotted path, and the values of which one must fit. */
export type Filter = {
  readonly path: string;
  readonly operator: 'eq' | (typeof OPERATORS)[number];
  readonly values: readonly string[];
};

/** Reads a parameter of a query: `state=active,designed`, `orderDate.gte=2026-11-23T00:00:00Z`, `priority="1"`. */
export const readFilter = (name: string, value: string): Filter => {
  const operator = OPERATORS.find((one) => name.endsWith(`.${one}`));
  return operator === undefined
    ? { path: name, operator: 'eq', values: readValues(value) }
    : { path: name.slice(0, -operator.length - 1), operator, values: [unquoted(value)] };
};

/** Values that commas separate. In quotes a comma is one of the value's own; without them it may be. */
const readValues = (text: string): readonly string[] => {
  const pieces = [...text.matchAll(/"(?:[^"\\]|\\.)*"|[^,]+/g)].map(([piece]) => unquoted(piece));
  return pieces.length > 1 ? [...pieces, text] : pieces;
};

const unquoted = (text: string): string =>
  text.length > 1 && text.startsWith('"') && text.endsWith('"')
    ? text.slice(1, -1).replace(/\\(["\\])/g, '$1')
    : text;

/** Whether a body fits: one of its values at the path does. What has no such attribute fits nothing. */
export const fits = (body: unknown, { path, operator, values }: Filter): boolean =>
  valuesAt(body, path).some((held) => values.some((value) => holds(held, operator, value)));

const holds = (held: unknown, operator: Filter['operator'], value: string): boolean => {
  if (typeof held === 'object') return false;
  const order = compare(String(held), value);
  switch (operator) {
    case 'eq':
      return order === 0;
    case 'gt':
      return order > 0;
    case 'gte':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'lte':
      return order <= 0;
  }
};

/** Moments by their time, numbers by their size, anything else as text. */
const compare = (a: string, b: string): number => {
  if (a === b) return 0;
  const [left, right] = [momentOf(a), momentOf(b)];
  if (left !== null && right !== null) return left - right;
  const [more, less] = [numberOf(a), numberOf(b)];
  if (more !== null && less !== null) return more - less;
  return a < b ? -1 : 1;
};

/** A `+` of an offset that was not escaped in a query is a space there. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+\- ]\d\d:\d\d)$/;

const momentOf = (text: string): number | null => {
  const at = MOMENT.test(text) ? Date.parse(text.replace(' ', '+')) : Number.NaN;
  return Number.isNaN(at) ? null : at;
};

const numberOf = (text: string): number | null =>
  /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : null;
