import { expect, test } from 'vitest';
import { peerText, withoutSecrets } from './peer-text.ts';

test.each([
  ['as it is', 'as it is'],
  ['a\u0000b\u001b[31mc\r\nd', 'a b [31mc d'],
  ['\u202eright\u200b to\u2028left\u009f', 'right  to left'],
  ['  spaces  ', 'spaces'],
])('%j', (text, clean) => {
  expect(peerText(text)).toBe(clean);
});

test('at most 200 characters, none cut in half', () => {
  expect(peerText('x'.repeat(200))).toHaveLength(200);
  expect(peerText('x'.repeat(201))).toBe(`${'x'.repeat(199)}…`);
  expect(peerText('🙂'.repeat(5_000))).toBe(`${'🙂'.repeat(199)}…`);
});

test.each([
  ['token abc.def+1 is bad', ['abc.def+1'], 'token *** is bad'],
  ['abcXdef', ['abc.def'], 'abcXdef'],
  ['call 010-1234-5678!', ['01012345678'], 'call ***!'],
  ['call +82 10 1234 5678!', ['010-1234-5678'], 'call ***!'],
  ['port 8701 of 10.0.0.5', ['010-1234-5678'], 'port 8701 of 10.0.0.5'],
  ['nothing', [''], 'nothing'],
])('secrets never come back: %s', (text, secrets, clean) => {
  expect(peerText(text, secrets)).toBe(clean);
});

test('a hostile text costs no time', () => {
  const begun = performance.now();
  peerText('1'.repeat(1_000_000), ['010-1234-5678']);
  peerText('1 '.repeat(500_000), ['010-1234-5678']);
  for (const sign of ['1', '1 ', '+', '(', '123456', ' ', '1+'])
    withoutSecrets({ said: [sign.repeat(1_000_000 / sign.length)] }, ['010-1234-5678', 'abc.def-token-1']);
  expect(performance.now() - begun).toBeLessThan(2_000);
});
