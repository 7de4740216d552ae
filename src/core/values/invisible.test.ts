import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseActor } from './actor.ts';
import { parseAddress, placeWords } from './address.ts';
import { isBlank, seenText, withoutInvisible } from './invisible.ts';
import { jsonText } from './json-text.ts';
import { maskAddress, maskName } from './mask.ts';
import { parsePersonName } from './person-name.ts';

/** Signs that show nothing, or turn around what others show. */
const NASTY: readonly string[] = [
  ...['\u00ad', '\u034f', '\u061c', '\u115f', '\u1160', '\u17b4', '\u180e', '\u200b', '\u200c', '\u200d'],
  ...['\u200e', '\u200f', '\u202a', '\u202e', '\u2060', '\u2066', '\u2069', '\u206f', '\u2800', '\u3164'],
  ...['\ufe00', '\ufeff', '\uffa0', '\ufffa', '\u{1d173}', '\u{e0041}', '\u{e01ef}'],
];
const OVERLAYS: readonly string[] = [
  '\u0334',
  '\u0335',
  '\u0336',
  '\u0338',
  '\u0489',
  '\u20d2',
  '\u20dd',
  '\u20e0',
];
const options = { seed: 20_261_130, numRuns: 500 };
const nasty = fc.constantFrom(...NASTY);
const name = fc.stringMatching(/^[가-힣A-Za-z]{1,8}( [가-힣A-Za-z]{1,8})?$/);
/** A name with signs in it that nobody sees. */
const haunted = fc
  .tuple(name, fc.array(fc.tuple(fc.nat(20), nasty), { minLength: 1, maxLength: 6 }))
  .map(([plain, signs]) => {
    const letters = [...plain];
    for (const [at, sign] of signs) letters.splice(Math.min(at, letters.length), 0, sign);
    return { plain, text: letters.join('') };
  });

describe('a name with signs that nobody sees', () => {
  test.each(NASTY)('of %j alone is none', (sign) => {
    expect(parsePersonName(sign)).toBeNull();
    expect(parsePersonName(` ${sign} ${sign}`)).toBeNull();
    expect(parseAddress(sign)).toBeNull();
    expect(parseActor(`cs:${sign}`)).toBeNull();
    expect(isBlank(` ${sign}\n`)).toBe(true);
  });

  test('is kept as it is seen, whatever is in it', () => {
    fc.assert(
      fc.property(haunted, ({ plain, text }) => {
        expect(parsePersonName(text)).toBe(parsePersonName(plain));
        expect(parseAddress(text)).toBe(parseAddress(plain));
        expect(withoutInvisible(text)).toBe(plain);
        expect(placeWords(text)).toEqual(placeWords(plain));
      }),
      options,
    );
  });

  test('kept by an older version is masked as it is seen, and JSON holds nothing raw', () => {
    fc.assert(
      fc.property(haunted, ({ plain, text }) => {
        expect(maskName(text)).toBe(maskName(plain));
        expect(maskAddress(text)).toBe(maskAddress(plain));
        const json = jsonText({ text });
        for (const sign of NASTY)
          if (sign !== '\u200d' && sign !== '\ufe00') expect(json).not.toContain(sign);
        expect(JSON.parse(json)).toEqual({ text });
      }),
      options,
    );
  });
});

describe('a name that is written over', () => {
  test.each(OVERLAYS)('by %j is none', (sign) => {
    expect(parsePersonName(`홍${sign}길동`)).toBeNull();
    expect(parseAddress(`역삼로${sign} 1`)).toBeNull();
  });

  test('by a heap of marks is none', () => {
    const heap = `a${'\u0301\u0316\u0323\u0330\u0353'.repeat(20)}`;
    expect(parsePersonName(heap)).toBeNull();
    expect(parsePersonName('\u0301a')).toBeNull();
  });

  test.each([
    'Zoë Müller',
    'Nguyễn Thị Ánh',
    'Zoë'.normalize('NFD'),
    'สมศักดิ์',
    'मनीष शर्मा',
    '홍길동',
    '👩‍👩‍👧',
    '❤️',
  ])('is not %j', (text) => {
    expect(parsePersonName(text)).toBe(text.normalize('NFC'));
  });
});

test('what joins emoji stays in texts, and nowhere else', () => {
  expect(seenText('👩‍👩‍👧 1️⃣ a\u200db')).toBe('👩‍👩‍👧 1️⃣ ab');
});
