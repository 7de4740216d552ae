import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../scripts/check-imports.mjs', import.meta.url));

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'oss-imports-'));
  for (const [path, text] of Object.entries(LAWFUL)) write(path, text);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

type Violation = { readonly file: string; readonly line: number; readonly reason: string };
const { checkImports }: { checkImports: (root: string) => readonly Violation[] } = await import(SCRIPT);

const check = (): readonly string[] =>
  checkImports(root).map(({ file, line, reason }) => `${file}:${line}: ${reason}`);

const run = (): { readonly status: number | null; readonly stderr: string } =>
  spawnSync(process.execPath, [SCRIPT, root], { encoding: 'utf8' });

/** A small tree in which everything is allowed. */
const LAWFUL: Readonly<Record<string, string>> = {
  'src/main.ts': "import './adapters/compose.ts';\nawait import('./commands/new.ts');\n",
  'src/core/a.ts': "import { b } from './b.ts';\nexport const a = () => new Date(b).getTime();\n",
  'src/core/b.ts': 'export const b = 1;\n',
  'src/core/values/v.ts': 'export const v = 1;\n',
  'src/core/order/o.ts': "import { v } from '../values/v.ts';\nexport const o = v;\n",
  'src/core/app/orders/u.ts': "import { o } from '../../order/o.ts';\nexport const u = o;\n",
  'src/core/words.ts': [
    "// import 'left-pad'; Date.now()",
    '/* Math.random() process.env */',
    "export const text = 'console.log(1) Date.now()';",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is a program
    'export const template = (n: number) => `Date.now() ${n} import("x") `;',
    'export const pattern = /Math.random|"/;',
    "export const process = { order: 'x' };",
    'export const order = process.order;',
    "export const quotient = 4 / 2 / 1; // 'unclosed",
  ].join('\n'),
  'src/core/a.test.ts':
    "import { test } from 'vitest';\nimport fc from 'fast-check';\nimport { m } from '../adapters/memory/m.ts';\ntest('x', () => { Date.now(); fc; m; });\n",
  'src/core/ports/p.contract.ts': "import { test } from 'vitest';\nexport const p = test;\n",
  'src/adapters/memory/m.ts':
    "import { readFileSync } from 'node:fs';\nimport { a } from '../../core/a.ts';\nexport const m = [a, readFileSync];\n",
  'src/adapters/compose.ts': "export { m } from './memory/m.ts';\nexport const now = Date.now();\n",
  'src/texts/en.ts': "import { a } from '../core/a.ts';\nexport const en = a;\n",
  'src/faces/cli/t.ts':
    "import chalk from 'chalk';\nimport type { en } from '../../texts/en.ts';\nexport const t = chalk;\nexport type En = typeof en;\n",
  'src/testing/house.ts':
    "import { m } from '../adapters/memory/m.ts';\nimport { run } from '../commands/new.ts';\nexport const house = [m, run];\n",
  'src/commands/new.test.ts': "import { house } from '../testing/house.ts';\nhouse;\n",
  'src/commands/new.ts':
    "import { m } from '../adapters/compose.ts';\nimport { t } from '../faces/cli/t.ts';\nimport { a } from '../core/a.ts';\nexport const run = [m, t, a];\n",
  'src/commands/tree.ts': "export const load = () => import('./lazy.ts');\n",
  'src/commands/lazy.ts': "import { load } from './tree.ts';\nexport const again = load;\n",
};

test('a lawful tree passes in silence', () => {
  expect(check()).toEqual([]);
  expect(run()).toMatchObject({ status: 0, stderr: '' });
});

test('as a program it prints each violation and fails', () => {
  write('src/core/x.ts', "import 'zod';\nconsole.log(1);\n");
  expect(run()).toMatchObject({
    status: 1,
    stderr:
      'src/core/x.ts:1: core uses no package (zod)\nsrc/core/x.ts:2: core prints nothing and knows no globals\n',
  });
});

describe('what is forbidden is told with file, line and reason', () => {
  test.each([
    ['src/core/x.ts', "\nimport { z } from 'zod';\nz;", 2, 'core uses no package (zod)'],
    ['src/core/x.ts', "import 'node:fs';", 1, 'core uses nothing of Node (node:fs)'],
    ['src/core/x.ts', "import type { Z } from 'zod';", 1, 'core uses no package (zod)'],
    ['src/core/x.ts', "export type Z = import('zod').Z;", 1, 'core uses no package (zod)'],
    ['src/core/x.ts', "export * from '../adapters/memory/m.ts';", 1, 'core imports nothing outside core'],
    ['src/core/x.ts', "import {\n  a,\n} from '../commands/new.ts';", 1, 'core imports nothing outside core'],
    ['src/core/x.ts', "import p from '../../package.json';", 1, 'no such file'],
    ['src/core/x.ts', 'export const x = (n: string) => import(n);', 1, 'core imports only what is named'],
    ['src/core/x.test.ts', "import '../adapters/compose.ts';", 1, 'core imports nothing outside core'],
    ['src/core/x.test.ts', "import 'left-pad';", 1, 'core uses no package (left-pad)'],
    [
      'src/adapters/x.ts',
      "import { run } from '../commands/new.ts';",
      1,
      'an adapter never imports a command',
    ],
    ['src/adapters/x.ts', "import '../main.ts';", 1, 'an adapter never imports a command'],
    [
      'src/commands/x.ts',
      "import { m } from '../adapters/memory/m.ts';",
      1,
      'only through adapters/compose.ts',
    ],
    [
      'src/commands/x.ts',
      "const m = await import('../adapters/memory/m.ts');",
      1,
      'only through adapters/compose.ts',
    ],
    [
      'src/commands/x.ts',
      "import type { m } from '../adapters/memory/m.ts';",
      1,
      'only through adapters/compose.ts',
    ],
    ['src/adapters/x.ts', "import { t } from '../faces/cli/t.ts';", 1, 'an adapter shows nothing'],
    ['src/adapters/x.ts', "import { en } from '../texts/en.ts';", 1, 'an adapter shows nothing'],
    ['src/faces/cli/x.ts', "import '../../adapters/compose.ts';", 1, 'a face imports faces, texts and core'],
    ['src/faces/cli/x.ts', "import '../../commands/new.ts';", 1, 'a face imports faces, texts and core'],
    ['src/texts/x.ts', "import '../faces/cli/t.ts';", 1, 'texts import texts and core alone'],
    ['src/commands/x.ts', "import '../testing/house.ts';", 1, 'only tests import what is in testing'],
    ['src/x.ts', "import './testing/house.ts';", 1, 'only tests import what is in testing'],
    ['src/core/values/x.ts', "import '../order/o.ts';", 1, 'core/values lies below core/order'],
    [
      'src/core/order/x.ts',
      "import type { u } from '../app/orders/u.ts';",
      1,
      'core/order lies below core/app',
    ],
    ['src/core/attic/x.ts', "import '../values/v.ts';", 1, 'core/attic is in no layer'],
    ['src/commands/x.ts', "import { run } from './new';", 1, 'names the file with its extension'],
    ['src/commands/x.ts', "import { run } from './gone.ts';", 1, 'there is no such file'],
    ['src/core/x.ts', '// one\n/* two\n*/ export const x = Date.now();', 3, 'Date.now'],
    ['src/core/x.ts', 'export const x = new Date();', 1, 'new Date without a moment'],
    ['src/core/x.ts', 'export const x = new Date;', 1, 'new Date without a moment'],
    ['src/core/x.ts', 'export const x = Date();', 1, 'Date()'],
    ['src/core/x.ts', 'export const x = Math.random();', 1, 'Math.random'],
    ['src/core/x.ts', 'export const x = crypto.randomUUID();', 1, 'crypto'],
    ['src/core/x.ts', 'export const x = process.env.HOME;', 1, 'process'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is a program
    ['src/core/x.ts', 'export const x = `${process.env.HOME}`;', 1, 'process'],
    ['src/core/x.ts', 'setTimeout(() => {}, 1);', 1, 'timers'],
    ['src/core/x.ts', "console.log('x');", 1, 'prints nothing'],
    ['src/core/x.ts', 'export const x = performance.now();', 1, 'performance'],
    ['src/core/x.ts', "export const r = /'/;\nexport const x = Date.now(); // '", 2, 'Date.now'],
  ])('%s: %s', (path, text, line, reason) => {
    write(path, text);
    const lines = check();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${path}:${line}: `));
    expect(lines[0]).toContain(reason);
  });
});

test('a circle of imports is told once, at the import that closes it', () => {
  write('src/adapters/one.ts', "import { two } from './two.ts';\nexport const one = two;\n");
  write('src/adapters/three.ts', "import { one } from './one.ts';\nexport const three = one;\n");
  write('src/adapters/two.ts', "\nexport { three as two } from './three.ts';\n");
  expect(check()).toEqual([
    'src/adapters/three.ts:1: imports in a circle: ' +
      'src/adapters/one.ts -> src/adapters/two.ts -> src/adapters/three.ts -> src/adapters/one.ts',
  ]);
});

test('a circle of types is a circle', () => {
  write('src/core/one.ts', "import type { Two } from './two.ts';\nexport type One = Two | 1;\n");
  write('src/core/two.ts', "export type { One as Two } from './one.ts';\n");
  expect(check()).toEqual([
    'src/core/two.ts:1: imports in a circle: src/core/one.ts -> src/core/two.ts -> src/core/one.ts',
  ]);
});

test('a file that imports itself is a circle; an import() is none', () => {
  write('src/core/self.ts', "import { self } from './self.ts';\nexport const x = self;\n");
  expect(check()).toHaveLength(1);
  write('src/core/self.ts', "export const self = () => import('./self.ts');\n");
  expect(check()).toEqual([]);
});
