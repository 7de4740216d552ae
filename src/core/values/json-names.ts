const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/**
 * Whether an object in a text of JSON has two members of one name: readers disagree about which of them counts. The text is
 * valid JSON. Names are compared as they are read, whatever is escaped in them.
 */
export const hasRepeatedName = (json: string): boolean => {
  const open: (Set<string> | null)[] = [];
  let isName = false;
  for (const [token] of json.matchAll(TOKEN)) {
    const names = open.at(-1) ?? null;
    if (token.startsWith('"')) {
      if (!isName || names === null) continue;
      const name = JSON.parse(token) as string;
      if (names.has(name)) return true;
      names.add(name);
      isName = false;
      continue;
    }
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : null);
    if (token === '}' || token === ']') open.pop();
    isName = token === '{' || (token === ',' && (open.at(-1) ?? null) !== null);
  }
  return false;
};
