import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSimple, SIMPLE_WIDTHS, widthsFor } from './width.ts';
import { EXACT_WIDTHS } from './width-exact.ts';
import { simpleCut } from './width-simple.ts';

const letter = fc.constantFrom(
  ...'aZ09.,-~( )',
  ' ',
  '홍',
  '길',
  '가',
  '힣',
  'ㄱ',
  '漢',
  'あ',
  'カ',
  '。',
  '!',
);
const simple = fc.string({ unit: letter, maxLength: 60 }).map((text) => text.replace(/ +/g, ' ').trim());
const options = { seed: 20_261_124, numRuns: 500 };

describe('simple widths', () => {
  it('measure as string-width does', () => {
    fc.assert(
      fc.property(simple, (text) => {
        expect(isSimple(text)).toBe(true);
        expect(SIMPLE_WIDTHS.width(text)).toBe(EXACT_WIDTHS.width(text));
      }),
      options,
    );
  });

  it('know every character of the simple set', () => {
    for (let code = 0x20; code <= 0xffff; code += 1) {
      const char = String.fromCharCode(code);
      if (isSimple(char)) expect([code, SIMPLE_WIDTHS.width(char)]).toEqual([code, EXACT_WIDTHS.width(char)]);
    }
  });

  it('wrap as wrap-ansi does while no word is too long', () => {
    fc.assert(
      fc.property(simple, fc.integer({ min: 24, max: 60 }), (text, width) => {
        fc.pre(text.split(' ').every((word) => SIMPLE_WIDTHS.width(word) <= width));
        expect(SIMPLE_WIDTHS.wrap(text, width)).toEqual(EXACT_WIDTHS.wrap(text, width));
      }),
      options,
    );
  });
});

describe('a line that is cut', () => {
  it('is the beginning of the text, fits, and is as long as it can be', () => {
    fc.assert(
      fc.property(simple, fc.integer({ min: 2, max: 40 }), (text, columns) => {
        const cut = simpleCut(text, columns);
        expect(text.startsWith(cut)).toBe(true);
        const width = EXACT_WIDTHS.width(cut);
        expect(width).toBeLessThanOrEqual(columns);
        if (cut !== text) expect(width).toBeGreaterThanOrEqual(columns - 1);
      }),
      options,
    );
  });

  it.each([
    ['남은 시간 9초', 6, '남은 '],
    ['남은 시간 9초', 5, '남은 '],
    ['ab\u{1F600}cd', 4, 'ab'],
  ])('%s in %i columns', (text, columns, cut) => {
    expect(simpleCut(text, columns)).toBe(cut);
  });
});

describe.each([
  ['simple', SIMPLE_WIDTHS],
  ['exact', EXACT_WIDTHS],
])('%s wrapping', (_name, widths) => {
  it('loses nothing and fits', () => {
    fc.assert(
      fc.property(simple, fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = widths.wrap(text, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of lines) expect(widths.width(line)).toBeLessThanOrEqual(width);
      }),
      options,
    );
  });
});

describe('widthsFor', () => {
  it('is exact as soon as one text needs it', async () => {
    expect(await widthsFor(['abc', '홍길동'])).toBe(SIMPLE_WIDTHS);
    for (const text of ['👨‍👩‍👧', 'é', '홍길동'.normalize('NFD'), '…', '\u{f0000}']) {
      expect(await widthsFor(['abc', text])).toBe(EXACT_WIDTHS);
    }
  });
});

describe('a long text', () => {
  it('is wrapped as a short one is cut: nothing lost, no line too wide, no character in two', () => {
    const part = fc.constantFrom('é', 'e\u0301', '가', '👩\u200d👩\u200d👧', ' ', 'a', 'word ', '\ufffd');
    const long = fc.array(part, { minLength: 700, maxLength: 900 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(long, fc.integer({ min: 8, max: 60 }), (text, width) => {
        const lines = EXACT_WIDTHS.wrap(`${text} ${'é'.repeat(1_000)}`, width);
        for (const line of lines) expect(EXACT_WIDTHS.width(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(`${text}${'é'.repeat(1_000)}`.replaceAll(' ', ''));
        expect(lines.some((line) => /^[\u0301\u200d]/.test(line))).toBe(false);
      }),
      { ...options, numRuns: 30 },
    );
  });

  it('has the width of its characters', () => {
    expect(EXACT_WIDTHS.width('e\u0301가'.repeat(2_000))).toBe(6_000);
    expect(EXACT_WIDTHS.width('👩\u200d👩\u200d👧'.repeat(400))).toBe(800);
  });
});
