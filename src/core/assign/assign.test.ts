import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  busy,
  request,
  requests,
  seoul,
  technician,
  world,
  worlds,
} from '../../../test/arbitraries/assign-world.ts';
import { DEFAULT_POLICY } from '../rules/policy.ts';
import { partOfDay, slotGrid, slotOf, visitMinutes } from '../scheduling/slots.ts';
import { ms } from '../time/iso.ts';
import { MINUTE_MS } from '../time/units.ts';
import { addDays, formatLocal } from '../time/zone.ts';
import {
  anotherTechnician,
  bestByPart,
  brokenRules,
  chooseVisit,
  rankVisits,
  technicianForAgreed,
} from './assign.ts';

const local = (at: string): string => formatLocal(ms(at), 'Asia/Seoul');
const slot = (from: string, to: string) => ({ start: seoul(from), end: seoul(to) });

describe('brokenRules', () => {
  const noon = slot('2026-11-24 12:00', '2026-11-24 13:00');

  it.each([
    ['nothing', {}, {}, {}, []],
    ['INACTIVE', {}, { active: false }, {}, ['INACTIVE']],
    ['AREA', { area: '마포구' }, {}, {}, ['AREA']],
    ['no area rule without an area', { area: null }, {}, {}, []],
    ['SKILL', { lines: { internet: 1, tv: 1 } }, { skills: ['internet'] }, {}, ['SKILL']],
    ['NOT_BEFORE', { wishes: { notBefore: '2026-11-25' } }, {}, {}, ['NOT_BEFORE']],
    ['not before that very day', { wishes: { notBefore: '2026-11-24' } }, {}, {}, []],
    ['DAY_OFF', {}, { daysOff: ['2026-11-24'] }, {}, ['DAY_OFF']],
    ['DAY_OFF by weekday', {}, { hours: { 3: { from: 540, to: 1080 } } }, {}, ['DAY_OFF']],
    ['HOURS, too early', {}, { hours: { 2: { from: 721, to: 1080 } } }, {}, ['HOURS']],
    ['HOURS, too late', {}, { hours: { 2: { from: 540, to: 779 } } }, {}, ['HOURS']],
    ['hours that just fit', {}, { hours: { 2: { from: 720, to: 780 } } }, {}, []],
    ['PAST', {}, {}, { now: ms('2026-11-24T12:01:00+09:00') }, ['PAST']],
    ['NOT_OFFERED', { offered: [] }, {}, {}, ['NOT_OFFERED']],
    ['BUSY', {}, {}, { occupied: [busy('T-01', '2026-11-24 12:30', '2026-11-24 13:30')] }, ['BUSY']],
    [
      'TRAVEL, before the next visit',
      {},
      {},
      { occupied: [busy('T-01', '2026-11-24 13:10', '2026-11-24 14:10')] },
      ['TRAVEL'],
    ],
    [
      'TRAVEL, after the last visit',
      {},
      {},
      { occupied: [busy('T-01', '2026-11-24 10:45', '2026-11-24 11:45')] },
      ['TRAVEL'],
    ],
    [
      'travel that just fits',
      {},
      {},
      { occupied: [busy('T-01', '2026-11-24 13:20', '2026-11-24 14:20')] },
      [],
    ],
    [
      'another technician busy',
      {},
      {},
      { occupied: [busy('T-02', '2026-11-24 12:30', '2026-11-24 13:30')] },
      [],
    ],
    [
      'its own hold',
      { orderId: 'ORD-000007' },
      { dailyLimit: 1 },
      { occupied: [busy('T-01', '2026-11-24 12:30', '2026-11-24 13:30', { orderId: 'ORD-000007' })] },
      [],
    ],
    [
      'DAILY_LIMIT',
      {},
      { dailyLimit: 1 },
      { occupied: [busy('T-01', '2026-11-24 16:00', '2026-11-24 17:00')] },
      ['DAILY_LIMIT'],
    ],
    [
      'several at once',
      { area: '마포구', offered: [] },
      { daysOff: ['2026-11-24'], active: false },
      {},
      ['INACTIVE', 'AREA', 'DAY_OFF', 'NOT_OFFERED'],
    ],
  ] as const)('%s', (_name, asked, person, changes, expected) => {
    const who = technician('T-01', { ...person } as Parameters<typeof technician>[1]);
    expect(brokenRules(request(asked), who, noon, world(changes))).toEqual(expected);
  });

  it('counts a visit only on the day on which it starts', () => {
    const day = { from: 0, to: 1440 };
    const one = technician('T-01', { dailyLimit: 1, hours: { 1: day, 2: day } });
    const night = { occupied: [busy('T-01', '2026-11-23 22:50', '2026-11-23 23:50')] };
    expect(brokenRules(request(), one, noon, world(night))).toEqual([]);
  });

  it('sees a visit on the other side of midnight', () => {
    const night = technician('T-01', { hours: { 2: { from: 0, to: 1440 }, 3: { from: 0, to: 1440 } } });
    const late = { occupied: [busy('T-01', '2026-11-24 23:00', '2026-11-24 23:50')] };
    const early = slot('2026-11-25 00:00', '2026-11-25 01:00');
    expect(brokenRules(request(), night, early, world(late))).toEqual(['TRAVEL']);
    const over = slot('2026-11-24 22:40', '2026-11-25 00:10');
    const morning = { occupied: [busy('T-01', '2026-11-25 00:20', '2026-11-25 01:20')] };
    expect(brokenRules(request(), night, over, world(morning))).toEqual(['HOURS', 'TRAVEL']);
  });
});

describe('chooseVisit', () => {
  const chosen = (...args: Parameters<typeof chooseVisit>) => {
    const choice = chooseVisit(...args);
    if (choice.kind === 'none') throw new Error(choice.why.join(' '));
    const { visit } = choice;
    return [local(visit.slot.start), visit.technicianId, ...visit.reasons];
  };

  it('takes the earliest slot of the first technician when nothing else speaks', () => {
    expect(chosen(request(), world())).toEqual(['2026-11-23 09:00', 'T-01', 'earliest', 'load:0/5']);
  });

  it('starts on the grid, after now', () => {
    expect(chosen(request(), world({ now: ms('2026-11-23T09:00:00+09:00') }))[0]).toBe('2026-11-23 09:30');
    expect(chosen(request(), world({ now: ms('2026-11-23T17:31:00+09:00') }))[0]).toBe('2026-11-24 09:00');
  });

  it('meets the wished part of the day, even a day later', () => {
    const pm = request({ wishes: { prefer: 'pm' } });
    expect(chosen(pm, world())).toEqual(['2026-11-23 12:00', 'T-01', 'wish:pm', 'load:0/5']);
    expect(chosen(pm, world({ now: ms('2026-11-23T17:30:00+09:00') }))[0]).toBe('2026-11-24 12:00');
  });

  it('looks on for the wish when the first days cannot meet it', () => {
    const mornings = { from: 540, to: 720 };
    const who = technician('T-01', { hours: { 1: mornings, 2: mornings, 3: { from: 540, to: 1080 } } });
    expect(chosen(request({ wishes: { prefer: 'pm' } }), world({ technicians: [who] }))).toEqual([
      '2026-11-25 12:00',
      'T-01',
      'wish:pm',
      'load:0/5',
    ]);
  });

  it('does not wait for the wish for weeks', () => {
    const evening = request({ wishes: { prefer: 'evening' } });
    expect(chosen(evening, world())).toEqual([
      '2026-11-23 09:00',
      'T-01',
      'wish-missed:evening',
      'earliest',
      'load:0/5',
    ]);
  });

  it('lets the asker wish instead of the order', () => {
    expect(chosen(request({ wishes: { prefer: 'am' } }), world(), { prefer: 'pm' })[0]).toBe(
      '2026-11-23 12:00',
    );
  });

  it('sends the technician who is in the area that day', () => {
    const occupied = [busy('T-02', '2026-11-23 09:00', '2026-11-23 10:00')];
    expect(chosen(request(), world({ occupied }))).toEqual([
      '2026-11-23 10:30',
      'T-02',
      'same-area:1',
      'load:1/5',
    ]);
  });

  it('spreads the load between equals', () => {
    const occupied = [busy('T-01', '2026-11-23 14:00', '2026-11-23 15:00', { area: '마포구' })];
    expect(chosen(request(), world({ occupied }))).toEqual([
      '2026-11-23 09:00',
      'T-02',
      'earliest',
      'load:0/5',
    ]);
  });

  it('calls a time, a day or a technician that was asked for the earliest only where nothing earlier is free', () => {
    const at = seoul('2026-11-23 14:00');
    expect(chosen(request(), world(), { at })).toEqual(['2026-11-23 14:00', 'T-01', 'load:0/5']);
    expect(chosen(request(), world(), { date: '2026-11-24' })).toEqual([
      '2026-11-24 09:00',
      'T-01',
      'load:0/5',
    ]);
    // The other one is free in the morning.
    const occupied = [busy('T-02', '2026-11-23 09:00', '2026-11-23 11:00', { area: '마포구' })];
    expect(chosen(request(), world({ occupied }), { technicianId: 'T-02' })).toEqual([
      '2026-11-23 11:30',
      'T-02',
      'load:1/5',
    ]);
    const afternoon = world({ now: ms('2026-11-23T14:00:00+09:00') });
    expect(chosen(request(), afternoon, { at })).toContain('earliest');
    expect(chosen(request(), world(), { technicianId: 'T-02' })).toContain('earliest');
    expect(rankVisits(request(), world(), { at, top: 3 }).flatMap(({ reasons }) => reasons)).not.toContain(
      'earliest',
    );
  });

  it('takes the lighter load of equal scores', () => {
    const technicians = [technician('T-01', { dailyLimit: 10 }), technician('T-02', { dailyLimit: 10 })];
    const occupied = [busy('T-01', '2026-11-23 14:00', '2026-11-23 15:00', { area: '마포구' })];
    expect(chosen(request(), world({ technicians, occupied }))[1]).toBe('T-02');
  });

  it('waits for the day that the customer wished', () => {
    expect(chosen(request({ wishes: { notBefore: '2026-11-26' } }), world())[0]).toBe('2026-11-26 09:00');
  });

  it('searches on from a wished day beyond the usual days', () => {
    expect(chosen(request({ wishes: { notBefore: '2027-01-05' } }), world())[0]).toBe('2027-01-05 09:00');
  });

  it('takes only what the desk offered', () => {
    const offered = [slot('2026-11-25 15:00', '2026-11-25 15:30')];
    expect(chosen(request({ offered }), world())[0]).toBe('2026-11-25 15:00');
  });

  it('keeps to the technician, time and date that are asked for', () => {
    expect(chosen(request(), world(), { technicianId: 'T-02' }).slice(0, 2)).toEqual([
      '2026-11-23 09:00',
      'T-02',
    ]);
    expect(chosen(request(), world(), { at: seoul('2026-11-24 14:10') })[0]).toBe('2026-11-24 14:10');
    expect(chosen(request(), world(), { date: '2026-11-27' })[0]).toBe('2026-11-27 09:00');
  });

  it('places an order without area only with a technician that is named', () => {
    const nowhere = request({ area: null });
    expect(chooseVisit(nowhere, world())).toEqual({ kind: 'none', why: ['AREA_UNKNOWN'] });
    expect(chosen(nowhere, world(), { technicianId: 'T-02' })[1]).toBe('T-02');
  });

  it.each([
    ['nobody', { technicians: [] }, {}, {}, ['NO_TECHNICIANS']],
    ['no such technician', {}, {}, { technicianId: 'T-99' }, ['NO_TECHNICIANS']],
    [
      'persons',
      {
        technicians: [
          technician('T-1', { active: false }),
          technician('T-2', { areas: [] }),
          technician('T-3', { skills: ['tv'] }),
        ],
      },
      {},
      {},
      ['INACTIVE:1', 'AREA:1', 'SKILL:1'],
    ],
    [
      'days',
      { technicians: [technician('T-1', { dailyLimit: 0 })] },
      {},
      {},
      ['DAY_OFF:4', 'DAILY_LIMIT:10'],
    ],
    ['too long for any day', {}, { lines: { internet: 10, tv: 10 } }, {}, ['DAY_OFF:8', 'HOURS:20']],
    ['not offered', {}, { offered: [] }, {}, ['DAY_OFF:8', 'NOT_OFFERED:20']],
    ['a day that is past', {}, {}, { date: '2026-11-20' }, ['PAST:2']],
    [
      'a day before the wish',
      {},
      { wishes: { notBefore: '2026-11-30' } },
      { date: '2026-11-24' },
      ['NOT_BEFORE:2'],
    ],
    [
      'busy all day',
      { occupied: [busy('T-01', '2026-11-24 09:00', '2026-11-24 18:00')] },
      {},
      { date: '2026-11-24', technicianId: 'T-01' },
      ['BUSY:1'],
    ],
  ])('says why not: %s', (_name, changes, asked, options, why) => {
    expect(chooseVisit(request(asked), world(changes), options)).toEqual({ kind: 'none', why });
  });

  it('chooses across a change of clocks', () => {
    const policy = { ...DEFAULT_POLICY, tz: 'America/New_York' };
    const night = technician('T-01', { hours: { 7: { from: 60, to: 240 } } });
    const now = ms('2026-03-08T00:00:00-05:00');
    const starts = rankVisits(request(), world({ technicians: [night], policy, now }), {
      top: 99,
      date: '2026-03-08',
    });
    // From 01:00 to 04:00 there are two hours that day, not three: the last hour-long visit starts at 03:00.
    expect(starts.map(({ slot }) => formatLocal(ms(slot.start), policy.tz).slice(11))).toEqual([
      '01:00',
      '01:30',
      '03:00',
    ]);
  });
});

describe('rankVisits', () => {
  it('shows different times, each with its best technician', () => {
    const ranked = rankVisits(request(), world(), { top: 3 });
    expect(ranked.map(({ slot, technicianId }) => [local(slot.start), technicianId])).toEqual([
      ['2026-11-23 09:00', 'T-01'],
      ['2026-11-23 09:30', 'T-01'],
      ['2026-11-23 10:00', 'T-01'],
    ]);
  });

  it('shows different technicians for one time', () => {
    const ranked = rankVisits(request(), world(), { top: 9, at: seoul('2026-11-24 10:00') });
    expect(ranked.map(({ technicianId }) => technicianId)).toEqual(['T-01', 'T-02']);
  });

  it('has nothing for an order without area', () => {
    expect(rankVisits(request({ area: null }), world(), { top: 3 })).toEqual([]);
  });
});

describe('a slot that the customer agreed to', () => {
  const agreed = slot('2026-11-24 10:10', '2026-11-24 11:10');

  it('stays with the proposed technician when that one can', () => {
    expect(technicianForAgreed(request(), agreed, world(), 'T-02')).toBe('T-02');
  });

  it('goes to another one otherwise, with the reasons', () => {
    const occupied = [busy('T-02', '2026-11-24 10:00', '2026-11-24 11:00')];
    expect(technicianForAgreed(request(), agreed, world({ occupied }), 'T-02')).toBe('T-01');
    expect(anotherTechnician(request(), agreed, world({ occupied }), [])).toMatchObject({
      slot: agreed,
      technicianId: 'T-01',
      reasons: ['agreed-slot', 'load:0/5'],
    });
    expect(anotherTechnician(request(), agreed, world({ occupied }), ['T-01'])).toBeNull();
  });

  it('is not bound by what was offered or wished before', () => {
    const bound = request({ offered: [], wishes: { notBefore: '2026-12-01', prefer: 'pm' } });
    expect(technicianForAgreed(bound, agreed, world(), 'T-02')).toBe('T-02');
    expect(anotherTechnician(bound, agreed, world())?.technicianId).toBe('T-01');
  });

  it('finds nobody by itself for an address whose area is not known', () => {
    expect(anotherTechnician(request({ area: null }), agreed, world())).toBeNull();
  });
});

describe('properties', () => {
  const one = requests(1).map(([first]) => first ?? request());

  it('never ranks a visit that breaks a hard rule, and chooses the one that ranks first', () => {
    fc.assert(
      fc.property(worlds, one, (around, asked) => {
        const ranked = rankVisits(asked, around, { top: 40 });
        for (const visit of ranked) {
          const who = around.technicians.find(({ technicianId }) => technicianId === visit.technicianId);
          if (who === undefined) throw new Error('an unknown technician');
          expect(brokenRules(asked, who, visit.slot, around)).toEqual([]);
        }
        const choice = chooseVisit(asked, around);
        expect(choice.kind === 'chosen' ? choice.visit : null).toEqual(ranked[0] ?? null);
        if (choice.kind === 'none') expect(choice.why.length).toBeGreaterThan(0);
      }),
      { seed: 31, numRuns: 400 },
    );
  });

  it('leaves out no time of a day that breaks no hard rule', () => {
    fc.assert(
      fc.property(worlds, one, fc.constantFrom(1, 2, 3), (around, anything, day) => {
        const asked = { ...anything, lines: { internet: 1, tv: 0 }, offered: null, wishes: {} };
        const date = addDays('2026-11-23', day);
        for (const who of around.technicians) {
          const { technicianId } = who;
          const ranked = rankVisits(asked, around, { top: 1_000, date, technicianId });
          const length = visitMinutes(asked.lines, around.policy) * MINUTE_MS;
          const free = slotGrid(date, around.policy)
            .filter((start) => start >= around.now + around.policy.visits.noticeMinutes * MINUTE_MS)
            .map((start) => slotOf({ start, end: start + length }))
            .filter((visit) => brokenRules(asked, who, visit, around).length === 0);
          expect(ranked.map(({ slot: { start } }) => start).sort()).toEqual(free.map(({ start }) => start));
        }
      }),
      { seed: 33, numRuns: 150 },
    );
  });

  it('tells of each part of each day the visit that ranks first in it', () => {
    fc.assert(
      fc.property(worlds, one, (around, asked) => {
        const seen = new Set<string>();
        const first = rankVisits(asked, around, { top: 10_000 }).filter(({ slot: { start } }) => {
          const part = `${local(start).slice(0, 10)} ${partOfDay(ms(start), 'Asia/Seoul')}`;
          return !seen.has(part) && seen.add(part);
        });
        expect(bestByPart(asked, around)).toEqual(first);
      }),
      { seed: 31, numRuns: 200 },
    );
  });

  it('answers the same whatever the order of what it is given', () => {
    fc.assert(
      fc.property(worlds, one, (around, asked) => {
        const turned = {
          ...around,
          technicians: [...around.technicians].reverse(),
          occupied: [...around.occupied].reverse(),
        };
        expect(chooseVisit(asked, turned)).toEqual(chooseVisit(asked, around));
      }),
      { seed: 32, numRuns: 100 },
    );
  });
});
