import { expect, test } from 'vitest';
import { isNetwork, isWithin, parseNetwork } from './network.ts';

const within = (address: string, network: string): boolean => {
  const parsed = parseNetwork(network);
  return parsed !== null && isWithin(address, parsed);
};

test.each([
  '10.0.0.5',
  '10.0.0.0/8',
  '0.0.0.0/0',
  '::1',
  'fd00::/8',
  '::',
  '2001:db8::1/128',
  '::ffff:10.0.0.1',
])('%s is a network', (text) => {
  expect(isNetwork(text)).toBe(true);
});

test.each([
  '',
  '10.0.0',
  '10.0.0.256',
  '010.0.0.1',
  '10.0.0.1/33',
  '::1/129',
  '1:2',
  ':::',
  '10.0.0.1/8/8',
  'example.com',
  '::ffff:10.0.0.1/100',
])('%s is none', (text) => {
  expect(isNetwork(text)).toBe(false);
});

test('an address lies in a network, however it is written', () => {
  expect(within('10.1.2.3', '10.0.0.0/8')).toBe(true);
  expect(within('::ffff:10.1.2.3', '10.0.0.0/8')).toBe(true);
  expect(within('11.1.2.3', '10.0.0.0/8')).toBe(false);
  expect(within('fd12::1', 'fd00::/8')).toBe(true);
  expect(within('fe80::1', 'fd00::/8')).toBe(false);
  expect(within('10.0.0.1', '::/0')).toBe(false);
  expect(within('example.com', '0.0.0.0/0')).toBe(false);
});
