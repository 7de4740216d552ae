import { expect, test } from 'vitest';
import { koreanReason } from './file-reasons.ts';

test.each([
  ['has 2 cells, the header has 7', '칸이 2개인데 머리글은 7개입니다'],
  ['it is not UTF-16LE text from here on', '여기부터 UTF-16LE 텍스트가 아닙니다'],
  ['is no JSON object: unexpected text at column 12', 'JSON 객체가 아닙니다: 12번째 글자가 잘못되었습니다'],
  ['it is a directory', '폴더입니다'],
  ['"perhaps" is not true or false', '"perhaps": true 나 false 가 아닙니다'],
  ['no such column; did you mean name?', '그런 열은 없습니다; name 인가요?'],
  ['EIO: i/o error, read', 'EIO: i/o error, read'],
])('%s', (english, korean) => {
  expect(koreanReason(english)).toBe(korean);
});
