import { expect, test } from 'vitest';
import { readYesNo } from './yes-no.ts';

test.each(['y', 'Y', 'yes', 'Yes', 'ye', ' y ', '예', '네', 'ㅇ', 'ㅛ', '예'.normalize('NFD')])(
  '%s is a yes',
  (typed) => {
    expect(readYesNo(typed)).toBe(true);
  },
);

test.each(['', ' ', 'n', 'N', 'no', '아니오', '아니요', '아니', '아', 'ㄴ', 'ㅜ', '아니요'.normalize('NFD')])(
  '"%s" is a no',
  (typed) => {
    expect(readYesNo(typed)).toBe(false);
  },
);

test.each(['x', 'yy', 'nope', '1', '예예', '네네', '취소', 'ㅋ', 'ㅛㅛ'])('%s is neither', (typed) => {
  expect(readYesNo(typed)).toBeNull();
});
