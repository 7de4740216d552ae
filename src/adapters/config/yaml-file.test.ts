import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isRefusal } from '../../core/rules/refusal.ts';
import { readYamlFile } from './yaml-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'oss-yaml-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (content: string | Uint8Array): string => {
  const path = join(folder, 'config.yaml');
  writeFileSync(path, content);
  return path;
};

test('sections may be nested or dotted; comments, a BOM and empty values are fine; lines are kept', () => {
  const values = readYamlFile(
    file('\uFEFF# mine\nne:\n  url: http://x # there\n"tm.url": http://y\nbreaker:\nareas: [a, b]\n'),
  );
  expect(Object.fromEntries(values)).toEqual({
    'ne.url': { raw: 'http://x', line: 3 },
    'tm.url': { raw: 'http://y', line: 4 },
    breaker: { raw: null, line: 5 },
    areas: { raw: ['a', 'b'], line: 6 },
  });
});

test.each(['', '# only a comment\n', 'null\n', '---\n'])('%j holds nothing', (content) => {
  expect(readYamlFile(file(content)).size).toBe(0);
});

test.each([
  ['an alias', 'ne: &a\n  url: x\ntm: *a\n', { code: 'ALIAS_AT', line: 3 }],
  ['a bomb of aliases', 'a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n', { code: 'ALIAS_AT' }],
  ['a duplicate key', 'tz: UTC\ntz: UTC\n', { code: 'SET_TWICE', key: 'tz', line: 2 }],
  [
    'the same key nested and dotted',
    'ne:\n  url: x\nne.url: y\n',
    { code: 'SET_TWICE', key: 'ne.url', line: 3 },
  ],
  ['a tag', 'tz: !!js/function x\n', { code: 'AS_TOLD', text: expect.stringMatching(/tag/) }],
  ['a list', '- a\n', { code: 'NO_SETTINGS' }],
  ['a text', 'hello\n', { code: 'NO_SETTINGS' }],
  ['two documents', 'tz: UTC\n---\ntz: UTC\n', { code: 'AS_TOLD', text: expect.stringMatching(/document/) }],
  ['a key that is no text', '[a]: b\n', { code: 'KEY_NOT_TEXT' }],
  ['broken text', 'a: [b\n', { code: 'AS_TOLD', text: expect.stringMatching(/line/) }],
  ['bytes that are not UTF-8', new Uint8Array([0x74, 0x7a, 0x3a, 0x20, 0xff]), { code: 'NOT_UTF8' }],
  ['a deep nesting of lists', '['.repeat(60_000), { code: 'NESTED_TOO_DEEPLY' }],
  ['a deep nesting of indicators', '- '.repeat(30_000), { code: 'NESTED_TOO_DEEPLY' }],
  ['a deep nesting of maps', '{? '.repeat(20_000), { code: 'NESTED_TOO_DEEPLY' }],
  ['a huge file', `#${'x'.repeat(70_000)}`, { code: 'LARGER_THAN', kib: 64 }],
])('%s is refused with the file', (_what, content, cause) => {
  const path = file(content);
  let thrown: unknown;
  try {
    readYamlFile(path);
  } catch (error) {
    thrown = error;
  }
  if (!isRefusal(thrown, 'CONFIG_FILE')) throw new Error('it is read');
  expect(thrown.detail.path).toBe(path);
  expect(thrown.detail.cause).toMatchObject(cause);
});

test('a key named __proto__ is a key like any other', () => {
  const values = readYamlFile(file('__proto__:\n  polluted: 1\nconstructor: 2\n'));
  expect([...values.keys()]).toEqual(['__proto__.polluted', 'constructor']);
  expect('polluted' in {}).toBe(false);
});

test('a missing file is refused here too', () => {
  expect(() => readYamlFile(join(folder, 'none.yaml'))).toThrow(/no such file/);
});
