import { expect, test } from 'vitest';
import { linksPages, nextLink } from './next-link.ts';

test.each([
  ['</service?offset=100&limit=100>; rel="next"', '?offset=100&limit=100'],
  ['<https://ne.example/tmf-api/v4/service?offset=100>; rel="next"', '?offset=100'],
  ['<http://10.1.2.3:8080/inner/service/?cursor=a%3Db,c>; rel=next', '?cursor=a%3Db,c'],
  ['<?page=2>; rel="next"', '?page=2'],
  ['</service?page=1>; rel="prev", </service?page=3>; rel="next"', '?page=3'],
  ['</service?page=9>; title="a, <b>; rel=next"; rel="last", </service?page=3>; rel="NEXT"', '?page=3'],
  ['</service?page=3>; rel="last next"; type="x"', '?page=3'],
  ['</service?page=3> ; rel = next', '?page=3'],
])('%s', (header, query) => {
  expect(nextLink(header, '/service')).toEqual({ kind: 'query', query });
});

test.each([
  undefined,
  '',
  '</service?page=1>; rel="prev"',
  '</service>; rel="nextish"',
  'nonsense',
  '<<<>>>',
])('none: %s', (header) => {
  expect(nextLink(header, '/service')).toEqual({ kind: 'none' });
});

test.each([
  '</service/page/2>; rel="next"',
  '</other?page=2>; rel="next"',
  '</service>; rel="next"',
  '<http://[>; rel="next"',
  `</service?x=${'y'.repeat(3_000)}>; rel="next"`,
])('elsewhere: %s', (header) => {
  expect(nextLink(header, '/service')).toEqual({ kind: 'elsewhere' });
});

test.each([
  ['</service?page=1>; rel="prev"', true],
  ['</service?page=1>; rel=first', true],
  ['</doc>; rel="describedby", </service?page=1>; rel="last"', true],
  ['</doc>; rel="describedby"', false],
  ['</doc>; rel="first-aid"', false],
  [undefined, false],
])('names pages: %s', (header, names) => {
  expect(linksPages(header)).toBe(names);
});
