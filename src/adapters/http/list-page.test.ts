import { expect, test } from 'vitest';
import { pageOutcome, readPage } from './list-page.ts';
import { isObject } from './reading.ts';

const read = readPage('/service', (element) => (isObject(element) ? element.id : null));

const told = (headers: Readonly<Record<string, string>>, json: unknown = [{ id: 'a' }, { id: 'b' }]) => {
  const reading = read({ status: 200, headers, json });
  if (!reading.ok) throw new Error(reading.cause.code);
  return reading.value;
};

test.each<[Record<string, string>, object]>([
  [{}, { count: 2, total: null, next: null, isLast: false, doubt: null }],
  [{ 'x-total-count': '40' }, { total: 40, isLast: false }],
  [{ 'x-total-count': '2' }, { total: 2, isLast: false }],
  [{ 'x-total-count': 'many' }, { total: null }],
  [{ 'content-range': 'items 0-1/40' }, { total: 40, isLast: false }],
  [{ 'content-range': 'items 38-39/40' }, { total: 40, isLast: true }],
  [{ 'content-range': 'items 0-1/*' }, { total: null, isLast: false }],
  [
    { link: '</service?page=2>; rel="next", </service?page=9>; rel="last"' },
    { next: '?page=2', isLast: false },
  ],
  [{ link: '</service?page=8>; rel="prev"' }, { next: null, isLast: true }],
  [{ link: '</doc>; rel="describedby"' }, { next: null, isLast: false }],
  [{ link: '</service/2>; rel="next"' }, { next: null, isLast: false, doubt: { code: 'NEXT_ELSEWHERE' } }],
  [{ 'x-cache': 'HIT' }, { doubt: { code: 'PAGE_FROM_CACHE', cached: 'x-cache: HIT' } }],
])('%o', (headers, expected) => {
  expect(told(headers)).toMatchObject(expected);
});

test('an element without a usable id is counted, and told', () => {
  expect(told({}, [{ id: 'a' }, { id: 4711 }, { id: '..' }, null, 'x'])).toMatchObject({
    ids: ['a', '4711'],
    count: 5,
    doubt: { code: 'NO_IDS', elements: 3 },
  });
});

test('what lies behind the end is empty, but only there', () => {
  const seen = {
    seen: 'response',
    status: 416,
    verb: 'GET',
    collection: true,
    retryAt: null,
    monitor: null,
    error: null,
    body: { ok: false, cause: { code: 'NOT_A_SUCCESS' } },
  } as const;
  const page = { limit: 10, next: null };
  expect(pageOutcome(seen, { ...page, offset: 10 })).toMatchObject({
    kind: 'confirmed',
    value: { count: 0 },
  });
  expect(pageOutcome(seen, { ...page, offset: 0 })).toMatchObject({ kind: 'in-doubt' });
});
