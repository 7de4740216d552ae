import type { Document, Node } from 'yaml';

/**
 * The first key that stands twice in one map; null: none does. The parser's own check compares each key with all before
 * it, a minute for a megabyte.
 */
export const keyThereTwice = (
  yaml: typeof import('yaml'),
  doc: Document,
): { readonly node: Node; readonly name: string } | null => {
  let twice: { readonly node: Node; readonly name: string } | null = null;
  yaml.visit(doc, {
    Map: (_key, map) => {
      const known = new Set<string>();
      for (const { key } of map.items) {
        if (!yaml.isScalar(key)) continue;
        const name = String(key.value);
        if (known.has(name)) {
          twice = { node: key, name };
          return yaml.visit.BREAK;
        }
        known.add(name);
      }
      return undefined;
    },
  });
  return twice;
};
