import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

type Source = { readonly file: string; readonly text: string };
type InAscii = (program: string, sources: readonly Source[]) => string;
const {
  withPatternsInAscii,
  withTemplatesInAscii,
}: { withPatternsInAscii: InAscii; withTemplatesInAscii: InAscii } = await import(
  fileURLToPath(new URL('../scripts/ascii-patterns.mjs', import.meta.url))
);

const of = (text: string): Source => ({ file: 'src/some.ts', text });

test('escapes what is not ASCII in the patterns of the sources, and nothing else', () => {
  const source = of(
    'const a: RegExp = /^[가-힣]+\\d$/u; // /[가]/\nconst b = "/[가]/"; const c = x / 2 / 3;',
  );
  expect(withPatternsInAscii('a=/^[가-힣]+\\d$/u;c=x/2/3', [source])).toBe(
    'a=/^[\\uac00-\\ud7a3]+\\d$/u;c=x/2/3',
  );
});

test('an escaped pattern matches what it did, beyond the first plane too', () => {
  const built = withPatternsInAscii('/^[가-힣👍]+$/u', [of('/^[가-힣👍]+$/u')]);
  expect(built).toMatch(/^[\0-\x7f]+$/);
  const pattern = new RegExp(built.slice(1, -2), 'u');
  expect(['한글', '👍', '👎', 'a'].map((text) => pattern.test(text))).toEqual([true, true, false, false]);
});

test('refuses a program that has not a pattern as the sources have it', () => {
  const source = of('const hour = /^오후/;');
  const asLatin1 = Buffer.from('hour=/^오후/', 'utf8').toString('latin1');
  expect(() => withPatternsInAscii(asLatin1, [source])).toThrow('src/some.ts: /^오후/ is not in the bundle');
});

test('a template with a tag says the same in ASCII', () => {
  const text = 'ko`파일이(가) 👍`';
  const built = withTemplatesInAscii(text, [of(text)]);
  expect(built).toMatch(/^[\0-\x7f]+$/);
  const tag = ([said]: TemplateStringsArray) => said;
  expect(new Function('ko', `return ${built}`)(tag)).toBe('파일이(가) 👍');
});

test('refuses a raw text that is not ASCII', () => {
  expect(() => withTemplatesInAscii('', [of('const a = String.raw`가`;')])).toThrow(
    'src/some.ts: String.raw`가',
  );
});
