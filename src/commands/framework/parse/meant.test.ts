import { expect, test } from 'vitest';
import { TREE } from '../../tree.ts';
import { meantByWords } from './meant.ts';

const PATHS = TREE.commands.map(({ spec }) => spec.path);

test.each([
  ['create', 'order new'],
  ['add order', 'order new'],
  ['order create', 'order new'],
  ['order get', 'order show'],
  ['ls', 'order list'],
  ['orders ls', 'order list'],
  ['delete order', 'order cancel'],
  ['order remove', 'order cancel'],
  ['customer delete', 'customer erase'],
  ['close', 'field complete'],
  ['reopen 42', 'fallout retry'],
  ['조회', 'find'],
  ['취소', 'order cancel'],
  ['청약 취소', 'order cancel'],
  ['주문 등록', 'order new'],
  ['technician add', 'technician import'],
  ['기사 목록', 'technician list'],
  ['schedule show', 'schedule board'],
  ['show 42', 'order show'],
  ['취소'.normalize('NFD'), 'order cancel'],
])('%s means %s', (typed, path) => {
  expect(meantByWords(typed.split(' '), PATHS)).toBe(path);
});

test.each(['stauts', 'ordr', 'nonsense words', 'order nonsense'])(
  '%s means nothing by its words',
  (typed) => {
    expect(meantByWords(typed.split(' '), PATHS)).toBeNull();
  },
);

test('what is meant is a command, whatever is typed', () => {
  for (const noun of [
    '',
    'order',
    'field',
    'schedule',
    'technician',
    'customer',
    'batch',
    'fallout',
    'config',
    'area',
    'breaker',
  ])
    for (const verb of [
      'create',
      'get',
      'ls',
      'search',
      'delete',
      'update',
      'close',
      'reopen',
      'assign',
      'move',
      'call',
      'start',
    ]) {
      const meant = meantByWords(
        [noun, verb].filter((word) => word !== ''),
        PATHS,
      );
      if (meant !== null) expect(PATHS).toContain(meant);
    }
});
