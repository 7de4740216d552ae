import type { HardRule } from '../codes/hard-rule.ts';
import { isOffered, neededSkills, type Offer, type Span } from '../scheduling/slots.ts';
import type { Technician } from '../technicians/technician.ts';
import { toLocal } from '../time/zone.ts';
import { type Busy, type BusyCalendar, type DayLoad, dayLoad } from './calendar.ts';
import type { Days } from './days.ts';
import { type RoadDay, roadBroken, type Stop } from './road.ts';
import type { AssignWorld, VisitRequest } from './types.ts';

/** The world, indexed for many questions. */
export type Indexed = Pick<AssignWorld, 'policy' | 'now' | 'travel'> & {
  /** By id. */
  readonly technicians: readonly Technician[];
  readonly calendar: BusyCalendar;
  readonly days: Days;
};

/** A request with its offer made ready. */
export type Asked = { readonly request: VisitRequest; readonly offer: Offer | null };

/** Rules that rule a technician out altogether. */
export const personRules = (
  { area, lines }: VisitRequest,
  technician: Technician,
  { travel }: Pick<Indexed, 'travel'>,
): readonly HardRule[] => {
  const broken: HardRule[] = [];
  if (!technician.active) broken.push('INACTIVE');
  if (area !== null && !technician.areas.some((one) => travel.isSame(one, area))) broken.push('AREA');
  if (neededSkills(lines).some((skill) => !technician.skills.includes(skill))) broken.push('SKILL');
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

/** What the road of a technician on a local day looks like. */
export const roadDay = (
  { base }: Technician,
  working: Span | null,
  { travel, policy }: Pick<Indexed, 'travel' | 'policy'>,
): RoadDay => ({
  base: base ?? null,
  working,
  travel,
  breakMinutes: policy.technicians.breakMinutes,
});

/** All that stands in the way of a visit: what touches the day it begins on, and the one it ends on. */
const standing = (
  technicianId: string,
  visit: Span,
  date: string,
  { calendar, policy }: Indexed,
): readonly Busy[] => {
  const busy = calendar.on(technicianId, date);
  const last = toLocal(visit.end - 1, policy.tz).date;
  return last === date ? busy : [...busy, ...calendar.on(technicianId, last)];
};

/** Rules that rule out a time of a day, one by one: most askers want only the first. A day off has no hours to break. */
export function* timeRules(
  { request, offer }: Asked,
  technician: Technician,
  visit: Span,
  date: string,
  world: Indexed,
): Generator<HardRule> {
  const { days, now } = world;
  const working = days.working(technician, date);
  if (working !== null && (visit.start < working.start || visit.end > working.end)) yield 'HOURS';
  if (visit.start < now) yield 'PAST';
  if (offer !== null && !isOffered(offer, visit)) yield 'NOT_OFFERED';
  const { orderId, area } = request;
  const stop: Stop = { ...visit, orderId, area };
  const road = roadBroken(
    standing(technician.technicianId, visit, date, world),
    stop,
    roadDay(technician, working, world),
  );
  if (road !== null) yield road;
}

/** Every hard rule that this technician at this time breaks. */
export const rulesBroken = (
  asked: Asked,
  technician: Technician,
  visit: Span,
  world: Indexed,
): readonly HardRule[] => {
  const { date } = toLocal(visit.start, world.policy.tz);
  const load = dayLoad(world.calendar.on(technician.technicianId, date), date, asked.request, world.travel);
  return [
    ...personRules(asked.request, technician, world),
    ...dayRules(asked.request, technician, date, load, world),
    ...timeRules(asked, technician, visit, date, world),
  ];
};
