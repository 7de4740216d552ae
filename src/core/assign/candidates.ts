import { offerOf, partOfDay } from '../scheduling/slots.ts';
import type { Technician } from '../technician.ts';
import { ms } from '../time/iso.ts';
import { addDays, toLocal } from '../time/zone.ts';
import { busyCalendar } from './calendar.ts';
import { daysOf } from './days.ts';
import { type Asked, dayRules, freeTimes, type Indexed, personRules } from './rules.ts';
import { type Candidate, type Scored, scoreOf } from './score.ts';
import type { AssignOptions, AssignWorld, VisitRequest } from './types.ts';

export const indexed = (world: AssignWorld): Indexed => ({
  policy: world.policy,
  now: world.now,
  technicians: [...world.technicians].sort((a, b) => (a.technicianId < b.technicianId ? -1 : 1)),
  calendar: busyCalendar(world.occupied, world.policy),
  days: daysOf(world.policy),
});

export const askedOf = (request: VisitRequest): Asked => ({
  request,
  offer: request.offered === null ? null : offerOf(request.offered),
});

/** The local days that are searched, ascending: from today or the wished day on, or the one day that is asked for. */
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

/** Technicians that no rule of the person rules out. */
export const fitting = (
  request: VisitRequest,
  options: AssignOptions,
  world: Indexed,
): readonly Technician[] =>
  world.technicians.filter(
    (technician) =>
      (options.technicianId === undefined || technician.technicianId === options.technicianId) &&
      personRules(request, technician).length === 0,
  );

/** Scored times of one technician on one day that break no hard rule, ascending by start. */
export function* scoredTimes(
  asked: Asked,
  technician: Technician,
  day: { readonly date: string; readonly daysLater: number },
  options: AssignOptions,
  world: Indexed,
): Generator<Scored> {
  const { request } = asked;
  if (dayRules(request, technician, day.date, world).length > 0) return;
  const load = world.calendar.load(technician.technicianId, day.date, request.area, request.orderId);
  const part = options.prefer ?? request.wishes.prefer;
  const at = options.at === undefined ? null : ms(options.at);
  for (const visit of freeTimes(asked, technician, day.date, world, at)) {
    const wish = part === undefined ? null : { part, met: partOfDay(visit.start, world.policy.tz) === part };
    const candidate: Candidate = { visit, technician, load, daysLater: day.daysLater, wish };
    yield { ...candidate, score: scoreOf(candidate) };
  }
}
