import { describe, expect, test } from 'vitest';
import { given } from '../../../test/support/given.ts';
import { amended, cancelled, event, held, placed } from '../../../test/support/stories.ts';
import { isHeld } from './state.ts';

const at = (second: number) => `2026-11-24T01:00:0${second}.000Z`;

describe('what an order knows', () => {
  test('of its placing', () => {
    const { order } = given(placed({ internetCount: 2, tvCount: 1, textId: 'text-1', key: 'K-1' }));
    expect(order).toMatchObject({
      placed: { customerId: 'CUS-000001', key: 'K-1', at: at(0) },
      lines: { internet: 2, tv: 1 },
      area: '분당구',
      notes: [{ textId: 'text-1', at: at(0), actor: 'cs:kim' }],
      cancelled: null,
      holds: [],
      closed: null,
    });
  });

  test('of amendments: the last counts; the placing stays as it was', () => {
    const { order } = given(placed(), amended({ internet: 2, tv: 2 }), amended({ internet: 0, tv: 1 }));
    expect(order.lines).toEqual({ internet: 0, tv: 1 });
    expect(order.placed?.internetCount).toBe(1);
  });

  test('of its address: the area, when it moved', () => {
    const moved = event('ContactChanged', { fields: ['address'], area: null });
    expect(given(placed(), event('ContactChanged', { fields: ['phone'] })).order.area).toBe('분당구');
    expect(given(placed(), moved).order.area).toBeNull();
  });

  test('of what was said, in order, whichever command it came with', () => {
    const { order } = given(
      placed({ textId: 'text-1' }),
      event('NoteAdded', { textId: 'text-2' }),
      event('OrderCancelled', { code: 'OTHER', stage: 'placed', textId: 'text-3' }),
    );
    expect(order.notes.map(({ textId }) => textId)).toEqual(['text-1', 'text-2', 'text-3']);
    expect(order.cancelled).toEqual({ code: 'OTHER', stage: 'placed', at: at(2) });
  });

  test('of holds: a set by step and subject, the newest cause of each', () => {
    const { order } = given(
      placed(),
      held('CallCustomer', 'BAD_PHONE'),
      held('ActivateService:k'),
      held('CallCustomer', 'NO_PHONE'),
    );
    expect(order.holds).toEqual([
      { hold: 'ActivateService:k', step: 'ActivateService', cause: 'REFUSED', since: at(2) },
      { hold: 'CallCustomer', step: 'CallCustomer', cause: 'NO_PHONE', since: at(3) },
    ]);
    expect(isHeld(order, 'CallCustomer')).toBe(true);
    expect(isHeld(order, 'ActivateService')).toBe(false);
  });

  test('of releases: exactly that hold', () => {
    const released = event('HoldReleased', { hold: 'CallCustomer', action: 'done' });
    const { order } = given(placed(), held('CallCustomer'), held('FieldVisit'), released);
    expect(order.holds.map(({ hold }) => hold)).toEqual(['FieldVisit']);
  });

  test('of its end: the last one', () => {
    const process = given(placed(), cancelled('placed'), event('OrderClosed', { outcome: 'cancelled' }));
    expect(process.order.closed).toEqual({ outcome: 'cancelled', version: 3, at: at(2) });
  });
});
