import { describe, expect, it } from 'vitest';
import { ALL_KEYS } from '../../adapters/config/keys.ts';
import { parseFault } from '../../adapters/simulators/fault-rule.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { ENGLISH } from '../catalogue.ts';
import { expected } from './expected.ts';
import { koreanExpected } from './expected-words.ts';
import { KOREAN } from './index.ts';

const HANGUL = /\p{Script=Hangul}/u;
/** Values that are the same in every language: `en or ko`, `true 또는 …`. */
const ONLY_VALUES = /^\S+( or \S+)+$/;

describe('what is expected, in Korean', () => {
  it('has a word for everything that flags expect', () => {
    expect(Object.keys(expected).sort()).toEqual(Object.keys(ENGLISH.expected).sort());
  });

  it('has one for every setting', () => {
    const english = ALL_KEYS.map((setting) => setting.expected).filter((text) => !ONLY_VALUES.test(text));
    expect(english.length).toBeGreaterThan(20);
    expect(english.filter((text) => !HANGUL.test(koreanExpected(text)))).toEqual([]);
  });

  it.each([
    'explode',
    'late-after',
    'late-after:soon',
    'reject:no port',
    'revert-fails:0',
    'answer:maybe',
    '503:0.5',
    '503:soon',
    'reset-after:0',
    'reset-after:1:2',
    'reset-after@GET POST',
    'refuse@POST',
  ])('has one for the fault rule %s', (rule) => {
    expect(() => parseFault(rule)).toThrow(Refusal);
    try {
      parseFault(rule);
    } catch (error) {
      const { detail } = error as Refusal<'BAD_VALUE'>;
      const korean = koreanExpected(detail.expected);
      expect(korean).toMatch(HANGUL);
      expect(korean).not.toMatch(/probability|whole|expected|such as|leave/);
    }
  });

  it('has one for a database that is a directory', () => {
    expect(koreanExpected('a database file, but it is a directory')).toBe('데이터베이스 파일(폴더입니다)');
  });

  it('words the causes of an unusable setting too', () => {
    const path = '/tmp/x';
    expect(KOREAN.refusals?.CONFIG_FILE?.({ path, cause: 'it is a directory' })).toMatchObject({
      why: '폴더입니다',
    });
    expect(
      KOREAN.refusals?.BAD_VALUE?.({ flag: '--fault', value: 'x', expected: 'true or false' }),
    ).toMatchObject({ why: '필요한 값: true 또는 false' });
  });
});
