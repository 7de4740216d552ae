import { describe, expect, it } from 'vitest';
import { callBackAt, deskSlots, otherSlot } from './desk-slots.ts';

const at = (text: string): number => Date.parse(text);

describe('the slots of the desk', () => {
  it('follow the local day when the clocks change', () => {
    // New York leaves summer time on 2026-11-01: 09:00 is 13:00 UTC the day before, 14:00 UTC that day.
    const slots = deskSlots(at('2026-10-31T04:00:00Z'), at('2026-11-02T05:00:00Z'), 'America/New_York');
    expect(slots).toHaveLength(44);
    expect(slots[0]?.start).toBe('2026-10-31T13:00:00.000Z');
    expect(slots[22]?.start).toBe('2026-11-01T14:00:00.000Z');
  });

  it('lie at local half hours in a zone of quarters', () => {
    const slots = deskSlots(at('2026-11-24T00:00:00Z'), at('2026-11-25T00:00:00Z'), 'Asia/Kathmandu');
    expect(slots[0]?.start).toBe('2026-11-24T03:15:00.000Z');
  });

  it('are those of 31 days at most, and none when the span is empty', () => {
    expect(deskSlots(at('2026-01-01T00:00:00Z'), at('2030-01-01T00:00:00Z'), 'UTC')).toHaveLength(31 * 22);
    expect(deskSlots(at('2026-01-02T00:00:00Z'), at('2026-01-01T00:00:00Z'), 'UTC')).toEqual([]);
  });
});

describe('another slot', () => {
  const offered = (hour: number) => ({
    start: `2026-11-24T${String(hour).padStart(2, '0')}:00:00.000Z`,
    end: `2026-11-24T${String(hour + 1).padStart(2, '0')}:00:00.000Z`,
  });

  it('is later the same day', () => {
    expect(otherSlot(offered(9), 2, 'UTC')).toEqual(offered(11));
    expect(otherSlot(offered(18), 1, 'UTC')).toEqual(offered(19));
  });

  it('is the next day when the day of the desk is over', () => {
    const nextDay = { start: '2026-11-25T18:00:00.000Z', end: '2026-11-25T19:00:00.000Z' };
    expect(otherSlot(offered(18), 2, 'UTC')).toEqual(nextDay);
    // Across midnight the time of day would be early again.
    expect(otherSlot(offered(18), 9, 'UTC')).toEqual(nextDay);
  });
});

describe('the time to call back', () => {
  it('is two hours on, at a half hour', () => {
    expect(callBackAt(at('2026-11-24T10:10:00Z'), 'UTC')).toBe('2026-11-24T12:30:00.000Z');
  });

  it('waits for the desk to open', () => {
    expect(callBackAt(at('2026-11-24T18:30:00Z'), 'UTC')).toBe('2026-11-25T09:00:00.000Z');
  });
});
