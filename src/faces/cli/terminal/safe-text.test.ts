import { describe, expect, it } from 'vitest';
import { safeLine, safeText } from './safe-text.ts';

describe('safeText', () => {
  it.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['a title', 'a\u001b]0;owned\u0007b', 'ab'],
    ['a link', '\u001b]8;;http://x\u001b\\text\u001b]8;;\u001b\\', 'text'],
    ['a C1 sequence', '\u009b31mred', 'red'],
    ['the control of an unended sequence, not the text after it', 'a\u001b]0;title', 'a0;title'],
    ['a lone ESC', 'a\u001b', 'a'],
    ['CR that overwrites the line', 'paid\rFREE', 'paidFREE'],
    ['CRLF', 'a\r\nb', 'a\nb'],
    ['NUL, BEL, BS, DEL', 'a\u0000\u0007\u0008\u007fb', 'ab'],
    ['C1', 'a\u0085\u009fb', 'ab'],
    ['line separators', 'a\u2028b\u2029c', 'abc'],
    ['bidi controls', '\u202eabc\u202c\u2066x\u2069\u200f\u061c', 'abcx'],
    ['zero-width characters', 'a\u200bb\u200cc\u2060d\ufeffe', 'abcde'],
    ['tags', 'a\u{e0061}b', 'ab'],
    ['a joiner that joins nothing', 'a\u200db', 'ab'],
    ['fillers and blanks', '홍\u3164길\u2800동\uffa0\u115f', '홍길동'],
    ['what crosses out', 'a\u0336b\u0489c\u20d2d\u20e0e', 'abcde'],
    ['a heap of marks but the first ones', `a${'\u0330\u0323'.repeat(40)}b`, 'a\u0330\u0323\u0330\u0323b'],
    ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
  ])('takes out %s', (_what, text, safe) => {
    expect(safeText(text)).toBe(safe);
  });

  it.each([
    ['newline and tab', 'a\n\tb'],
    ['Korean', '홍길동 님'],
    ['a family emoji with its joiners', '👨‍👩‍👧'],
    ['a key cap and a heart', '1️⃣ ❤️'],
    ['marks that a script has', 'สมศักดิ์ मनीष Nguyễn'],
    ['an emoji with a skin tone and a joiner', '👩🏽‍🚀'],
  ])('keeps %s', (_what, text) => {
    expect(safeText(text)).toBe(text);
  });

  it('composes decomposed Hangul', () => {
    expect(safeText('홍길동'.normalize('NFD'))).toBe('홍길동');
  });

  it('leaves nothing that moves the cursor, whatever comes in', () => {
    const everything = Array.from({ length: 0x3000 }, (_, i) => String.fromCodePoint(i)).join('');
    expect(safeText(everything)).not.toMatch(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/,
    );
  });

  it('puts a line on one line', () => {
    expect(safeLine('a\n  b\tc')).toBe('a b c');
  });
});
