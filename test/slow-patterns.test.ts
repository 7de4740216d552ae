import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const script = async (name: string): Promise<Record<string, unknown>> =>
  await import(fileURLToPath(new URL(`scripts/${name}.mjs`, root)));
const { faultsOfPattern } = (await script('slow-patterns')) as {
  faultsOfPattern: (pattern: string) => readonly string[];
};
const { sourceFiles } = (await script('imports-of')) as {
  sourceFiles: (folder: string) => readonly string[];
};
const { codeOf } = (await script('source-code')) as {
  codeOf: (text: string) => { readonly patterns: readonly string[] };
};

describe('a pattern that takes time by the square of a text', () => {
  test.each(['/(a+)+$/', '/(?:a*b?)*c/', '/^(?:[^"]*,)+$/', '/(?<x>(?:a|b+)c)+/', '/(?:a{2,})*/'])(
    'is nested: %s',
    (pattern) => expect(faultsOfPattern(pattern)).toContain('nested'),
  );

  test.each(['/\\s*[\\n\\t]/', '/\\/+$/', '/[a-z]+=/', '/(\\d+)(ms|s)/'])('begins anew: %s', (pattern) =>
    expect(faultsOfPattern(pattern)).toContain('begins anew'),
  );

  test.each([
    '/^(?:\\d{1,9}(?:ms|s))+$/',
    '/(?:ab|c)*d/',
    '/^\\s*a+b*$/',
    '/\\s+/',
    '/[+*]/',
    '/\\(a+\\)+/',
    '/a(?:b+)?/',
  ])('is neither: %s', (pattern) => expect(faultsOfPattern(pattern)).toEqual([]));
});

/** Those that look like it and are not, and why. `growth.test.ts` tries what reads with them. */
const ALLOWED: Readonly<Record<string, string>> = {
  'src/adapters/batch/flat-json.ts': 'read where the last one ended; only a backslash begins the inner part',
  'src/adapters/http/next-link.ts': 'read where the last one ended',
  'src/commands/demo/typed.ts': 'each part begins with another letter, and nothing follows',
};

const slow = sourceFiles(fileURLToPath(new URL('src', root)))
  .map((path) => path.slice(fileURLToPath(root).length))
  .filter((file) => !/\.(?:test|contract|fixture)\.ts$/.test(file))
  .flatMap((file) =>
    codeOf(readFileSync(new URL(file, root), 'utf8')).patterns.flatMap((pattern) =>
      faultsOfPattern(pattern).map((fault) => ({ file, pattern, fault })),
    ),
  );

test('no pattern of the program is of that kind', () => {
  expect(slow.filter(({ file }) => ALLOWED[file] === undefined)).toEqual([]);
});

test('nothing is allowed that is not there any more', () => {
  expect([...new Set(slow.map(({ file }) => file))].sort()).toEqual(Object.keys(ALLOWED).sort());
});
