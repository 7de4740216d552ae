import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal } from '../../core/rules/refusal.ts';
import { readSimpleYaml } from './simple-yaml.ts';
import { readYaml } from './yaml-file.ts';

const bySimple = (source: string) => {
  const values = readSimpleYaml(source);
  return values === null ? null : Object.fromEntries(values);
};

/** What the real parser says; null: it refuses. */
const byYaml = (source: string) => {
  try {
    return Object.fromEntries(readYaml('config.yaml', source));
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
};

test('a usual file is simple', () => {
  const source = `# 설정
tz: Asia/Seoul # ours
lang: ko

ne:
  url: http://127.0.0.1:8701/tmf-api/ServiceActivationAndConfiguration/v4
  timeoutMs: 700
  # tokenFile: x
breaker:
schedule:
    auto: true
    callingHours: 09:00-20:00
actor: cs:kim
tm.url: https://desk.example/v4
`;
  expect(bySimple(source)).toEqual(byYaml(source));
  expect(bySimple(source)).toMatchObject({
    'ne.timeoutMs': { raw: 700, line: 7 },
    breaker: { raw: null, line: 9 },
  });
});

test.each([
  'a: "x"',
  "a: 'x'",
  'a: [x]',
  'a: {b: c}',
  'a: &x y',
  'a: *x',
  'a: !t x',
  'a: |\n  x',
  'a: x y',
  'a: x\n  y',
  'a: x\n  b: y',
  'a:\n  b:\n    c: x',
  'a:\n  b: x\n c: y',
  'a: 1.5',
  'a: 0x10',
  'a: 1e3',
  'a: True',
  'a: x\na: y',
  'a:\n  b: 1\n  b: 2',
  'a:\nb: x\na:\n  c: y',
  'a:x',
  '- a',
  '---\na: x',
  'a\t: x',
  'a: x\r\n',
  '\ufeffa: x',
  '? a',
  'a: x: y',
  '  a: x',
])('%j is left to the real parser', (source) => {
  expect(readSimpleYaml(source)).toBeNull();
});

test('whatever it reads, the real parser reads the same', () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      'true',
      'null',
      '~',
      'Null',
      '5',
      '007',
      '1.5',
      '.5',
      '-1',
      '0x1',
      'http://h:1/p',
      '09:00-20:00',
      '한',
    ],
    ...[
      ':',
      ': ',
      ' ',
      '\n',
      '\n  ',
      '#',
      ' # c',
      '-',
      '- ',
      '/',
      '@',
      '+',
      '_',
      '"',
      "'",
      '&',
      '|',
      ',',
      '[',
      '}',
    ],
  );
  const line = fc
    .tuple(
      fc.constantFrom('', '', '', ' ', '  ', '  ', '    '),
      fc.constantFrom('a', 'ne', 'tz', 'b.c', 'x-y', 'true', 'null', '5', '#', '-', '"q"', ''),
      fc.constantFrom(':', ': ', ':  ', ' : ', ''),
      fc.array(piece, { maxLength: 2 }).map((pieces) => pieces.join('')),
      fc.constantFrom('', '', '', ' # c', ' #c', '# c', ' '),
    )
    .map((parts) => parts.join(''));
  let read = 0;
  fc.assert(
    fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
      const source = lines.join('\n');
      const simple = bySimple(source);
      if (simple === null) return;
      read += Object.keys(simple).length > 0 ? 1 : 0;
      expect(simple).toEqual(byYaml(source));
    }),
    { numRuns: 20_000, seed: 20_261_122 },
  );
  expect(read).toBeGreaterThan(200);
});

test('a file of entries and sections, as people write them', () => {
  const key = fc.stringMatching(/^[a-z][A-Za-z0-9.-]{0,6}$/);
  const value = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9/:.@+_-]{1,8}$/),
    fc.constantFrom('true', 'false', 'null', '12', 'http://h:8/x', '09:00-20:00', ''),
  );
  const entry = fc.tuple(key, value).map(([k, v]) => `${k}: ${v}`);
  const section = fc
    .tuple(key, fc.array(entry, { minLength: 1, maxLength: 3 }))
    .map(([k, entries]) => [`${k}:`, ...entries.map((e) => `  ${e}`)].join('\n'));
  fc.assert(
    fc.property(fc.array(fc.oneof(entry, section), { maxLength: 5 }), (parts) => {
      const source = `${parts.join('\n')}\n`;
      const simple = bySimple(source);
      if (simple !== null) expect(simple).toEqual(byYaml(source));
    }),
    { numRuns: 3_000, seed: 42 },
  );
});
