import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../rules/policy.ts';
import { iso, ms } from '../time/iso.ts';
import {
  isOffered,
  neededSkills,
  offerOf,
  partOfDay,
  slotGrid,
  slotOf,
  spanOf,
  visitAt,
  visitMinutes,
} from './slots.ts';

const at = (time: string): number => ms(`2026-11-24T${time}:00+09:00`);
const span = (from: string, to: string) => ({ start: at(from), end: at(to) });

describe('visitMinutes and neededSkills', () => {
  it.each([
    [1, 0, 60, ['internet']],
    [0, 1, 60, ['tv']],
    [1, 1, 90, ['internet', 'tv']],
    [2, 3, 180, ['internet', 'tv']],
  ])('internet %i, tv %i: %i minutes', (internet, tv, minutes, skills) => {
    expect(visitMinutes({ internet, tv }, DEFAULT_POLICY)).toBe(minutes);
    expect(neededSkills({ internet, tv })).toEqual(skills);
  });

  it('makes a visit of that length', () => {
    expect(slotOf(visitAt(at('14:00'), { internet: 1, tv: 1 }, DEFAULT_POLICY))).toEqual({
      start: '2026-11-24T05:00:00.000Z',
      end: '2026-11-24T06:30:00.000Z',
    });
  });
});

describe('slotGrid', () => {
  it('has a start every half hour of the local day', () => {
    const grid = slotGrid('2026-11-24', DEFAULT_POLICY);
    expect(grid).toHaveLength(48);
    expect(iso(grid[0] ?? 0)).toBe('2026-11-23T15:00:00.000Z');
    expect(iso(grid[28] ?? 0)).toBe('2026-11-24T05:00:00.000Z');
  });

  it('leaves out the hour that the clocks skip', () => {
    expect(slotGrid('2026-03-08', { ...DEFAULT_POLICY, tz: 'America/New_York' })).toHaveLength(46);
  });

  it('ends whatever the settings say', () => {
    const visits = { ...DEFAULT_POLICY.visits, slotMinutes: 0 };
    expect(slotGrid('2026-11-24', { ...DEFAULT_POLICY, visits })).toHaveLength(1440);
  });
});

describe('partOfDay', () => {
  it.each([
    ['09:00', 'am'],
    ['11:59', 'am'],
    ['12:00', 'pm'],
    ['17:59', 'pm'],
    ['18:00', 'evening'],
  ])('%s is %s', (time, part) => {
    expect(partOfDay(at(time), 'Asia/Seoul')).toBe(part);
  });
});

describe('isOffered', () => {
  const offer = offerOf([
    slotOf(span('10:00', '10:30')),
    slotOf(span('09:30', '10:00')),
    slotOf(span('10:30', '11:00')),
    slotOf(span('14:00', '14:30')),
  ]);

  it.each([
    ['09:30', '11:00', true],
    ['09:40', '10:50', true],
    ['10:30', '12:00', true],
    ['14:00', '15:30', true],
    ['14:10', '15:00', false],
    ['09:00', '10:00', false],
    ['11:00', '12:00', false],
  ])('%s-%s: %s', (from, to, expected) => {
    expect(isOffered(offer, span(from, to))).toBe(expected);
  });

  it('offers nothing when the desk offered nothing', () => {
    expect(isOffered(offerOf([]), span('10:00', '11:00'))).toBe(false);
  });

  it('reads back what it writes', () => {
    expect(spanOf(slotOf(span('10:00', '11:00')))).toEqual(span('10:00', '11:00'));
  });
});
