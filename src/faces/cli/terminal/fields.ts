const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The value at a dotted key; a list is entered by index, and by a name it gives the list of what its items have there
 * (`services.key`). undefined: no such key.
 */
export const fieldAt = (data: unknown, dotted: string): unknown => valueAt(data, dotted.split('.'));

const valueAt = (value: unknown, [key, ...rest]: readonly string[]): unknown => {
  if (key === undefined) return value;
  if (Array.isArray(value)) {
    if (/^\d+$/.test(key)) return valueAt(value[Number(key)], rest);
    const all = value.map((item) => valueAt(item, [key, ...rest]));
    return all.length > 0 && all.every((one) => one === undefined)
      ? undefined
      : all.map((one) => one ?? null);
  }
  if (isRecord(value) && Object.hasOwn(value, key)) return valueAt(value[key], rest);
  return value === null ? null : undefined;
};

/** Dotted keys of everything that is one value, objects entered, lists not. */
export const scalarFields = (data: unknown, prefix = ''): readonly string[] =>
  isRecord(data)
    ? Object.entries(data).flatMap(([key, value]) => {
        const dotted = prefix === '' ? key : `${prefix}.${key}`;
        if (Array.isArray(value)) return [];
        return isRecord(value) ? scalarFields(value, dotted) : [dotted];
      })
    : [];

/** Only the reader's fields, under their dotted names; what is missing is null. */
export const pickFields = (data: unknown, fields: readonly string[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(fields.map((field) => [field, fieldAt(data, field) ?? null]));

/** The reader's fields that `data` cannot have: their first key is not there, or no item of a list has what follows. */
export const unknownFields = (data: unknown, fields: readonly string[]): readonly string[] =>
  isRecord(data) ? fields.filter((field) => isUnknown(data, field.split('.'))) : [];

const isUnknown = (
  data: Readonly<Record<string, unknown>>,
  [first = '', ...rest]: readonly string[],
): boolean => {
  if (!Object.hasOwn(data, first)) return true;
  const value = data[first];
  const isByName = rest.length > 0 && !/^\d+$/.test(rest[0] ?? '');
  return Array.isArray(value) && value.length > 0 && isByName && valueAt(value, rest) === undefined;
};
