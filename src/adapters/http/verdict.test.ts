import { expect, test } from 'vitest';
import type { HttpResult } from './http-client.ts';
import { verdictOf } from './verdict.ts';

const NOW = 1_800_000_000_000;
const clean = (text: string): string => text.toUpperCase();

const answer = (status: number, headers: Readonly<Record<string, string>> = {}): HttpResult => ({
  kind: 'answer',
  status,
  headers,
  body: new Uint8Array(),
});

test.each<[string, HttpResult, unknown]>([
  [
    'no connection',
    { kind: 'never-sent', cause: { code: 'CANNOT_CONNECT', error: 'refused' }, peerFault: true },
    { kind: 'fault', cause: { code: 'CANNOT_CONNECT', error: 'REFUSED' } },
  ],
  [
    'our own reason',
    { kind: 'never-sent', cause: { code: 'TOKEN_UNREADABLE' }, peerFault: false },
    { kind: 'unused' },
  ],
  [
    'lost',
    { kind: 'lost', cause: { code: 'ANSWER_LOST', error: 'reset' } },
    { kind: 'fault', cause: { code: 'ANSWER_LOST', error: 'RESET' } },
  ],
  [
    '429',
    answer(429),
    { kind: 'back-off', cause: { code: 'HTTP_STATUS', status: 429, told: '' }, retryAt: null },
  ],
  [
    '429 with a time',
    answer(429, { 'retry-after': '3' }),
    { kind: 'back-off', cause: { code: 'HTTP_STATUS', status: 429, told: '' }, retryAt: NOW + 3_000 },
  ],
  [
    '503 with a time',
    answer(503, { 'retry-after': '3' }),
    { kind: 'back-off', cause: { code: 'HTTP_STATUS', status: 503, told: '' }, retryAt: NOW + 3_000 },
  ],
  ['503 without', answer(503), { kind: 'fault', cause: { code: 'HTTP_STATUS', status: 503, told: '' } }],
  [
    '503 with nonsense',
    answer(503, { 'retry-after': 'soon' }),
    { kind: 'fault', cause: { code: 'HTTP_STATUS', status: 503, told: '' } },
  ],
])('%s', (_name, result, verdict) => {
  expect(verdictOf(result, NOW, clean)).toEqual(verdict);
});

test('of all other answers 5xx are faults, but for 501; the rest proves that the peer lives', () => {
  for (let status = 200; status < 600; status += 1) {
    if (status === 429) continue;
    const expected = status >= 500 && status !== 501 ? 'fault' : 'alive';
    expect([status, verdictOf(answer(status), NOW, clean).kind]).toEqual([status, expected]);
  }
});
