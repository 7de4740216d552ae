// The import rule of the architecture, as a check: `node scripts/check-imports.mjs [root]`.
//   core      imports core alone: no package, no node:*; and reads no clock, no randomness, no environment;
//             its rooms lie in layers (CORE_LAYERS), and a room imports those beside and below it
//   texts     import texts and core
//   faces     import faces, texts and core: how something is shown, never what is asked
//   adapters  import core, packages and each other, never texts, faces or commands
//   commands  import core, texts and faces, and reach adapters only through adapters/compose.ts
//   testing   imports all of these; tests alone import it
//   no file   imports one that is not there, leaves out the extension, or takes part in a circle, types counted
// Tests may use more: they import the test library, core's tests also node:* and the memory adapters.
// Prints `file:line: reason` for every violation and exits 1.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importsOf, sourceFiles } from './imports-of.mjs';
import { codeOf } from './source-code.mjs';

const TEST_FILE = /\.(test|full|long|contract)\.ts$/;
const TEST_LIBRARIES = ['vitest', 'fast-check'];

const PARTS = ['core', 'texts', 'faces', 'adapters', 'commands', 'testing'];

/** What a part may import besides itself, packages and Node. Files directly in src, the edge, may import any part. */
const MAY_IMPORT = {
  texts: ['core'],
  faces: ['core', 'texts'],
  adapters: ['core'],
  commands: ['core', 'texts', 'faces'],
  testing: ['core', 'texts', 'faces', 'adapters', 'commands', 'edge'],
};

/** The rooms of core, the lowest layer first. */
const CORE_LAYERS = [
  ['values', 'time', 'codes', 'peers'],
  ['rules'],
  ['process', 'order', 'activation', 'scheduling', 'fieldwork', 'technicians', 'travel', 'ports'],
  ['assign'],
  ['saga'],
  ['reconcile', 'views'],
  ['app'],
];

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
  /** file -> what it imports by name, types too; an import() loads later, so it closes no circle */
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
      else if (target !== null && imported.isStatic) edges.push({ target, line: imported.line });
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

/** The part that a file belongs to, or 'edge' for what lies directly in src. */
const partOf = (src, path) => {
  const [first, ...rest] = relative(src, path).split(sep);
  return rest.length > 0 && PARTS.includes(first) ? first : 'edge';
};

/** Why a room of core may not import another, or null. What lies directly in core belongs to no room. */
const againstLayers = (src, file, target, specifier) => {
  const roomOf = (path) => {
    const [, room, ...rest] = relative(src, path).split(sep);
    return rest.length > 0 ? room : null;
  };
  const layerOf = (room) => CORE_LAYERS.findIndex((layer) => layer.includes(room));
  const [from, to] = [roomOf(file), roomOf(target)];
  if (from === null || to === null || from === to) return null;
  for (const room of [from, to]) {
    if (layerOf(room) < 0) return `core/${room} is in no layer of CORE_LAYERS (${specifier})`;
  }
  return layerOf(to) <= layerOf(from) ? null : `core/${from} lies below core/${to} (${specifier})`;
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
  if (to === 'testing') {
    return isTest || from === 'testing' ? null : `only tests import what is in testing (${specifier})`;
  }
  if (from === 'core') {
    if (to === 'core') return isTest ? null : againstLayers(src, file, target, specifier);
    if (isTest && inside.startsWith('adapters/memory/')) return null;
    return `core imports nothing outside core (${specifier})`;
  }
  if (from === to || from === 'edge' || MAY_IMPORT[from].includes(to)) return null;
  if (from === 'adapters') {
    return to === 'commands' || to === 'edge'
      ? `an adapter never imports a command (${specifier})`
      : `an adapter shows nothing: it imports neither texts nor faces (${specifier})`;
  }
  if (isTest) return null;
  if (from === 'commands') {
    if (to !== 'adapters') return null;
    if (inside === 'adapters/compose.ts') return null;
    return `a command reaches adapters only through adapters/compose.ts (${specifier})`;
  }
  return from === 'texts'
    ? `texts import texts and core alone (${specifier})`
    : `a face imports faces, texts and core alone (${specifier})`;
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
