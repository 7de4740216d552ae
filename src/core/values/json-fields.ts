/** A JSON object as it was read. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at a dotted path, through lists: `serviceOrderItem.id` has one value for each item. */
export const valuesAt = (value: unknown, path: string): readonly unknown[] => {
  const [key = '', ...rest] = path.split('.');
  if (Array.isArray(value)) return value.flatMap((element) => valuesAt(element, path));
  if (!isJsonObject(value) || !Object.hasOwn(value, key)) return [];
  const found = value[key];
  if (rest.length > 0) return valuesAt(found, rest.join('.'));
  return Array.isArray(found) ? found : [found];
};

/** The chosen fields of an object by their dotted paths, lists entered, as they stand in it; what it has not is left out. */
export const selectFields = (body: JsonObject, paths: readonly string[]): JsonObject => {
  const selected = Object.entries(body).flatMap(([key, value]): readonly [string, unknown][] => {
    if (paths.includes(key)) return [[key, value]];
    const below = paths
      .filter((path) => path.startsWith(`${key}.`))
      .map((path) => path.slice(key.length + 1));
    return below.length === 0 ? [] : [[key, selectBelow(value, below)]];
  });
  return Object.fromEntries(selected);
};

const selectBelow = (value: unknown, paths: readonly string[]): unknown => {
  if (Array.isArray(value)) return value.map((element) => selectBelow(element, paths));
  return isJsonObject(value) ? selectFields(value, paths) : value;
};
