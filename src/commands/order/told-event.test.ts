import { expect, test } from 'vitest';
import { envelope } from '../../../test/support/given.ts';
import type { Cause } from '../../core/codes/cause.ts';
import { toldEvent } from './told-event.ts';

const doubt = (cause: Cause): object =>
  toldEvent(envelope({ type: 'ServiceInDoubt', data: { key: 'ORD-000042/x#1/1', cause } }, 1));

test('a cause is told in English words, and beside them as a code', () => {
  const cause: Cause = { code: 'HTTP_STATUS', status: 503, told: 'BUSY later' };
  expect(doubt(cause)).toMatchObject({
    type: 'ServiceInDoubt',
    schema: 2,
    data: { key: 'ORD-000042/x#1/1', cause: 'HTTP 503: BUSY later', causeCode: cause },
  });
});

test('what was written in words is told in the same words', () => {
  const cause: Cause = { code: 'AS_WRITTEN', text: 'the breaker is open' };
  expect(doubt(cause)).toMatchObject({ data: { cause: 'the breaker is open', causeCode: cause } });
});

test('an event without a cause is told as it stands on the log', () => {
  const absent = envelope({ type: 'ServiceNotFound', data: { key: 'K', why: 'absent' } }, 1);
  expect(toldEvent(absent)).toBe(absent);
});
