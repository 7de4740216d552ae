import { describe, expect, it } from 'vitest';
import { busy, request, seoul, technician, world } from '../../../test/arbitraries/assign-world.ts';
import { indexed } from './candidates.ts';
import { relaxations } from './relaxations.ts';

const one = technician('T-01', { hours: { 2: { from: 540, to: 720 } }, dailyLimit: 2 });
const whats = (
  asked: Parameters<typeof request>[0],
  changes: Parameters<typeof technician>[1] = {},
  around: Parameters<typeof world>[0] = {},
) =>
  relaxations(
    request(asked),
    { date: '2026-11-24' },
    indexed(world({ technicians: [{ ...one, ...changes }], ...around })),
  ).map(({ what }) => what);

describe('what alone would place an order', () => {
  it.each([
    ['a skill', { lines: { internet: 1, tv: 1 } }, { skills: ['internet'] }, {}, ['SKILL']],
    ['an area', { area: '마포구' }, {}, {}, ['AREA']],
    ['another visit a day', {}, { dailyLimit: 0 }, {}, ['DAILY_LIMIT']],
    [
      'an hour more',
      { lines: { internet: 4, tv: 1 } },
      { hours: { 2: { from: 540, to: 710 } } },
      {},
      ['HOURS'],
    ],
    ['a day off that is worked', {}, { daysOff: ['2026-11-24'] }, {}, ['DAY_OFF']],
    ['a time that the desk did not offer', { offered: [] }, {}, {}, ['NOT_OFFERED']],
    ['a day before the wished one', { wishes: { notBefore: '2026-11-25' } }, {}, {}, ['NOT_BEFORE']],
    ['nothing alone', { area: '마포구', offered: [] }, {}, {}, []],
    ['nothing, where the area is not known', { area: null }, {}, {}, []],
  ] as const)('%s', (_name, asked, changes, around, expected) => {
    expect(whats(asked, changes as Parameters<typeof technician>[1], around)).toEqual(expected);
  });

  it('says who would go, and when', () => {
    const full = { technicians: [one], occupied: [busy('T-01', '2026-11-24 09:00', '2026-11-24 11:30')] };
    expect(relaxations(request(), { date: '2026-11-24' }, indexed(world(full)))).toEqual([
      {
        what: 'HOURS',
        technicianId: 'T-01',
        slot: { start: seoul('2026-11-24 12:00'), end: seoul('2026-11-24 13:00') },
      },
    ]);
  });
});
