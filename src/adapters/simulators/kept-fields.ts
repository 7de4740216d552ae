import { isJsonObject } from '../../core/values/json-fields.ts';
import { withoutPersonal } from '../../core/values/personal-words.ts';
import { fieldsOf, itemsOf, textOf } from './request.ts';

/** What is kept of a value: a text, a yes or no, anything at all, these fields of an object, or this of each element of a list. */
export type Kept = 'text' | 'flag' | 'any' | { readonly [field: string]: Kept } | readonly [Kept];

/** A value with what is kept of it; undefined: nothing. */
export const keep = (value: unknown, kept: Kept): unknown => {
  if (kept === 'any') return value;
  if (kept === 'text') return textOf(value) ?? undefined;
  if (kept === 'flag') return typeof value === 'boolean' ? value : undefined;
  if (isListOf(kept)) return Array.isArray(value) ? keepEach(value, kept[0]) : undefined;
  return isJsonObject(value) ? keepFields(value, kept) : undefined;
};

const isListOf = (kept: Exclude<Kept, string>): kept is readonly [Kept] => Array.isArray(kept);

const keepEach = (list: readonly unknown[], kept: Kept): readonly unknown[] =>
  list.map((element) => keep(element, kept)).filter((element) => element !== undefined);

/** The fields of an object with what is kept of each. */
export const keepFields = (
  body: unknown,
  kept: { readonly [field: string]: Kept },
): Readonly<Record<string, unknown>> => {
  const fields = fieldsOf(body);
  const pairs = Object.entries(kept)
    .filter(([name]) => Object.hasOwn(fields, name))
    .map(([name, inside]) => [name, keep(fields[name], inside)] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
};

/** What TMF objects say of their own kind. */
export const TYPES = {
  '@type': 'text',
  '@baseType': 'text',
  '@schemaLocation': 'text',
  '@referredType': 'text',
} as const satisfies Kept;

/** A reference to a thing, which may have a name. */
export const REFERENCE = { id: 'text', href: 'text', name: 'text', ...TYPES } as const satisfies Kept;

/** A reference to a person or to where one lives: its name is theirs. */
export const PERSONAL_REFERENCE = {
  id: 'text',
  href: 'text',
  role: 'text',
  ...TYPES,
} as const satisfies Kept;

/** A body's description, without the names of its parties and places and without phone numbers. */
export const keptDescription = (body: unknown): { readonly description?: string } => {
  const { description, relatedParty, place, relatedPlace } = fieldsOf(body);
  const text = textOf(description);
  if (text === null) return {};
  const named = [...itemsOf(relatedParty), ...itemsOf(place), relatedPlace].map(
    (reference) => textOf(fieldsOf(reference).name) ?? '',
  );
  return { description: named.reduce((bare, name) => withoutPersonal(bare, { name }), text) };
};
