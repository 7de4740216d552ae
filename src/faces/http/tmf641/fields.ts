import type { Expected } from '../../../core/codes/expected.ts';
import { Refusal } from '../../../core/rules/refusal.ts';
import { isDate, iso } from '../../../core/time/iso.ts';
import { isJsonObject, type JsonObject } from '../../../core/values/json-fields.ts';

/** A field of a document that cannot be taken. What stands in it is not told: it may be personal. */
export const badField = (field: string, expected: Expected): Refusal<'BAD_FIELD'> =>
  new Refusal('BAD_FIELD', { field, expected });

/** What an object of the API says of its own kind; it decides nothing here. */
const TYPES = ['@type', '@baseType', '@schemaLocation', '@referredType'];

/** Which fields an object may have, and which are the server's own. */
export type Known = { readonly fields: readonly string[]; readonly unsettable?: readonly string[] };

/** An object with known fields only: a name that is mistyped must not go unnoticed. */
export const objectAt = (value: unknown, path: string, { fields, unsettable = [] }: Known): JsonObject => {
  if (!isJsonObject(value)) throw badField(path === '' ? 'body' : path, { code: 'OBJECT' });
  for (const name of Object.keys(value)) {
    if (fields.includes(name) || TYPES.includes(name)) continue;
    const field = path === '' ? name : `${path}.${name}`;
    if (unsettable.includes(name)) throw badField(field.slice(0, 200), { code: 'NOT_SETTABLE' });
    throw badField(field.slice(0, 200), { code: 'NO_SUCH_FIELD', fields });
  }
  return value;
};

/** The elements of a list, at least one, each with its path. */
export const listAt = (
  value: unknown,
  path: string,
): readonly { readonly value: unknown; readonly path: string }[] => {
  if (!Array.isArray(value) || value.length === 0) throw badField(path, { code: 'LIST' });
  return value.map((element: unknown, at) => ({ value: element, path: `${path}[${at}]` }));
};

/** A text that is not blank. */
export const textAt = (value: unknown, path: string, most: number): string => {
  if (value === undefined) throw badField(path, { code: 'REQUIRED' });
  if (typeof value !== 'string' || value.trim() === '' || value.length > most) {
    throw badField(path, { code: 'TEXT', most });
  }
  // A half of a character is read back as another one.
  if (/\p{Surrogate}/u.test(value)) throw badField(path, { code: 'WELL_FORMED' });
  return value.trim();
};

/** One of these texts, exactly. */
export const oneOfAt = <T extends string>(value: unknown, path: string, choices: readonly T[]): T => {
  if (value === undefined) throw badField(path, { code: 'REQUIRED' });
  const chosen = choices.find((choice) => choice === value);
  if (chosen === undefined) throw badField(path, { code: 'ONE_OF', choices });
  return chosen;
};

/** A whole number, written as a number. */
export const wholeAt = (
  value: unknown,
  path: string,
  { min, max }: { readonly min: number; readonly max: number },
): number => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw badField(path, { code: 'WHOLE_NUMBER', min, max, unit: 'none' });
  }
  return value;
};

const MOMENT =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** A moment with its offset, epoch ms; null: it is none. */
export const momentOf = (text: string): number | null => {
  const [, date] = MOMENT.exec(text) ?? [];
  const at = date !== undefined && isDate(date) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : at;
};

/** A moment with its offset, as UTC ISO 8601. */
export const momentAt = (value: unknown, path: string): string => {
  const at = typeof value === 'string' ? momentOf(value) : null;
  if (at === null) throw badField(path, { code: 'MOMENT' });
  return iso(at);
};

/** What may be missing. */
export const optional = <T>(value: unknown, read: (value: unknown) => T): T | undefined =>
  value === undefined ? undefined : read(value);

/** What may be missing, or null: then it is taken back. */
export const nullable = <T>(value: unknown, read: (value: unknown) => T): T | null | undefined =>
  value === null ? null : optional(value, read);
