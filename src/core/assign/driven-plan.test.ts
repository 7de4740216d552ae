import fc from 'fast-check';
import { expect, it } from 'vitest';
import { requests, worlds } from '../../../test/arbitraries/assign-world.ts';
import type { Technician } from '../technicians/technician.ts';
import { ms } from '../time/iso.ts';
import { MINUTE_MS } from '../time/units.ts';
import { fromLocal, toLocal, weekdayOfDate } from '../time/zone.ts';
import { type PlacedVisit, planVisits } from './plan.ts';
import type { AssignWorld, VisitRequest } from './types.ts';

type Day = {
  readonly technician: Technician;
  readonly date: string;
  readonly visits: readonly (PlacedVisit & { readonly request: VisitRequest })[];
};

/** The plan by technicians and days, visits by time. */
const daysOfPlan = (
  placed: readonly PlacedVisit[],
  queue: readonly VisitRequest[],
  { technicians, policy }: AssignWorld,
): readonly Day[] =>
  technicians.flatMap((technician) => {
    const own = placed.filter(({ technicianId }) => technicianId === technician.technicianId);
    const dateOf = ({ slot }: PlacedVisit): string => toLocal(ms(slot.start), policy.tz).date;
    return [...new Set(own.map(dateOf))].map((date) => ({
      technician,
      date,
      visits: own
        .filter((one) => dateOf(one) === date)
        .map((one) => {
          const request = queue.find(({ orderId }) => orderId === one.orderId);
          if (request === undefined) throw new Error('the plan has an order that nobody asked for');
          return { ...one, request };
        })
        .sort((a, b) => (a.slot.start < b.slot.start ? -1 : 1)),
    }));
  });

/** A visit begins when an offer does, or every half hour of it was offered. */
const isOffered = (offered: NonNullable<VisitRequest['offered']>, start: number, end: number): boolean => {
  const has = (at: number): boolean => offered.some((one) => ms(one.start) <= at && at < ms(one.end));
  const halves = Array.from({ length: Math.ceil((end - start) / (30 * MINUTE_MS)) }, (_, i) => i);
  return (
    offered.some((one) => ms(one.start) === start) ||
    halves.every((half) => has(start + half * 30 * MINUTE_MS))
  );
};

/** Drives the day by the clock; returns every promise and rule that it cannot keep. Asks none of the planner's own rules. */
const driven = (
  { technician, date, visits }: Day,
  { travel, policy, now }: AssignWorld,
): readonly string[] => {
  const wrong: string[] = [];
  const hours = technician.hours[weekdayOfDate(date)];
  if (hours === undefined || technician.daysOff.includes(date)) return ['works on a day off'];
  const opens = fromLocal(date, hours.from, policy.tz).at;
  const closes = fromLocal(date, hours.to, policy.tz).at;
  const minutes = (from: string | null, to: string | null): number =>
    (travel.minutes(from, to) ?? Number.POSITIVE_INFINITY) * MINUTE_MS;
  if (!technician.active) wrong.push('does not work here any more');
  if (visits.length > technician.dailyLimit) wrong.push('more visits than a day may have');
  const base = technician.base ?? null;
  const free: { readonly from: number; readonly to: number; readonly way: number }[] = [];
  let clock = opens;
  let at = base;
  for (const [i, { orderId, slot, request }] of visits.entries()) {
    const { lines, wishes, offered, area } = request;
    const [start, end] = [ms(slot.start), ms(slot.end)];
    const way = i === 0 && base === null ? 0 : minutes(at, area);
    const say = (what: string): number => wrong.push(`${orderId} ${what}`);
    if (clock + way > start) say('is reached too late');
    if (start < opens || end > closes) say('lies outside the hours');
    if (start < now + policy.visits.noticeMinutes * MINUTE_MS) say('comes too soon');
    if (area === null || !technician.areas.includes(area)) say('lies elsewhere');
    if (lines.internet > 0 && !technician.skills.includes('internet')) say('needs another skill');
    if (lines.tv > 0 && !technician.skills.includes('tv')) say('needs another skill');
    if (wishes.notBefore !== undefined && date < wishes.notBefore) say('comes before the wished day');
    if (offered !== null && !isOffered(offered, start, end)) say('was not offered');
    free.push({ from: clock, to: start, way });
    [clock, at] = [end, area];
  }
  const home = base === null ? 0 : minutes(at, base);
  if (clock + home > closes) wrong.push('comes home too late');
  free.push({ from: clock, to: closes, way: home });
  const quarter = (closes - opens) / 4;
  const rest = policy.technicians.breakMinutes * MINUTE_MS;
  const isLong = closes - opens >= 8 * 60 * MINUTE_MS;
  const fits = (from: number, to: number): boolean =>
    Math.min(to, closes - quarter) - Math.max(from, opens + quarter) >= rest;
  const rests = free.some(({ from, to, way }) => fits(from, to - way) || fits(from + way, to));
  if (travel.version !== null && isLong && !rests) wrong.push('has no break');
  return wrong;
};

it('drives every plan of random worlds and finds every promise and every hard rule kept', () => {
  fc.assert(
    fc.property(worlds, requests(20), (around, queue) => {
      // What stands may have broken rules already: facts may.
      const fresh = { ...around, occupied: [] };
      const { placed } = planVisits(queue, fresh);
      for (const day of daysOfPlan(placed, queue, fresh)) expect(driven(day, fresh)).toEqual([]);
    }),
    { seed: 44, numRuns: 150 },
  );
});
