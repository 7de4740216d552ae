import type { HardRule } from '../codes/hard-rule.ts';
import { spanOf } from '../scheduling/slots.ts';
import type { Technician } from '../technicians/technician.ts';
import type { Slot } from '../time/slot.ts';
import { toLocal } from '../time/zone.ts';
import { dayLoad } from './calendar.ts';
import { askedOf, fitting, indexed, openDay, scoredVisits, searchedDates } from './candidates.ts';
import { chooseIndexed } from './choose.ts';
import { earliestStart } from './earliest.ts';
import { travelAdded } from './road.ts';
import { type Indexed, roadDay, rulesBroken } from './rules.ts';
import { compareScored, rankedVisit, type Scored, scoreOf } from './score.ts';
import type { AssignOptions, AssignWorld, Choice, RankedVisit, VisitRequest } from './types.ts';

/**
 * The best visits that break no hard rule, best first, at most `top`: one a slot, with the best technician for it; with
 * `at`, one a technician. Empty when the area is not known and no technician is named.
 */
export const rankVisits = (
  request: VisitRequest,
  world: AssignWorld,
  options: AssignOptions & { readonly top: number },
): readonly RankedVisit[] => {
  const ready = indexed(world);
  const all = scoredBest(request, options, ready);
  const seen = new Set<number>();
  const shown = all.filter(({ visit }) => {
    if (options.at === undefined && seen.has(visit.start)) return false;
    seen.add(visit.start);
    return true;
  });
  return toldOf(request, shown.slice(0, options.top), { options, ready });
};

/** The best visit of each part of each day that has one, best first. Empty as in `rankVisits`. */
export const bestByPart = (
  request: VisitRequest,
  world: AssignWorld,
  options: AssignOptions = {},
): readonly RankedVisit[] => {
  const ready = indexed(world);
  const seen = new Set<string>();
  const shown = scoredBest(request, options, ready).filter(({ visit: { start } }) => {
    const part = `${toLocal(start, world.policy.tz).date} ${ready.days.timeAt(start).part}`;
    if (seen.has(part)) return false;
    seen.add(part);
    return true;
  });
  return toldOf(request, shown, { options, ready });
};

/** Every visit that breaks no hard rule, best first. */
const scoredBest = (request: VisitRequest, options: AssignOptions, ready: Indexed): readonly Scored[] => {
  if (request.area === null && options.technicianId === undefined) return [];
  const asked = askedOf(request);
  const technicians = fitting(request, options, ready);
  const all: Scored[] = [];
  for (const [daysLater, date] of searchedDates(request, options, ready).entries()) {
    for (const technician of technicians) {
      const day = openDay(asked, technician, date, daysLater, ready);
      if (day === null) continue;
      for (const scored of scoredVisits(asked, day, options, ready)) all.push(scored);
    }
  }
  return all.sort(compareScored);
};

const toldOf = (
  request: VisitRequest,
  shown: readonly Scored[],
  { options, ready }: { readonly options: AssignOptions; readonly ready: Indexed },
): readonly RankedVisit[] => {
  const earliest = shown.length === 0 ? null : earliestStart(askedOf(request), options, ready);
  return shown.map((scored) => rankedVisit(scored, earliest));
};

/** The best visit, or what stood in the way of every one. */
export const chooseVisit = (request: VisitRequest, world: AssignWorld, options: AssignOptions = {}): Choice =>
  chooseIndexed(askedOf(request), options, indexed(world));

/** Every hard rule that this technician breaks in this slot; empty: none. What a person may break only with a reason. */
export const brokenRules = (
  request: VisitRequest,
  technician: Technician,
  slot: Slot,
  world: AssignWorld,
): readonly HardRule[] => {
  const occupied = world.occupied.filter((one) => one.technicianId === technician.technicianId);
  const ready = indexed({ ...world, technicians: [technician], occupied });
  return rulesBroken(askedOf(request), technician, spanOf(slot), ready);
};

/** A slot that the customer has agreed to: what the desk offered and what was wished before no longer matter. */
const agreed = (request: VisitRequest): VisitRequest => ({ ...request, offered: null, wishes: {} });

const AGREED_ALREADY: ReadonlySet<HardRule> = new Set(['PAST']);

/**
 * Who goes at a time that the customer agreed to: the best technician that breaks no rule of the technicians (skills, area,
 * hours, days off, busy, daily limit) there, `exclude` left out. null: there is none, or the area is not known.
 */
export const anotherTechnician = (
  request: VisitRequest,
  slot: Slot,
  world: AssignWorld,
  exclude: readonly string[] = [],
): RankedVisit | null => {
  if (request.area === null) return null;
  const ready = indexed(world);
  const asked = askedOf(agreed(request));
  const visit = spanOf(slot);
  const { date } = toLocal(visit.start, world.policy.tz);
  const able = ready.technicians
    .filter(({ technicianId }) => !exclude.includes(technicianId))
    .filter((technician) =>
      rulesBroken(asked, technician, visit, ready).every((rule) => AGREED_ALREADY.has(rule)),
    )
    .map((technician): Scored => {
      const load = dayLoad(ready.calendar.on(technician.technicianId, date), date, request, ready.travel);
      const { orderId, area } = request;
      const day = roadDay(technician, ready.days.working(technician, date), ready);
      const busy = ready.calendar.on(technician.technicianId, date);
      const { version } = ready.travel;
      const added = version === null ? null : travelAdded(busy, { ...visit, orderId, area }, day);
      const score = scoreOf(technician, load, 0, {
        wish: null,
        travelAdded: added,
        weights: world.policy.plan,
      });
      const travel = added === null || version === null ? null : { added, version };
      return { visit, technician, load, daysLater: 0, wish: null, travel, score };
    })
    .sort(compareScored);
  const [best] = able;
  if (best === undefined) return null;
  const ranked = rankedVisit(best, null);
  return { ...ranked, reasons: ['agreed-slot', ...ranked.reasons] };
};

/** The same, with the proposed technician first if that one can: by rule 8, what follows when the customer agrees. */
export const technicianForAgreed = (
  request: VisitRequest,
  slot: Slot,
  world: AssignWorld,
  proposed: string,
): string | null => {
  const technician = world.technicians.find(({ technicianId }) => technicianId === proposed);
  if (technician !== undefined) {
    const broken = brokenRules(agreed(request), technician, slot, world);
    if (broken.every((rule) => AGREED_ALREADY.has(rule))) return proposed;
  }
  return anotherTechnician(request, slot, world, [proposed])?.technicianId ?? null;
};
