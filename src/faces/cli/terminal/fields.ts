const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a dotted key; a list is entered by index. undefined: no such key. */
export const fieldAt = (data: unknown, dotted: string): unknown => {
  let value: unknown = data;
  for (const key of dotted.split('.')) {
    if (Array.isArray(value) && /^\d+$/.test(key)) value = value[Number(key)];
    else if (isRecord(value) && Object.hasOwn(value, key)) value = value[key];
    else return value === null ? null : undefined;
  }
  return value;
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

/** The reader's fields that `data` cannot have: their first key is not there. */
export const unknownFields = (data: unknown, fields: readonly string[]): readonly string[] =>
  isRecord(data) ? fields.filter((field) => !Object.hasOwn(data, field.split('.')[0] ?? field)) : [];
