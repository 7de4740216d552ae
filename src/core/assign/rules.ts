import type { HardRule } from '../codes/hard-rule.ts';
import { isOffered, neededSkills, type Offer, type Span } from '../scheduling/slots.ts';
import type { Technician } from '../technicians/technician.ts';
import { toLocal } from '../time/zone.ts';
import { type BusyCalendar, type DayLoad, dayLoad, isFree } from './calendar.ts';
import type { Days } from './days.ts';
import type { AssignWorld, VisitRequest } from './types.ts';

/** The world, indexed for many questions. */
export type Indexed = Pick<AssignWorld, 'policy' | 'now'> & {
  /** By id. */
  readonly technicians: readonly Technician[];
  readonly calendar: BusyCalendar;
  readonly days: Days;
};

/** A request with its offer made ready. */
export type Asked = { readonly request: VisitRequest; readonly offer: Offer | null };

/** Rules that rule a technician out altogether. */
export const personRules = (request: VisitRequest, technician: Technician): readonly HardRule[] => {
  const broken: HardRule[] = [];
  if (!technician.active) broken.push('INACTIVE');
  if (request.area !== null && !technician.areas.includes(request.area)) broken.push('AREA');
  if (neededSkills(request.lines).some((skill) => !technician.skills.includes(skill))) broken.push('SKILL');
  return broken;
};

/** Rules that rule a whole day of a technician out. */
export const dayRules = (
  request: VisitRequest,
  technician: Technician,
  date: string,
  load: DayLoad,
  { days }: Indexed,
): readonly HardRule[] => {
  const broken: HardRule[] = [];
  const { notBefore } = request.wishes;
  if (notBefore !== undefined && date < notBefore) broken.push('NOT_BEFORE');
  if (days.working(technician, date) === null) broken.push('DAY_OFF');
  if (load.visits >= technician.dailyLimit) broken.push('DAILY_LIMIT');
  return broken;
};

/** Rules that rule out a time of a day, one by one: most askers want only the first. A day off has no hours to break. */
export function* timeRules(
  { request, offer }: Asked,
  technician: Technician,
  visit: Span,
  date: string,
  { calendar, days, now, policy }: Indexed,
): Generator<HardRule> {
  const working = days.working(technician, date);
  if (working !== null && (visit.start < working.start || visit.end > working.end)) yield 'HOURS';
  if (visit.start < now) yield 'PAST';
  if (offer !== null && !isOffered(offer, visit)) yield 'NOT_OFFERED';
  const freeOn = (day: string): boolean =>
    isFree(calendar.on(technician.technicianId, day), visit, request.orderId, policy.visits.travelMinutes);
  if (!freeOn(date) || !freeOn(toLocal(visit.end - 1, policy.tz).date)) yield 'BUSY';
}

/** Every hard rule that this technician at this time breaks. */
export const rulesBroken = (
  asked: Asked,
  technician: Technician,
  visit: Span,
  world: Indexed,
): readonly HardRule[] => {
  const { date } = toLocal(visit.start, world.policy.tz);
  const load = dayLoad(world.calendar.on(technician.technicianId, date), date, asked.request);
  return [
    ...personRules(asked.request, technician),
    ...dayRules(asked.request, technician, date, load, world),
    ...timeRules(asked, technician, visit, date, world),
  ];
};
