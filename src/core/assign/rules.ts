import { isOffered, neededSkills, type Offer, type Span, visitAt } from '../scheduling/slots.ts';
import type { Technician } from '../technician.ts';
import { toLocal } from '../time/zone.ts';
import type { BusyCalendar } from './calendar.ts';
import type { Days } from './days.ts';
import type { AssignWorld, HardRule, VisitRequest } from './types.ts';

/** The world, made ready to be asked often. */
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
  { calendar, days }: Indexed,
): readonly HardRule[] => {
  const broken: HardRule[] = [];
  const { notBefore } = request.wishes;
  if (notBefore !== undefined && date < notBefore) broken.push('NOT_BEFORE');
  if (days.working(technician, date) === null) broken.push('DAY_OFF');
  const { visits } = calendar.load(technician.technicianId, date, request.area, request.orderId);
  if (visits >= technician.dailyLimit) broken.push('DAILY_LIMIT');
  return broken;
};

/** Rules that rule out a time of a day. A day off has no hours to break. */
export const timeRules = (
  asked: Asked,
  technician: Technician,
  visit: Span,
  date: string,
  { calendar, days, now, policy }: Indexed,
): readonly HardRule[] => {
  const broken: HardRule[] = [];
  const working = days.working(technician, date);
  if (working !== null && (visit.start < working.start || visit.end > working.end)) broken.push('HOURS');
  if (visit.start < now) broken.push('PAST');
  if (asked.offer !== null && !isOffered(asked.offer, visit)) broken.push('NOT_OFFERED');
  const lastDate = toLocal(visit.end - 1, policy.tz).date;
  const free = [...new Set([date, lastDate])].every((on) =>
    calendar.isFree(technician.technicianId, on, visit, asked.request.orderId),
  );
  if (!free) broken.push('BUSY');
  return broken;
};

/** Every hard rule that this technician at this time breaks. */
export const rulesBroken = (
  asked: Asked,
  technician: Technician,
  visit: Span,
  world: Indexed,
): readonly HardRule[] => {
  const { date } = toLocal(visit.start, world.policy.tz);
  return [
    ...personRules(asked.request, technician),
    ...dayRules(asked.request, technician, date, world),
    ...timeRules(asked, technician, visit, date, world),
  ];
};

/** The visit times of one technician on one day that break no rule of time, ascending. */
export function* freeTimes(
  asked: Asked,
  technician: Technician,
  date: string,
  world: Indexed,
  at: number | null,
): Generator<Span> {
  const { days, calendar, now, policy } = world;
  const { offer, request } = asked;
  const working = days.working(technician, date);
  if (working === null) return;
  for (const start of at === null ? days.grid(date) : [at]) {
    if (start < working.start || start < now) continue;
    const visit = visitAt(start, request.lines, policy);
    if (visit.end > working.end) return;
    if (offer !== null && !isOffered(offer, visit)) continue;
    if (calendar.isFree(technician.technicianId, date, visit, request.orderId)) yield visit;
  }
}
