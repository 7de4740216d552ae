import type { PartOfDay } from '../order/events.ts';
import { isOffered, offerOf, visitMinutes } from '../scheduling/slots.ts';
import type { Technician } from '../technicians/technician.ts';
import { ms } from '../time/iso.ts';
import { MINUTE_MS } from '../time/units.ts';
import { addDays, toLocal } from '../time/zone.ts';
import { busyCalendar, type DayLoad, dayLoad } from './calendar.ts';
import { daysOf } from './days.ts';
import { reachOf, roadBroken, type Stop, travelAdded } from './road.ts';
import { type Asked, dayRules, type Indexed, personRules, roadDay } from './rules.ts';
import { type Scored, scoreOf } from './score.ts';
import type { AssignOptions, AssignWorld, VisitRequest } from './types.ts';

export const indexed = (world: AssignWorld): Indexed => ({
  policy: world.policy,
  now: world.now,
  travel: world.travel,
  technicians: [...world.technicians].sort((a, b) => (a.technicianId < b.technicianId ? -1 : 1)),
  calendar: busyCalendar(world.occupied, world.policy),
  days: daysOf(world.policy),
});

export const askedOf = (request: VisitRequest): Asked => ({
  request,
  offer: request.offered === null ? null : offerOf(request.offered),
});

/** The local days that are searched, ascending: from today or the wished day on, or the one day of the query. */
export const searchedDates = (
  request: VisitRequest,
  options: AssignOptions,
  { policy, now }: Indexed,
): readonly string[] => {
  if (options.at !== undefined) return [toLocal(ms(options.at), policy.tz).date];
  if (options.date !== undefined) return [options.date];
  const today = toLocal(now, policy.tz).date;
  const wished = request.wishes.notBefore;
  const first = wished !== undefined && wished > today ? wished : today;
  return Array.from({ length: policy.schedule.searchDays }, (_, i) => addDays(first, i));
};

/** The part of the day that is wished, by the asker or else by the order. */
export const wishedPart = (request: VisitRequest, options: AssignOptions): PartOfDay | null =>
  options.prefer ?? request.wishes.prefer ?? null;

/** Technicians that no rule of the person rules out. */
export const fitting = (
  request: VisitRequest,
  options: AssignOptions,
  world: Indexed,
): readonly Technician[] =>
  world.technicians.filter(
    (technician) =>
      (options.technicianId === undefined || technician.technicianId === options.technicianId) &&
      personRules(request, technician, world).length === 0,
  );

/** One technician on one day that is not ruled out as a whole. */
export type OpenDay = {
  readonly technician: Technician;
  readonly date: string;
  /** Days after the first day searched. */
  readonly daysLater: number;
  readonly load: DayLoad;
};

/** null: the day is ruled out. */
export const openDay = (
  { request }: Asked,
  technician: Technician,
  date: string,
  daysLater: number,
  world: Indexed,
): OpenDay | null => {
  const load = dayLoad(world.calendar.on(technician.technicianId, date), date, request, world.travel);
  const broken = dayRules(request, technician, date, load, world);
  return broken.length > 0 ? null : { technician, date, daysLater, load };
};

/** Scored visits of such a day that break no hard rule, ascending by start. */
export function* scoredVisits(
  { request, offer }: Asked,
  { technician, date, daysLater, load }: OpenDay,
  options: AssignOptions,
  world: Indexed,
): Generator<Scored> {
  const { calendar, days, now, policy, travel } = world;
  const working = days.working(technician, date);
  if (working === null) return;
  const busy = calendar.on(technician.technicianId, date);
  const day = roadDay(technician, working, world);
  const lengthMs = visitMinutes(request.lines, policy) * MINUTE_MS;
  const part = wishedPart(request, options);
  const { orderId, area } = request;
  const times = options.at === undefined ? days.grid(date) : [days.timeAt(ms(options.at))];
  // A person who names a time knows that it is soon.
  const soonest = options.at === undefined ? now + policy.visits.noticeMinutes * MINUTE_MS : now;
  const reach = reachOf(busy, { orderId, area }, day);
  const first = Math.max(working.start, soonest, reach.start);
  const last = Math.min(working.end, reach.end);
  for (const time of times) {
    if (time.start < first) continue;
    const visit = { start: time.start, end: time.start + lengthMs };
    if (visit.end > last) return;
    if (offer !== null && !isOffered(offer, visit)) continue;
    const stop: Stop = { start: visit.start, end: visit.end, orderId, area };
    if (roadBroken(busy, stop, day) !== null) continue;
    const wish = part === null ? null : { part, met: time.part === part };
    const added = travel.version === null ? null : travelAdded(busy, stop, day);
    const score = scoreOf(technician, load, daysLater, {
      wish,
      travelAdded: added,
      weights: policy.plan,
    });
    yield {
      visit,
      technician,
      load,
      daysLater,
      wish,
      score,
      travel: added === null ? null : { added, version: travel.version ?? '' },
    };
  }
}
