import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const GUIDE = await readFile(join(ROOT, 'docs/adding-a-command.md'), 'utf8');

type Block = { readonly path: string; readonly code: string };

/** The blocks of code, each with the file that its heading names. */
const blocksOf = (guide: string): readonly Block[] =>
  guide.split(/^## /m).flatMap((section) => {
    const path = /^[^\n]*`(src\/[^`]+\.ts)`/.exec(section)?.[1];
    const code = /^```ts\n(.*?)^```$/ms.exec(section)?.[1];
    return path === undefined || code === undefined ? [] : [{ path, code }];
  });

/** The same with its neighbours where they are: the block itself lies elsewhere. */
const elsewhere = ({ path, code }: Block, own: readonly string[]): string =>
  code.replace(/from '(\.[^']+)'/g, (_, specifier: string) => {
    const target = resolve(ROOT, dirname(path), specifier);
    const isOwn = own.some((one) => join(ROOT, one) === target);
    return `from '${isOwn ? `./${basename(target)}` : target}'`;
  });

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** What the compiler says about some blocks, in a folder of their own; '' when nothing. */
const compile = async (blocks: readonly Block[]): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'oss-guide-'));
  folders.push(folder);
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await mkdir(join(folder, 'blocks'));
  const own = blocks.map(({ path }) => path);
  for (const block of blocks) {
    await writeFile(join(folder, 'blocks', basename(block.path)), elsewhere(block, own));
  }
  const config = { extends: join(ROOT, 'tsconfig.json'), include: ['blocks', join(ROOT, 'src/**/*.d.ts')] };
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  try {
    await promisify(execFile)(process.execPath, [tsc, '-p', folder, '--pretty', 'false']);
    return '';
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout ?? error);
  }
};

describe('docs/adding-a-command.md', () => {
  const blocks = blocksOf(GUIDE);

  test('has a block for each file', () => {
    expect(blocks.map(({ path }) => basename(path))).toEqual([
      'note.ts',
      'add-note.ts',
      'note.handler.ts',
      'note.test.ts',
    ]);
    expect(GUIDE.match(/^```ts$/gm)).toHaveLength(blocks.length);
  });

  test('compiles', async () => {
    expect(await compile(blocks)).toBe('');
  });

  test('is found out when a block does not fit', async () => {
    const wrong = blocks.map((block) => ({ ...block, code: block.code.replace('args.id', 'args.order') }));
    expect(await compile(wrong)).toMatch(/note\.handler\.ts.*'order' does not exist/);
  });

  test('has the line that is in the tree', async () => {
    const [, line] = /^```text\n(.*)\n```$/m.exec(GUIDE) ?? [];
    expect(line).toBeDefined();
    expect(await readFile(join(ROOT, 'src/commands/tree.ts'), 'utf8')).toContain(line);
  });
});
