import { expect, test } from 'vitest';
import { isLoopback, listenAddressText, parseListenAddress } from './listen-address.ts';

test.each([
  ['127.0.0.1:8080', '127.0.0.1', 8080],
  ['[::1]:0', '::1', 0],
  ['localhost:65535', 'localhost', 65_535],
  ['0.0.0.0:80', '0.0.0.0', 80],
])('%s is an address', (text, host, port) => {
  const address = parseListenAddress(text);
  expect(address).toEqual({ host, port });
  expect(listenAddressText(address ?? { host: '', port: 0 })).toBe(text);
});

test.each([
  '',
  '8080',
  ':8080',
  '127.0.0.1',
  '::1:8080',
  'a b:80',
  'host:65536',
  'host:-1',
  'http://h:80',
  'h:80/',
])('%s is none', (text) => {
  expect(parseListenAddress(text)).toBeNull();
});

test('what only this machine reaches', () => {
  expect(['127.0.0.1', '127.9.9.9', '::1', 'localhost'].filter(isLoopback)).toHaveLength(4);
  expect(['0.0.0.0', '::', '10.0.0.1', 'localhost.example', '127.example'].filter(isLoopback)).toEqual([]);
});
