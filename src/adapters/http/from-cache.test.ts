import { expect, test } from 'vitest';
import { fromCache } from './from-cache.ts';

test.each([
  { age: '1' },
  { age: ' 86400' },
  { 'x-cache': 'HIT' },
  { 'x-cache': 'Hit from cloudfront' },
  { 'x-cache': 'TCP_MEM_HIT from proxy (Squid)' },
  { 'x-cache': 'MISS, HIT' },
  { 'cf-cache-status': 'HIT' },
  { 'cf-cache-status': 'STALE' },
  { 'x-cache-status': 'hit' },
  { 'x-proxy-cache': 'UPDATING' },
  { 'cache-status': 'ExampleCache; hit; ttl=376' },
  { 'cache-status': 'Origin; fwd=miss, Edge;hit' },
  { warning: '110 proxy "Response is Stale"' },
  { warning: '199 - "x", 112 - "Disconnected"' },
])('out of a cache: %o', (headers) => {
  expect(fromCache(headers)).not.toBeNull();
});

test.each([
  {},
  { age: '0' },
  { age: '' },
  { 'x-cache': 'MISS' },
  { 'x-cache': 'Miss from cloudfront' },
  { 'x-cache': 'White list' },
  { 'cf-cache-status': 'DYNAMIC' },
  { 'cf-cache-status': 'REVALIDATED' },
  { 'cache-status': 'ExampleCache; fwd=uri-miss; detail=hit-for-pass' },
  { warning: '199 - "1100 things"' },
])('from the peer itself: %o', (headers) => {
  expect(fromCache(headers)).toBeNull();
});
