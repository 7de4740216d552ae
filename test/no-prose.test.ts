import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

type Code = { readonly masked: string; readonly lineAt: (index: number) => number };
const { codeOf }: { codeOf: (text: string) => Code } = await import(join(ROOT, 'scripts/source-code.mjs'));

/** Members and variables that tell why. */
const TOLD =
  /\b(?:cause|detail|doubt|expected|failure|found|hint|problem|reason|why)\s*(?::(?!:)|=(?![=>]))/g;
/** Functions that are given it. */
const TELLERS = /\b(?:damaged|giveUp|later|laterAlone|notSo|refuse|refused|wrong)\(/g;
/** Two words with a space between them are a sentence, or part of one. Codes, keys and names have none. */
const PROSE = /[a-z]{2,}[,:;]? [a-z]{2,}/;

/** Where the expression that begins here ends. */
const endOf = (masked: string, from: number): number => {
  let depth = 0;
  for (let at = from; at < masked.length; at += 1) {
    const sign = masked[at] ?? '';
    if ('([{'.includes(sign)) depth += 1;
    if (')]}'.includes(sign)) depth -= 1;
    if (depth < 0 || (depth === 0 && ',;'.includes(sign))) return at;
  }
  return masked.length;
};

/** What is blank in the masked code without being the inside of a literal: white space, and comments. */
const BETWEEN = /(?<=[^'"`\s])\s+|^\s+/g;

/** The insides of literals alone; code stands as dots, and so do comments. */
const literalsOf = (text: string, masked: string): string =>
  [
    ...masked.replace(BETWEEN, (blank, at: number) =>
      isComment(text, at, blank.length) ? '.'.repeat(blank.length) : blank,
    ),
  ]
    .map((sign, at) => (/\s/.test(sign) ? text[at] : '.'))
    .join('');

const isComment = (text: string, at: number, length: number): boolean =>
  /^\s*\/[/*]/.test(text.slice(at, at + length));

/** Lines, from 1, in which an English sentence is passed on as a reason. */
const proseIn = (text: string): readonly number[] => {
  const { masked, lineAt } = codeOf(text);
  const literals = literalsOf(text, masked);
  return [...masked.matchAll(TOLD), ...masked.matchAll(TELLERS)]
    .map((match) => ({ at: match.index, from: match.index + match[0].length }))
    .filter(({ from }) => PROSE.test(literals.slice(from, endOf(masked, from))))
    .map(({ at }) => lineAt(at));
};

describe('the check of prose', () => {
  test.each([
    ["const a = { cause: 'the desk is away' };"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a source
    ["const a = { kind: 'x', reason: `has ${n} of them` };"],
    ["const a = { why: b ? 'it is gone' : 'NOT_GONE' };"],
    ["return later('looked up too early', 5);"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a source
    ["const detail = known ? 'NONE' : `the log knows ${id}`;"],
    ["const a = { found: ('not so' as string) };"],
  ])('finds %s', (source) => {
    expect(proseIn(source)).toEqual([1]);
  });

  test.each([
    ["const a = { cause: { code: 'NO_ANSWER', ms: 5 } };"],
    ["const a = { why: 'not-sent', reason: code };"],
    ["return later({ code: 'TOO_EARLY' }, bound);"],
    ["// cause: 'the desk is away'"],
    ["const found = () => {\n  // one that it was told of\n  return 'none';\n};"],
    ['const a = { cause: code, /* the peer said so */ at: 5 };'],
    ["throw new Error('a permit of another peer');"],
    ['const a = { cause: error instanceof Error ? error.message : null };'],
    ['type A = { readonly cause: string; readonly said: number };'],
  ])('leaves %s alone', (source) => {
    expect(proseIn(source)).toEqual([]);
  });
});

/** What a simulator answers is said by the peer, to developers. */
const LEFT_OUT = /\.(?:test|contract)\.ts$|^src\/adapters\/simulators\//;

test.each(['src/core', 'src/adapters'])(
  'nothing in %s passes a sentence on: codes travel, the faces word them',
  (folder) => {
    const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name}`)
      .filter((name) => name.endsWith('.ts') && !LEFT_OUT.test(name));
    expect(files.length).toBeGreaterThan(50);
    const found = files.flatMap((name) =>
      proseIn(readFileSync(join(ROOT, name), 'utf8')).map((line) => `${name}:${line}`),
    );
    expect(found).toEqual([]);
  },
);
