import { describe, expect, it } from 'vitest';
import {
  callKeyText,
  isNameOfAnother,
  ownerOf,
  readCallKey,
  readServiceKey,
  saysTheSame,
  serviceKeyText,
  shownKey,
} from './keys.ts';

const SERVICES = [
  ['ORD-000042@k7f3c1x9/internet.hsi#2/1', { mark: 'k7f3c1x9', service: 'internet.hsi#2', generation: 1 }],
  ['ORD-000042/tv.stb#1/12', { mark: null, service: 'tv.stb#1', generation: 12 }],
] as const;

describe('names at the peers', () => {
  it.each(SERVICES)('%s is read and made', (key, said) => {
    expect(readServiceKey(key)).toEqual({ orderId: 'ORD-000042', ...said });
    expect(serviceKeyText({ orderId: 'ORD-000042', ...said })).toBe(key);
  });

  it.each([
    ['ORD-1000000@00000000/call#3', { orderId: 'ORD-1000000', mark: '00000000', number: 3 }],
    ['ORD-000042/call#1', { orderId: 'ORD-000042', mark: null, number: 1 }],
  ])('%s is read and made', (key, said) => {
    expect(readCallKey(key)).toEqual(said);
    expect(callKeyText(said)).toBe(key);
  });

  it.each([
    '',
    'ORD-000042',
    'ORD-000042@/internet.hsi#1/1',
    'ORD-000042@K7F3C1X9/internet.hsi#1/1',
    'ORD-000042@k7f3c1x/internet.hsi#1/1',
    'ORD-000042@k7f3c1x90/internet.hsi#1/1',
    'ORD-000042@k7f3c1x9@k7f3c1x9/internet.hsi#1/1',
    'ORD-000042@k7f3c1x9/internet.hsi#1/1 ',
    'X-ORD-000042/internet.hsi#1/1',
    'ORD-000042/internet.hsi#1',
  ])('%j is nobody of ours', (key) => {
    expect([readServiceKey(key), readCallKey(key)]).toEqual([null, null]);
  });

  it('are shown without the mark of the database', () => {
    expect(shownKey('ORD-000042@k7f3c1x9/internet.hsi#2/1')).toBe('ORD-000042/internet.hsi#2/1');
    expect(shownKey('ORD-000042@k7f3c1x9/call#3')).toBe('ORD-000042/call#3');
    expect(shownKey('somebody@example/else')).toBe('somebody@example/else');
  });

  it('belong to the database whose mark they bear', () => {
    const marks = { current: 'bbbbbbbb', before: ['aaaaaaaa'] };
    expect(['bbbbbbbb', 'aaaaaaaa', null, 'cccccccc'].map((mark) => ownerOf(mark, marks))).toEqual([
      'ours',
      'former',
      'unmarked',
      'foreign',
    ]);
    expect(ownerOf(null, { current: null, before: [] })).toBe('ours');
  });
});

describe('a name that a network told for ORD-000042@k7f3c1x9/internet.hsi#2/1', () => {
  const key = 'ORD-000042@k7f3c1x9/internet.hsi#2/1';

  it.each([
    'ORD-000041@k7f3c1x9/internet.hsi#2/1',
    'ORD-000042@k7f3c1x9/internet.hsi#1/1',
    'ORD-000042@k7f3c1x9/access.gpon#1/1',
    'ORD-000042@00000000/internet.hsi#2/1',
    'ORD-000041/internet.hsi#2/1',
    'ORD_000041_K7F3C1X9_INTERNET_HSI_2_1',
  ])('%s is the name of another', (name) => {
    expect([isNameOfAnother(name, key), saysTheSame(name, key)]).toEqual([true, false]);
  });

  it.each([key, 'ORD_000042_K7F3C1X9_INTERNET_HSI_2_1'])('%s is its own', (name) => {
    expect([isNameOfAnother(name, key), saysTheSame(name, key)]).toEqual([false, true]);
  });

  it.each([
    '',
    'ORD-000041',
    'ORD-000042@k7f3c1x9/internet.hsi#2',
    'ORD-000042@k7f3c1x9/internet.hsi#2/12',
    'ORD-000042/internet.hsi#2/1',
    'SOMEBODY-ELSE',
  ])('%j may be its own', (name) => {
    expect([isNameOfAnother(name, key), saysTheSame(name, key)]).toEqual([false, false]);
  });
});
