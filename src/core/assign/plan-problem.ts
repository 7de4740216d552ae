import type { PartOfDay } from '../order/events.ts';
import type { PlanWeights } from '../rules/policy.ts';
import { isOffered } from '../scheduling/slots.ts';
import type { Technician } from '../technicians/technician.ts';
import { daySpan } from '../technicians/technician-day.ts';
import { ms } from '../time/iso.ts';
import { MINUTE_MS } from '../time/units.ts';
import { toLocal } from '../time/zone.ts';
import type { Busy } from './calendar.ts';
import { fitting, searchedDates, wishedPart } from './candidates.ts';
import { hasBreak } from './road.ts';
import { type Asked, type Indexed, roadDay } from './rules.ts';
import {
  FAR,
  type FixedStop,
  type PlanProblem,
  type Shift,
  type Starts,
  startsOf,
  type Task,
  type TaskOption,
} from './search/problem.ts';
import { visitOf } from './stands.ts';
import type { AssignOptions, Urgency, VisitRequest } from './types.ts';

/** One day of one technician, as the search numbers it. */
export type PlanDay = {
  readonly technician: Technician;
  readonly date: string /** Epoch ms. */;
  readonly midnight: number;
};

export type PreparedPlan = { readonly problem: PlanProblem; readonly days: readonly PlanDay[] };

/** The points that an order is worth. */
export const worthOf = ({ priority, isLate, waitedDays }: Urgency, weights: PlanWeights): number =>
  weights.placed[priority] +
  (isLate ? weights.late : 0) +
  Math.max(0, Math.min(weights.waitingDays, waitedDays)) * weights.dayWaited;

/** Numbers for names, given as they come. */
const numbering = () => {
  const known = new Map<string, number>();
  return {
    of: (name: string): number => {
      const before = known.get(name);
      if (before !== undefined) return before;
      known.set(name, known.size);
      return known.size - 1;
    },
    names: (): readonly string[] => [...known.keys()],
  };
};

/** The rest of this order's world, so that the search can take it: what stands is fixed, what may begin when is a table. */
export const planProblem = (
  asked: readonly Asked[],
  options: AssignOptions,
  world: Indexed,
): PreparedPlan => {
  const { policy, travel } = world;
  const areas = numbering();
  const placeOf = (area: string | null): number => areas.of(area ?? '');
  const tables = new Map<string, Starts>();
  const shiftIds = new Map<string, number>();
  const days: PlanDay[] = [];
  const shifts: Shift[] = [];

  const shiftOf = (technician: Technician, date: string): number => {
    const key = `${technician.technicianId} ${date}`;
    const before = shiftIds.get(key);
    if (before !== undefined) return before;
    const day = { technician, date, midnight: daySpan(date, policy.tz).start };
    const shift = shiftFor(day, world, placeOf);
    shiftIds.set(key, shift === null ? -1 : shifts.length);
    if (shift === null) return -1;
    days.push(day);
    shifts.push(shift);
    return shifts.length - 1;
  };

  const startsFor = (one: Asked, date: string, part: PartOfDay | null): Starts | null => {
    const allowed = allowedStarts(one, date, part, world);
    if (allowed.length === 0) return null;
    const key = allowed.join(' ');
    const before = tables.get(key) ?? startsOf(allowed);
    tables.set(key, before);
    return before;
  };

  /** The same for all whom the desk offered nothing and nobody promised anything: worked out once a day. */
  const usualStarts = new Map<string, Starts | null>();
  const startsOn = (one: Asked, date: string, part: PartOfDay | null): Starts | null => {
    if (one.offer !== null || (one.request.stands?.promised ?? null) !== null) {
      return startsFor(one, date, part);
    }
    const key = `${date} ${part}`;
    const before = usualStarts.get(key);
    if (before !== undefined) return before;
    const starts = startsFor(one, date, part);
    usualStarts.set(key, starts);
    return starts;
  };

  /** The points more for staying where it is, if that may be; else for what is wished that day. */
  const wishedIn = (
    { stands }: VisitRequest,
    { technician, date, midnight }: PlanDay,
    { starts, met }: { readonly starts: Starts; readonly met: Starts | null },
  ): TaskOption['wished'] => {
    const { wish, stays } = policy.plan;
    const wished = met === null ? null : { starts: met, points: wish };
    if (stands === undefined || stands.technicianId !== technician.technicianId) return wished;
    const own = (ms(stands.slot.start) - midnight) / MINUTE_MS;
    const isOf = (some: Starts | null): boolean => some?.next[own] === own;
    if (toLocal(ms(stands.slot.start), policy.tz).date !== date || !isOf(starts)) return wished;
    // Nobody stays short of a wish that can be met.
    if (met !== null && !isOf(met)) return wished;
    return { starts: startsOf([own]), points: stays + (met === null ? 0 : wish) };
  };

  const optionsOf = (one: Asked, technicians: readonly Technician[]): readonly TaskOption[] => {
    const { request } = one;
    const wished = wishedPart(request, options);
    return datesOf(request, options, world).flatMap((date, daysLater) => {
      const { notBefore } = request.wishes;
      const starts = notBefore !== undefined && date < notBefore ? null : startsOn(one, date, null);
      if (starts === null) return [];
      const met = wished === null ? null : startsOn(one, date, wished);
      return technicians.flatMap((technician): readonly TaskOption[] => {
        const shift = shiftOf(technician, date);
        const day = days[shift];
        if (day === undefined) return [];
        return [
          {
            shift,
            starts,
            points: -daysLater * policy.plan.dayLater,
            wished: wishedIn(request, day, { starts, met }),
          },
        ];
      });
    });
  };

  const tasks = asked.map((one): Task => {
    const { request } = one;
    const { start, end } = visitOf(request, 0, policy);
    return {
      value:
        worthOf(request.urgency ?? USUAL, policy.plan) +
        (request.stands === undefined ? 0 : policy.plan.stood),
      minutes: (end - start) / MINUTE_MS,
      place: placeOf(request.area),
      options: optionsOf(one, whoMayGo(request, options, world)),
    };
  });

  const names = areas.names();
  const ways = new Int32Array(names.length * names.length);
  const tolls = new Int32Array(ways.length);
  for (const [a, from] of names.entries()) {
    for (const [b, to] of names.entries()) {
      const way = travel.minutes(from === '' ? null : from, to === '' ? null : to) ?? FAR;
      ways[a * names.length + b] = way;
      // Where ways are not known, visits in one area are nearer than others.
      tolls[a * names.length + b] = travel.version === null && from === to ? 0 : way;
    }
  }
  const { travelMinute, fullDay } = policy.plan;
  return {
    problem: { tasks, shifts, ways, tolls, places: names.length, costs: { travelMinute, fullDay } },
    days,
  };
};

/** An order of which nothing special is known. */
const USUAL: Urgency = { priority: 'normal', isLate: false, waitedDays: 0 };

/** To an agreed visit goes who was agreed; to an address without a known area only the technician whom the options name. */
const whoMayGo = (request: VisitRequest, options: AssignOptions, world: Indexed): readonly Technician[] => {
  const { stands, area } = request;
  if (stands !== undefined && stands.promised !== null) {
    return fitting(request, options, world).filter(
      ({ technicianId }) => technicianId === stands.technicianId,
    );
  }
  return area === null && options.technicianId === undefined ? [] : fitting(request, options, world);
};

/** The days of the search, or those of the promise. */
const datesOf = (request: VisitRequest, options: AssignOptions, world: Indexed): readonly string[] => {
  const promised = request.stands?.promised ?? null;
  if (promised === null) return searchedDates(request, options, world);
  const { start, end } = promised;
  return [...new Set([start, end].map((at) => toLocal(ms(at), world.policy.tz).date))];
};

/** Minutes of the day at which a visit may begin, whichever technician goes. */
const allowedStarts = (
  { request, offer }: Asked,
  date: string,
  part: PartOfDay | null,
  { days, now, policy }: Indexed,
): readonly number[] => {
  const promised = request.stands?.promised ?? null;
  const midnight = daySpan(date, policy.tz).start;
  const soonest = now + policy.visits.noticeMinutes * MINUTE_MS;
  const visit = visitOf(request, 0, policy);
  const length = visit.end - visit.start;
  return days.grid(date).flatMap((time) => {
    const { start } = time;
    if (start < soonest || (part !== null && time.part !== part)) return [];
    if (promised !== null && (start < ms(promised.start) || start > ms(promised.end))) return [];
    if (offer !== null && !isOffered(offer, { start, end: start + length })) return [];
    return [(start - midnight) / MINUTE_MS];
  });
};

/** null: a day off. */
const shiftFor = (
  { technician, date, midnight }: PlanDay,
  world: Indexed,
  placeOf: (area: string | null) => number,
): Shift | null => {
  const working = world.days.working(technician, date);
  if (working === null) return null;
  const busy = world.calendar.on(technician.technicianId, date);
  const road = roadDay(technician, working, world);
  const start = Math.ceil((working.start - midnight) / MINUTE_MS);
  const end = Math.floor((working.end - midnight) / MINUTE_MS);
  const quarter = (end - start) / 4;
  return {
    start,
    end,
    base: road.base === null ? -1 : placeOf(road.base),
    room: technician.dailyLimit - busy.filter((one) => one.date === date).length,
    limit: technician.dailyLimit,
    fixed: fixedStops(busy, midnight, placeOf),
    // A day that has lost its break already has none to keep.
    break:
      hasBreak(busy, road) === true
        ? { minutes: road.breakMinutes, from: start + quarter, to: end - quarter }
        : null,
  };
};

/** What stands, by time; visits that overlap are one, for the search has only to keep clear of them. */
const fixedStops = (
  busy: readonly Busy[],
  midnight: number,
  placeOf: (area: string | null) => number,
): readonly FixedStop[] => {
  const stops: { start: number; end: number; place: number }[] = [];
  for (const one of [...busy].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const start = Math.floor((one.start - midnight) / MINUTE_MS);
    const end = Math.ceil((one.end - midnight) / MINUTE_MS);
    const last = stops.at(-1);
    if (last !== undefined && start < last.end) {
      last.end = Math.max(last.end, end);
      last.place = placeOf(one.area);
    } else stops.push({ start, end, place: placeOf(one.area) });
  }
  return stops;
};
