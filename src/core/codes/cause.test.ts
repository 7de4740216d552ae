import { describe, expect, test } from 'vitest';
import {
  asWritten,
  CAUSES,
  type Cause,
  causeOfText,
  causeToText,
  cleanCause,
  isCause,
  isSameCause,
  readCause,
} from './cause.ts';

const NESTED: Cause = {
  code: 'BREAKER_OPEN',
  last: { code: 'HTTP_BODY', status: 200, body: { code: 'OTHER_SERVICE', key: 'ORD-000001/x#1/1' } },
};

describe('a cause in a column of text', () => {
  test('comes back as it was, with what is inside it', () => {
    expect(causeOfText(causeToText(NESTED))).toEqual(NESTED);
  });

  test.each([
    'HTTP 503: BUSY later',
    '',
    '{',
    '{}',
    '{"code":"HTTP_STATUS"}',
    '{"code":"HTTP_STATUS","status":"503","told":""}',
    '{"code":"toString"}',
    '{"code":"BREAKER_OPEN","last":{"code":"NOBODY_KNOWS"}}',
    '[1]',
    'null',
  ])('is its own words when no code of ours is in it: %s', (text) => {
    expect(causeOfText(text)).toEqual({ code: 'AS_WRITTEN', text });
  });
});

describe('a stored cause', () => {
  test('in words stays readable, and so does a code that nobody knows here', () => {
    expect(readCause('no complete answer within 5000 ms')).toEqual(
      asWritten('no complete answer within 5000 ms'),
    );
    expect(readCause({ code: 'OF_TOMORROW' })).toEqual(asWritten('{"code":"OF_TOMORROW"}'));
    expect(readCause(NESTED)).toBe(NESTED);
  });

  test('is one only with all its values', () => {
    for (const [code, kinds] of Object.entries(CAUSES)) {
      const isWithout = Object.keys(kinds).every((name) => name === 'last');
      expect(isCause({ code })).toBe(isWithout && Object.keys(kinds).length === 0);
    }
  });
});

test('texts of a cause are cleaned, also inside it, and nothing else', () => {
  expect(cleanCause(NESTED, (text) => text.replace('ORD-000001', '***'))).toEqual({
    code: 'BREAKER_OPEN',
    last: { code: 'HTTP_BODY', status: 200, body: { code: 'OTHER_SERVICE', key: '***/x#1/1' } },
  });
});

test('two causes are the same when all their values are', () => {
  expect(isSameCause(NESTED, structuredClone(NESTED))).toBe(true);
  expect(isSameCause(NESTED, { code: 'BREAKER_OPEN', last: null })).toBe(false);
  expect(isSameCause(null, NESTED)).toBe(false);
  expect(isSameCause(null, null)).toBe(true);
});
