import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
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
  ['an alias', 'ne: &a\n  url: x\ntm: *a\n', /aliases are not allowed \(line 3\)/],
  ['a bomb of aliases', 'a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n', /aliases/],
  ['a duplicate key', 'tz: UTC\ntz: UTC\n', /unique/],
  ['the same key nested and dotted', 'ne:\n  url: x\nne.url: y\n', /ne\.url is set twice \(line 3\)/],
  ['a tag', 'tz: !!js/function x\n', /tag/],
  ['a list', '- a\n', /must hold settings/],
  ['a text', 'hello\n', /must hold settings/],
  ['two documents', 'tz: UTC\n---\ntz: UTC\n', /document/],
  ['a key that is no text', '[a]: b\n', /plain text/],
  ['broken text', 'a: [b\n', /line/],
  ['bytes that are not UTF-8', new Uint8Array([0x74, 0x7a, 0x3a, 0x20, 0xff]), /UTF-8/],
  ['a deep nesting of lists', '['.repeat(60_000), /nested too deeply/],
  ['a deep nesting of indicators', '- '.repeat(30_000), /nested too deeply/],
  ['a deep nesting of maps', '{? '.repeat(20_000), /nested too deeply/],
  ['a huge file', `#${'x'.repeat(70_000)}`, /larger than 64 KiB/],
])('%s is refused with the file', (_what, content, cause) => {
  const path = file(content);
  let thrown: unknown;
  try {
    readYamlFile(path);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({
    code: 'CONFIG_FILE',
    detail: { path, cause: expect.stringMatching(cause) },
  });
});

test('a key named __proto__ is a key like any other', () => {
  const values = readYamlFile(file('__proto__:\n  polluted: 1\nconstructor: 2\n'));
  expect([...values.keys()]).toEqual(['__proto__.polluted', 'constructor']);
  expect('polluted' in {}).toBe(false);
});

test('a missing file is refused here too', () => {
  expect(() => readYamlFile(join(folder, 'none.yaml'))).toThrow(/no such file/);
});
