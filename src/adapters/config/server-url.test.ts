import { describe, expect, test } from 'vitest';
import { fileNameOf, isThisMachine, parseServerUrl, type ServerAddress } from './server-url.ts';

const read = (text: string): ServerAddress => {
  const address = parseServerUrl(text);
  if (typeof address === 'string') throw new Error(`${text}: ${address}`);
  return address;
};

describe('the address of a server', () => {
  test.each([
    ['postgres://db1/oss', { host: 'db1', port: 5432, user: null, database: 'oss', options: null }],
    ['postgresql://kim@db1:5433/oss', { host: 'db1', port: 5433, user: 'kim' }],
    ['postgres://kim%40x@[::1]/a%20b', { host: '::1', user: 'kim@x', database: 'a b' }],
    ['postgres://localhost/oss?host=%2Frun%2Fpg&options=-c%20search_path%3Dx', { host: '/run/pg' }],
    ['postgres:///oss?host=/run/pg', { host: '/run/pg', options: null }],
    ['postgres://db1/oss?listen=off', { listens: false }],
    ['postgres://db1/oss', { listens: true }],
  ])('%s', (text, expected) => {
    expect(read(text)).toMatchObject(expected);
  });

  test.each([
    'postgres:oss',
    'postgres://db1',
    'postgres://db1/',
    'postgres:///oss',
    'postgres://db1/oss/more',
    'postgres://a,b/oss',
    'postgres://db1:x/oss',
    'postgres://db1/oss#x',
    'postgres://db1/oss?statement_timeout=0',
    'postgres://db1/oss?listen=no',
    'postgres://db1/oss?sslmode=prefer',
    'postgres://db1/oss?listen=on&listen=off',
    'postgres://db1/%E0%A4%A',
  ])('%s is none', (text) => {
    expect(parseServerUrl(text)).toBe('SHAPE');
  });

  test.each([
    'postgres://kim:secret@db1/oss',
    'postgres://:secret@db1/oss',
    'postgres://db1/oss?password=secret',
    'postgres://kim:se cret#@db1:5432/oss',
    'postgres://kim:100%@db1:no/oss',
  ])('%s holds a password', (text) => {
    expect(parseServerUrl(text)).toBe('PASSWORD');
  });

  test('only the line inside this machine may be in clear by itself', () => {
    expect(read('postgres://localhost/oss').tls.mode).toBe('off');
    expect(read('postgres://db1/oss').tls.mode).toBe('verified');
    expect(read('postgres://db1/oss?sslmode=require').tls.mode).toBe('unverified');
    expect(['127.0.0.1', '127.9.9.9', '::1', 'localhost', '/run/pg'].every(isThisMachine)).toBe(true);
    expect(['127.0.0.1.evil.example', 'db1', '10.0.0.1', 'localhost.example'].some(isThisMachine)).toBe(
      false,
    );
  });

  test('what lies beside it has a name of its own', () => {
    expect(fileNameOf(read('postgres://kim@db1/oss'))).toBe('postgres-db1-5432-oss');
    const long = read(`postgres://db1/oss?options=${'x'.repeat(500)}`);
    expect(fileNameOf(long)).toHaveLength(150);
  });
});
