import { describe, expect, test } from 'vitest';
import { given } from '../../../test/support/given.ts';
import { refused } from '../../../test/support/refused.ts';
import {
  cancelled,
  completed,
  event,
  placed,
  queued,
  returned,
  scheduled,
} from '../../../test/support/stories.ts';
import { mustBeGoing, mustBeIn, mustBeOpen, mustExist } from './legal.ts';
import { newProcess } from './process.ts';

const nobody = newProcess('ORD-000042');
const over = given(placed(), cancelled('placed'), event('OrderClosed', { outcome: 'cancelled' }));

describe('what may be done at all', () => {
  test('nothing with an order that does not exist', () => {
    for (const check of [
      mustExist,
      mustBeOpen,
      (p = nobody) => mustBeGoing(p, 'x'),
      (p = nobody) => mustBeIn(p, 'x', []),
    ]) {
      expect(refused(() => check(nobody))).toMatchObject({ code: 'ORDER_NOT_FOUND', kind: 'not-found' });
    }
    expect(() => mustExist(given(placed()))).not.toThrow();
  });

  test.each([
    ['OrderCancelled', [...scheduled(), cancelled('scheduled')]],
    ['FieldWorkFailed', returned()],
    ['FieldWorkCompleted', completed()],
  ])('nothing that moves an order with a final intent: %s', (intent, events) => {
    const process = given(...events);
    expect(refused(() => mustBeGoing(process, 'order amend'))).toMatchObject({
      code: 'ALREADY_FINAL',
      kind: 'conflict',
      detail: { command: 'order amend', intent, at: process.updatedAt },
    });
    expect(refused(() => mustBeIn(process, 'x', [process.stage])).code).toBe('ALREADY_FINAL');
  });

  test('only in the stages named', () => {
    const process = given(...queued());
    expect(() => mustBeIn(process, 'x', ['tm-queue'])).not.toThrow();
    expect(refused(() => mustBeIn(process, 'field start', ['scheduled', 'dispatched']))).toMatchObject({
      code: 'ILLEGAL_IN_STAGE',
      kind: 'conflict',
      detail: { command: 'field start', stage: 'tm-queue', allowed: ['scheduled', 'dispatched'] },
    });
  });

  test('open: until it is closed, whatever its intent', () => {
    expect(() => mustBeOpen(given(...completed()))).not.toThrow();
    expect(() => mustBeOpen(given(...returned()))).not.toThrow();
    expect(refused(() => mustBeOpen(over))).toMatchObject({
      code: 'ORDER_CLOSED',
      detail: { stage: 'cancelled' },
    });
  });
});
