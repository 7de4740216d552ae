import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

type Counted = {
  readonly files: number;
  readonly rooms: number;
  readonly arrows: number;
  readonly backward: readonly { readonly from: string; readonly to: string }[];
};
const SCRIPT = fileURLToPath(new URL('../scripts/import-arrows.mjs', import.meta.url));
const { importArrows }: { importArrows: (root: string, options: { top: string }) => Counted } = await import(
  SCRIPT
);

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'oss-arrows-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

test('a folder and a file at the top are rooms; an arrow counts once, in its own room never', () => {
  write('src/core/top.ts', "import './low/a.ts';\nimport './low/b.ts';\n");
  write('src/core/low/a.ts', "import type { B } from './b.ts';\nexport type A = B;\n");
  write('src/core/low/b.ts', 'export type B = 1;\n');
  write('src/core/low/a.test.ts', "import '../high/c.ts';\n");
  write('src/core/high/c.ts', "import '../low/a.ts';\n");
  expect(importArrows(root, { top: 'core' })).toMatchObject({ files: 4, rooms: 3, arrows: 2, backward: [] });
});

test('a circle of rooms leaves one arrow backward, types counted', () => {
  write('src/core/a/x.ts', "import '../b/y.ts';\n");
  write('src/core/b/y.ts', "import '../c/z.ts';\n");
  write('src/core/c/z.ts', "import type { X } from '../a/x.ts';\nexport type Z = X;\n");
  const { rooms, arrows, backward } = importArrows(root, { top: 'core' });
  expect({ rooms, arrows, backward: backward.length }).toEqual({ rooms: 3, arrows: 3, backward: 1 });
});
