import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Ending, endingOf, ko } from './particles.ts';

describe('a word ends as it is read', () => {
  test.each<readonly [string, Ending]>([
    ['고객', 'closed'],
    ['작업자', 'open'],
    ['마을', 'rieul'],
    ['ORD-000042', 'open'],
    ['ORD-000001', 'rieul'],
    ['ORD-000007', 'rieul'],
    ['T-08', 'rieul'],
    ['T-10', 'closed'],
    ['T-13', 'closed'],
    ['T-05', 'open'],
    ['URL', 'rieul'],
    ['CPR', 'rieul'],
    ['ATM', 'closed'],
    ['JSON', 'closed'],
    ['CSV', 'open'],
    ['WEB-A', 'open'],
    ['file', 'rieul'],
    ['worker', 'open'],
    ['line', 'closed'],
    ['backup', 'closed'],
    ['batch', 'open'],
    ['dBm', 'closed'],
    ['"order cancel"', 'rieul'],
    ['--wait', 'open'],
    ['홍*동', 'closed'],
    ['김**', 'closed'],
    ['이*', 'open'],
    ['010-1234-****', 'open'],
    ['010-****-5678', 'rieul'],
    ['김철수(T-01)', 'open'],
    ['T-01 (김철수)', 'rieul'],
    ['(김철수)', 'open'],
    ['[서울]', 'rieul'],
    ['"강남"', 'closed'],
    ['5%', 'open'],
    ['오늘.', 'rieul'],
    ['ㄹ', 'rieul'],
    ['ㄴ', 'closed'],
    ['홍길동'.normalize('NFD'), 'closed'],
    ['', 'open'],
    ['***', 'open'],
    ['()', 'open'],
  ])('%s: %s', (word, ending) => {
    expect(endingOf(word)).toBe(ending);
  });
});

describe('the particle fits what stands before it', () => {
  test.each([
    [ko`${'ORD-000001'}은(는) 종료됨`, 'ORD-000001은 종료됨'],
    [ko`${'ORD-000002'}은(는) 종료됨`, 'ORD-000002는 종료됨'],
    [ko`${'경로'}이(가) 없습니다`, '경로가 없습니다'],
    [ko`"${'order new'}"을(를) 할 수 없습니다`, '"order new"를 할 수 없습니다'],
    [ko`${'T-06'}와(과) 다른 작업자`, 'T-06과 다른 작업자'],
    [ko`${'T-04'}와(과) 다른 작업자`, 'T-04와 다른 작업자'],
    [ko`${1}(으)로`, '1로'],
    [ko`${7}(으)로`, '7로'],
    [ko`${8}(으)로`, '8로'],
    [ko`${3}(으)로`, '3으로'],
    [ko`${'L'}(으)로, ${'R'}(으)로, ${'M'}(으)로, ${'A'}(으)로`, 'L로, R로, M으로, A로'],
    [ko`${'서울'}(으)로, ${'서울'}을(를)`, '서울로, 서울을'],
    [ko`${'a'}(이)라는 값, ${'n'}(이)나`, 'a라는 값, n이나'],
    [ko`${'김**'} 고객을(를)`, '김** 고객을'],
  ])('%s', (told, meant) => {
    expect(told).toBe(meant);
  });

  test('what a value says is never read as a mark', () => {
    expect(ko`${'을(를)'}이(가)`).toBe('을(를)이');
  });

  test('one form and not both, whatever the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const isOpen = endingOf(value) === 'open';
        const by = endingOf(value) === 'closed' ? '으로' : '로';
        expect(ko`${value}은(는)`).toBe(`${value}${isOpen ? '는' : '은'}`);
        expect(ko`${value}이(가)`).toBe(`${value}${isOpen ? '가' : '이'}`);
        expect(ko`${value}을(를)`).toBe(`${value}${isOpen ? '를' : '을'}`);
        expect(ko`${value}와(과)`).toBe(`${value}${isOpen ? '와' : '과'}`);
        expect(ko`${value}(으)로`).toBe(`${value}${by}`);
      }),
    );
  });

  test('a syllable decides by its last consonant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0xac00, max: 0xd7a3 }), (code) => {
        const letters = String.fromCodePoint(code).normalize('NFD');
        const meant = letters.length === 2 ? 'open' : letters.endsWith('\u11af') ? 'rieul' : 'closed';
        expect(endingOf(String.fromCodePoint(code))).toBe(meant);
      }),
    );
  });
});
