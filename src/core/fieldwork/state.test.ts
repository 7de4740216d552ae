import { describe, expect, test } from 'vitest';
import { given } from '../../../test/support/given.ts';
import {
  completed,
  dispatched,
  EVIDENCE,
  event,
  notDone,
  onSite,
  returned,
  SLOT,
} from '../../../test/support/stories.ts';
import { visitNumber, visitsThatCount } from './state.ts';

describe('what is known of the field', () => {
  test('who was sent, until they are called back', () => {
    expect(given(...dispatched()).fieldwork.dispatched).toMatchObject({ technicianId: 'T-01' });
    const recalled = event('FieldWorkRecalled', { technicianId: 'T-01' });
    expect(given(...onSite(), recalled).fieldwork).toMatchObject({ dispatched: null, started: null });
  });

  test('when it began and how it ended, by when it happened', () => {
    expect(given(...onSite()).fieldwork.started).toEqual({ occurredAt: SLOT.start });
    expect(given(...completed()).fieldwork.completed).toMatchObject({
      result: EVIDENCE,
      technicianId: 'T-01',
      occurredAt: SLOT.end,
    });
    expect(given(...returned()).fieldwork.failed).toMatchObject({
      code: 'NO_FACILITY',
      occurredAt: SLOT.end,
    });
  });

  test('which visits were in vain, and which of them count', () => {
    const { fieldwork } = given(...onSite(), notDone('NO_ACCESS'), notDone('WEATHER', 2));
    expect(fieldwork).toMatchObject({ dispatched: null, started: null });
    expect(fieldwork.notDone.map(({ code }) => code)).toEqual(['NO_ACCESS', 'WEATHER']);
    expect(visitNumber(fieldwork)).toBe(3);
    expect(visitsThatCount(fieldwork)).toBe(1);
  });
});
