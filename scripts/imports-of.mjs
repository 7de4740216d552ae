// The source files of a folder, and what each of them imports: for the checks of the tree.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every source file below a folder, sorted. */
export const sourceFiles = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .map((name) => join(folder, name))
        .filter((path) => /\.(ts|mts|cts|js|mjs)$/.test(path) && !path.endsWith('.d.ts'))
        .sort()
    : [];

const FROM =
  /(?<![.\w$])(?:import|export)(?:\s+type(?=\s+[\w{*$])(?!\s+from\b))?\s*(?:[\w$*{}\s,]*?\bfrom\s*)?(["'`])/g;
const DYNAMIC = /(?<![.\w$])import\s*\(\s*(["'`])/g;
const REQUIRE = /(?<![.\w$])require\s*\(\s*(["'`])/g;

/** Every import and re-export with its line; `isStatic`: not an import(), which loads the file later, when it is needed. */
export const importsOf = (code) => {
  const found = [];
  const add = (match, isStatic) => {
    const start = match.index + match[0].length;
    const specifier = code.literalAt(start - 1);
    if (specifier !== null) found.push({ specifier, line: code.lineAt(match.index), isStatic });
  };
  for (const match of code.masked.matchAll(FROM)) add(match, true);
  for (const match of code.masked.matchAll(DYNAMIC)) add(match, false);
  for (const match of code.masked.matchAll(REQUIRE)) add(match, false);
  return found;
};
