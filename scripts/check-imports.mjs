// The import rule of the architecture, as a check: `node scripts/check-imports.mjs [root]`.
//   core      imports core alone: no package, no node:*; and reads no clock, no randomness, no environment
//   adapters  import core, packages and each other, never commands
//   commands  reach adapters only through adapters/compose.ts, and adapters/terminal, which is their face
//   nobody    imports a file that is not there, leaves out the extension, or takes part in a cycle
// Tests may use more: they import the test library, core's tests also node:* and the memory adapters.
// Prints `file:line: reason` for every violation and exits 1.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeOf } from './source-code.mjs';

const TEST_FILE = /\.(test|contract)\.ts$/;
const TEST_LIBRARIES = ['vitest', 'fast-check'];

/** What makes a function's answer differ between two calls. */
const IMPURE = [
  [/\bDate\.now\b/g, 'core reads no clock (Date.now)'],
  [/\bnew\s+Date\s*(?:\(\s*\)|(?![\s(\w$]))/g, 'core reads no clock (new Date without a moment)'],
  [/(?<![.\w$]|new\s+)Date\s*\(/g, 'core reads no clock (Date())'],
  [/\bperformance\s*\./g, 'core reads no clock (performance)'],
  [/\bMath\.random\b/g, 'core has no randomness (Math.random)'],
  [/(?<![.\w$])crypto\s*\./g, 'core has no randomness (crypto)'],
  // `process` alone is a word of the domain too: an order's process.
  [
    /(?<![.\w$])process\s*\.\s*(?:env|argv|pid|ppid|kill|exit|exitCode|cwd|hrtime|std(?:in|out|err)|nextTick|platform|on|once|emitWarning|memoryUsage|uptime)\b/g,
    'core knows nothing of the operating system (process)',
  ],
  [/(?<![.\w$])import\s*\(\s*(?!["'`\s])/g, 'core imports only what is named in the text'],
  [/(?<![.\w$])(?:setTimeout|setInterval|setImmediate|queueMicrotask)\s*\(/g, 'core has no timers'],
  [/(?<![.\w$])(?:console|globalThis)\s*(?:\.|\[)/g, 'core prints nothing and knows no globals'],
  [/(?<![.\w$])fetch\s*\(/g, 'core does no I/O (fetch)'],
];

/** @returns {{file: string, line: number, reason: string}[]} in file order */
export const checkImports = (root) => {
  const src = join(root, 'src');
  const files = sourceFiles(src);
  const violations = [];
  /** file -> its imports that run when it is loaded */
  const graph = new Map();
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const code = codeOf(text);
    const report = (line, reason) => violations.push({ file: relative(root, file), line, reason });
    const edges = [];
    for (const imported of importsOf(code)) {
      const target = imported.specifier.startsWith('.') ? resolve(dirname(file), imported.specifier) : null;
      const reason = forbidden({ src, file, target, imported });
      if (reason !== null) report(imported.line, reason);
      else if (target !== null && imported.runs) edges.push({ target, line: imported.line });
    }
    graph.set(file, edges);
    if (partOf(src, file) === 'core' && !TEST_FILE.test(file)) {
      for (const [pattern, reason] of IMPURE) {
        for (const match of code.masked.matchAll(pattern)) report(code.lineAt(match.index), reason);
      }
    }
  }
  for (const { file, line, path } of cycles(graph)) {
    const names = path.map((step) => relative(root, step)).join(' -> ');
    violations.push({ file: relative(root, file), line, reason: `imports in a circle: ${names}` });
  }
  return violations;
};

const sourceFiles = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .map((name) => join(folder, name))
        .filter((path) => /\.(ts|mts|cts|js|mjs)$/.test(path) && !path.endsWith('.d.ts'))
        .sort()
    : [];

/** 'core', 'adapters', 'commands', or 'edge' for what lies directly in src. */
const partOf = (src, path) => {
  const [first, ...rest] = relative(src, path).split(sep);
  return rest.length > 0 && ['core', 'adapters', 'commands'].includes(first) ? first : 'edge';
};

/** Why this import may not be, or null. */
const forbidden = ({ src, file, target, imported }) => {
  const from = partOf(src, file);
  const isTest = TEST_FILE.test(file);
  const { specifier } = imported;
  if (specifier === null) return null;
  if (target === null) {
    if (from !== 'core') return null;
    if (isTest && (TEST_LIBRARIES.includes(specifier) || specifier.startsWith('node:'))) return null;
    return specifier.startsWith('node:')
      ? `core uses nothing of Node (${specifier})`
      : `core uses no package (${specifier})`;
  }
  if (!/\.[a-z]+$/.test(specifier)) return `an import names the file with its extension (${specifier})`;
  if (!existsSync(target) || !statSync(target).isFile()) return `there is no such file (${specifier})`;
  if (relative(src, target).startsWith('..')) {
    return isTest || from !== 'core' ? null : `core imports nothing outside core (${specifier})`;
  }
  const to = partOf(src, target);
  const inside = relative(src, target).split(sep).join('/');
  if (from === 'core' && to !== 'core') {
    if (isTest && inside.startsWith('adapters/memory/')) return null;
    return `core imports nothing outside core (${specifier})`;
  }
  if (from === 'adapters' && (to === 'commands' || inside === 'main.ts')) {
    return `an adapter never imports a command (${specifier})`;
  }
  if (from === 'commands' && to === 'adapters' && !isTest) {
    const allowed = inside === 'adapters/compose.ts' || inside.startsWith('adapters/terminal/');
    if (!allowed) return `a command reaches adapters only through adapters/compose.ts (${specifier})`;
  }
  return null;
};

const FROM =
  /(?<![.\w$])(import|export)(\s+type(?=\s+[\w{*$])(?!\s+from\b))?\s*(?:[\w$*{}\s,]*?\bfrom\s*)?(["'`])/g;
const DYNAMIC = /(?<![.\w$])import\s*\(\s*(["'`])/g;
const REQUIRE = /(?<![.\w$])require\s*\(\s*(["'`])/g;

/** Every import and re-export with its line; `runs`: it loads the file at once, so it can be part of a cycle. */
const importsOf = (code) => {
  const found = [];
  const add = (match, runs) => {
    const start = match.index + match[0].length;
    const specifier = code.literalAt(start - 1);
    if (specifier !== null) found.push({ specifier, line: code.lineAt(match.index), runs });
  };
  for (const match of code.masked.matchAll(FROM)) add(match, match[2] === undefined);
  for (const match of code.masked.matchAll(DYNAMIC)) add(match, false);
  for (const match of code.masked.matchAll(REQUIRE)) add(match, false);
  return found;
};

/** One line for each import that closes a circle. */
const cycles = (graph) => {
  const found = [];
  const done = new Set();
  const visit = (file, path) => {
    path.push(file);
    for (const { target, line } of graph.get(file) ?? []) {
      const begin = path.indexOf(target);
      if (begin >= 0) found.push({ file, line, path: [...path.slice(begin), target] });
      else if (!done.has(target)) visit(target, path);
    }
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) if (!done.has(file)) visit(file, []);
  return found;
};

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = resolve(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)));
  const violations = checkImports(root);
  for (const { file, line, reason } of violations) process.stderr.write(`${file}:${line}: ${reason}\n`);
  if (violations.length > 0) process.exitCode = 1;
}
