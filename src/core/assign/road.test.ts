import { describe, expect, it } from 'vitest';
import { busy, request, seoul, technician, world } from '../../../test/arbitraries/assign-world.ts';
import { DEFAULT_POLICY } from '../rules/policy.ts';
import { ms } from '../time/iso.ts';
import { formatLocal } from '../time/zone.ts';
import { travelOf } from '../travel/travel.ts';
import { anotherTechnician, brokenRules, chooseVisit, rankVisits, technicianForAgreed } from './assign.ts';

const importedAt = '2026-11-23T00:00:00.000Z';
const rows = [
  { area: '강남구', lat: 37.4956, lon: 127.0636, group: null },
  { area: '송파구', lat: 37.5021, lon: 127.1178, group: null },
  { area: '마포구', lat: 37.5556, lon: 126.9125, group: null },
  { area: '해운대구', lat: 35.1905, lon: 129.1565, group: null },
];
// 강남구-송파구 20, 강남구-마포구 40, 송파구-마포구 48, 강남구-해운대구 630 minutes.
const travel = travelOf({ places: { version: 'v1', importedAt, rows }, matrix: null }, DEFAULT_POLICY);
const everywhere = technician('T-01', { areas: rows.map(({ area }) => area) });
const slot = (from: string, to: string) => ({ start: seoul(from), end: seoul(to) });
const local = (at: string): string => formatLocal(ms(at), 'Asia/Seoul');
const on = (changes: Parameters<typeof world>[0] = {}) =>
  world({ travel, technicians: [everywhere], ...changes });
const broken = (
  from: string,
  to: string,
  {
    area = '강남구',
    who = everywhere,
    ...changes
  }: Parameters<typeof world>[0] & { area?: string; who?: typeof everywhere } = {},
) => brokenRules(request({ area }), who, slot(`2026-11-24 ${from}`, `2026-11-24 ${to}`), on(changes));

const mapo = (from: string, to: string) =>
  busy('T-01', `2026-11-24 ${from}`, `2026-11-24 ${to}`, { area: '마포구' });

describe('the road', () => {
  it('needs as long as the way is, to both neighbours', () => {
    expect(broken('11:00', '12:00', { occupied: [mapo('09:00', '10:20')] })).toEqual([]);
    expect(broken('11:00', '12:00', { occupied: [mapo('09:00', '10:21')] })).toEqual(['TRAVEL']);
    expect(broken('11:00', '12:00', { occupied: [mapo('12:40', '13:40')] })).toEqual([]);
    expect(broken('11:00', '12:00', { occupied: [mapo('12:39', '13:39')] })).toEqual(['TRAVEL']);
    expect(broken('11:00', '12:00', { occupied: [mapo('11:59', '13:00')] })).toEqual(['BUSY']);
    // 630 minutes from there: not on the same day.
    const far = busy('T-01', '2026-11-24 09:00', '2026-11-24 10:00', { area: '해운대구' });
    expect(broken('15:00', '16:00', { occupied: [far] })).toEqual(['TRAVEL']);
  });

  it('asks only the neighbours: what is further off is reached from there', () => {
    const occupied = [
      mapo('09:00', '10:00'),
      busy('T-01', '2026-11-24 10:50', '2026-11-24 11:50', { area: '송파구' }),
    ];
    expect(broken('12:10', '13:10', { occupied })).toEqual([]);
  });

  it('begins and ends at the base, inside the working hours', () => {
    const who = { ...everywhere, base: '마포구' };
    const occupied: never[] = [];
    expect(broken('09:40', '10:40', { who, occupied })).toEqual([]);
    expect(broken('09:39', '10:39', { who, occupied })).toEqual(['TRAVEL']);
    expect(broken('16:20', '17:20', { who, occupied })).toEqual([]);
    expect(broken('16:21', '17:21', { who, occupied })).toEqual(['TRAVEL']);
    // Between two visits the technician does not go home.
    expect(broken('09:30', '10:30', { who, occupied: [mapo('09:00', '09:20')] })).toEqual(['TRAVEL']);
  });

  it('never leads to an area that nobody can tell from another', () => {
    const twice = [
      { area: '서울특별시 강서구', lat: 37.5582, lon: 126.8271, group: null },
      { area: '부산광역시 강서구', lat: 35.1335, lon: 128.895, group: null },
    ];
    const places = { version: 'v2', importedAt, rows: [...rows, ...twice] };
    const ways = travelOf({ places, matrix: null }, DEFAULT_POLICY);
    const occupied = [busy('T-01', '2026-11-24 09:00', '2026-11-24 10:00', { area: '강서구' })];
    expect(broken('16:00', '17:00', { travel: ways, occupied })).toEqual(['TRAVEL']);
  });

  it('leaves a long day its break, once there is one to lose', () => {
    // 09:00-18:00: the break lies between 11:15 and 15:45.
    const all = ['09:00-11:00', '11:20-13:20', '14:40-16:40'].map((span, i) => {
      const [from = '', to = ''] = span.split('-');
      return busy('T-01', `2026-11-24 ${from}`, `2026-11-24 ${to}`, { orderId: `ORD-${i}` });
    });
    expect(broken('13:40', '14:20', { occupied: all.slice(0, 2) })).toEqual([]);
    expect(broken('13:40', '14:20', { occupied: all })).toEqual(['BREAK']);
    const none = { ...DEFAULT_POLICY, technicians: { breakMinutes: 0 } };
    expect(broken('13:40', '14:20', { occupied: all, policy: none })).toEqual([]);
    const short = { ...everywhere, hours: { 2: { from: 540, to: 1019 } } };
    expect(broken('13:40', '14:20', { occupied: all, who: short })).toEqual([]);
    // A day that has none already loses nothing.
    const full = [...all, busy('T-01', '2026-11-24 13:25', '2026-11-24 14:25', { orderId: 'ORD-9' })];
    expect(broken('17:00', '18:00', { occupied: full })).toEqual([]);
  });

  it('is kept by every way in which a visit comes about', () => {
    const occupied = [mapo('09:00', '10:00'), mapo('13:30', '14:30')];
    const asked = request({ area: '강남구' });
    const at = slot('2026-11-24 10:30', '2026-11-24 11:30');
    const options = { top: 100, date: '2026-11-24' };
    const ranked = rankVisits(asked, on({ occupied }), options).map((one) => local(one.slot.start).slice(11));
    expect(ranked).toContain('11:00');
    for (const start of ['09:00', '10:00', '10:30', '12:00', '12:30', '14:30', '15:00'])
      expect(ranked).not.toContain(start);
    expect(chooseVisit(asked, on({ occupied }), { at: at.start })).toEqual({
      kind: 'none',
      why: ['TRAVEL:1'],
    });
    expect(anotherTechnician(asked, at, on({ occupied }))).toBeNull();
    expect(technicianForAgreed(asked, at, on({ occupied }), 'T-01')).toBeNull();
  });

  it('prefers the shorter way, and says how long it is and by which data', () => {
    const near = technician('T-01', { areas: ['강남구', '송파구', '마포구'], base: '마포구' });
    const nearer = technician('T-02', { areas: ['강남구', '송파구', '마포구'], base: '송파구' });
    const choice = chooseVisit(request(), on({ technicians: [near, nearer] }));
    expect(choice).toMatchObject({
      kind: 'chosen',
      visit: { technicianId: 'T-02', reasons: ['earliest', 'travel:40@v1', 'load:0/5'] },
    });
  });
});

describe('notice', () => {
  it('offers nothing that begins sooner, but lets a person name it', () => {
    const now = ms('2026-11-24T10:59:00+09:00');
    const [first] = rankVisits(request(), on({ now }), { top: 1, date: '2026-11-24' });
    expect(first && local(first.slot.start)).toBe('2026-11-24 11:30');
    const soon = chooseVisit(request(), on({ now }), { at: seoul('2026-11-24 11:00') });
    expect(soon).toMatchObject({ kind: 'chosen' });
  });
});
