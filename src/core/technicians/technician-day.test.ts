import { describe, expect, it } from 'vitest';
import { iso, ms } from '../time/iso.ts';
import type { Occupied, Technician } from './technician.ts';
import { daySpan, freeGaps, workingSpan } from './technician-day.ts';

const TZ = 'Asia/Seoul';
const technician: Technician = {
  technicianId: 'T-01',
  name: '이준호',
  phone: '010-0000-0001',
  skills: ['internet'],
  areas: ['분당구'],
  hours: { 2: { from: 540, to: 1080 } },
  daysOff: ['2026-12-01'],
  dailyLimit: 5,
  active: true,
};

describe('a technician’s day', () => {
  it('has working hours on weekdays that are named, unless the day is off or the person gone', () => {
    const span = workingSpan(technician, '2026-11-24', TZ);
    expect(span && [iso(span.start), iso(span.end)]).toEqual([
      '2026-11-24T00:00:00.000Z',
      '2026-11-24T09:00:00.000Z',
    ]);
    expect(workingSpan(technician, '2026-11-25', TZ)).toBeNull();
    expect(workingSpan(technician, '2026-12-01', TZ)).toBeNull();
    expect(workingSpan({ ...technician, active: false }, '2026-11-24', TZ)).toBeNull();
  });

  it('lasts from midnight to midnight, also when clocks change', () => {
    const hours = ({ start, end }: { start: number; end: number }) => (end - start) / 3_600_000;
    expect(hours(daySpan('2026-11-24', TZ))).toBe(24);
    expect(hours(daySpan('2026-03-08', 'America/New_York'))).toBe(23);
  });
});

describe('freeGaps', () => {
  const working = { start: ms('2026-11-24T00:00:00.000Z'), end: ms('2026-11-24T09:00:00.000Z') };
  const visit = (start: string, end: string): Occupied => ({
    orderId: 'ORD-000001',
    technicianId: 'T-01',
    slot: { start: `2026-11-24T${start}:00.000Z`, end: `2026-11-24T${end}:00.000Z` },
    kind: 'agreed',
    area: null,
  });
  const gaps = (visits: readonly Occupied[]) =>
    freeGaps(working, visits, { travelMinutes: 20, leastMinutes: 60 }).map(({ start, end }) =>
      [start, end].map((at) => iso(at).slice(11, 16)).join('-'),
    );

  it('is the whole day without a visit', () => {
    expect(gaps([])).toEqual(['00:00-09:00']);
  });

  it('leaves the travel on both sides of a visit, in whatever order they come', () => {
    expect(gaps([visit('05:00', '06:00'), visit('02:00', '03:00')])).toEqual([
      '00:00-01:40',
      '03:20-04:40',
      '06:20-09:00',
    ]);
  });

  it('leaves out what is too short for a visit, and visits beyond the hours', () => {
    expect(gaps([visit('01:00', '07:50')])).toEqual([]);
    expect(gaps([visit('08:30', '10:00')])).toEqual(['00:00-08:10']);
    expect(gaps([visit('10:00', '11:00')])).toEqual(['00:00-09:00']);
  });
});
