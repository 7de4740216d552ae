import type { WhyNoneCode } from '../codes/why-none.ts';
import { type Span, slotOf, spanOf, visitAt } from '../scheduling/slots.ts';
import type { Occupied, Technician } from '../technicians/technician.ts';
import type { Slot } from '../time/slot.ts';
import { MINUTE_MS } from '../time/units.ts';
import { toLocal } from '../time/zone.ts';
import { dayLoad } from './calendar.ts';
import { askedOf, indexed, searchedDates, wishedPart } from './candidates.ts';
import { chooseIndexed } from './choose.ts';
import { earliestStart } from './earliest.ts';
import { type AreaDayLoad, loadOf } from './plan-load.ts';
import { planProblem } from './plan-problem.ts';
import type { ReasonCode } from './reason.ts';
import { type Relaxation, relaxations } from './relaxations.ts';
import { travelAdded } from './road.ts';
import { type Asked, type Indexed, roadDay, rulesBroken } from './rules.ts';
import { rankedVisit, type Scored } from './score.ts';
import { searching } from './search/search.ts';
import type { AssignOptions, AssignWorld, VisitRequest } from './types.ts';

export type PlacedVisit = {
  readonly orderId: string;
  readonly slot: Slot;
  readonly technicianId: string;
  readonly reasons: readonly ReasonCode[];
};

/** `why` as in `Choice`; `would`: what alone would place it beside all others of the plan, the least first. */
export type UnplacedVisit = {
  readonly orderId: string;
  readonly why: readonly WhyNoneCode[];
  readonly would: readonly Relaxation[];
};

export type VisitPlan = {
  readonly placed: readonly PlacedVisit[];
  readonly unplaced: readonly UnplacedVisit[];
  /** By date, then area. */
  readonly load: readonly AreaDayLoad[];
  /** What it takes to make the same plan again. */
  readonly search: { readonly effort: Effort; readonly seed: number; readonly iterations: number };
};

/** How long a plan is thought about. The numbers are iterations, so that a plan is the same on every machine. */
export const EFFORTS = { quick: 1_000, normal: 12_000, thorough: 120_000 } as const;
export type Effort = keyof typeof EFFORTS;

export type PlanOptions = AssignOptions & {
  /** Default normal. */
  readonly effort?: Effort | undefined;
  /** Ends the search after so many iterations: to make a plan again that was cut off. */
  readonly iterations?: number | undefined;
  readonly seed?: number | undefined;
};

/** How far a plan has come. */
export type PlanProgress = {
  readonly iteration: number;
  readonly iterations: number;
  readonly placed: number;
  readonly orders: number;
};

/** A few orders are soon thought about. */
const ITERATIONS_AN_ORDER = 250;

/** The whole plan at once. */
export const planVisits = (
  requests: readonly VisitRequest[],
  world: AssignWorld,
  options: PlanOptions = {},
): VisitPlan => {
  const steps = planning(requests, world, options);
  for (;;) {
    const step = steps.next(false);
    if (step.done === true) return step.value;
  }
};

/**
 * Who goes where: as much urgency as possible is placed, what stands already is not touched, and then wishes, ways and even
 * loads count (`policy.plan`). It tells how far it has come; `next(true)` ends it with the best so far. No visit breaks a
 * hard rule beside all others of the plan, and no order is left out that still fits. Orders that hold time themselves come
 * last, one by one: their time is theirs until the plan gives it up.
 */
export function* planning(
  requests: readonly VisitRequest[],
  world: AssignWorld,
  { effort = 'normal', seed = 1, iterations: endAfter, ...options }: PlanOptions,
): Generator<PlanProgress, VisitPlan, boolean> {
  const hasTime = new Set(world.occupied.map(({ orderId }) => orderId));
  const open = requests.filter(({ orderId }) => !hasTime.has(orderId)).map(askedOf);
  const { problem, days } = planProblem(open, options, indexed(world));
  const budget = Math.min(EFFORTS[effort], open.length * ITERATIONS_AN_ORDER);
  const steps = searching(problem, { seed, iterations: budget, endAfter });
  let step = steps.next(false);
  while (step.done !== true) {
    const { iteration, placed } = step.value;
    step = steps.next(yield { iteration, iterations: budget, placed, orders: open.length });
  }
  const solution = step.value;
  const found = solution.placed.flatMap(({ task, shift, start }): readonly Found[] => {
    const asked = open[task];
    const day = days[shift];
    if (asked === undefined || day === undefined) return [];
    const visit = visitAt(day.midnight + start * MINUTE_MS, asked.request.lines, world.policy);
    return [{ asked, technician: day.technician, visit }];
  });
  const plan = finished(requests, found, { world, options });
  return { ...plan, search: { effort, seed, iterations: solution.iterations } };
}

type Found = { readonly asked: Asked; readonly technician: Technician; readonly visit: Span };

const occupiedBy = ({ asked: { request }, technician, visit }: Found): Occupied => ({
  orderId: request.orderId,
  technicianId: technician.technicianId,
  slot: slotOf(visit),
  kind: 'held',
  area: request.area,
});

type Around = { readonly world: AssignWorld; readonly options: AssignOptions };

/** The plan checked against the rules once more, with what still fits put in, and the reasons of all. */
const finished = (
  requests: readonly VisitRequest[],
  found: readonly Found[],
  around: Around,
): Omit<VisitPlan, 'search'> => {
  const { world, options } = around;
  const kept = keptOf(found, world);
  const ready = indexed({ ...world, occupied: [...world.occupied, ...kept.map(occupiedBy)] });
  const byOrder = new Map(kept.map((one) => [one.asked.request.orderId, one]));
  const left: VisitRequest[] = [];
  const hopeless = new Map<string, readonly WhyNoneCode[]>();
  const hasTime = new Set(world.occupied.map(({ orderId }) => orderId));
  for (const request of requests) {
    if (byOrder.has(request.orderId)) continue;
    // What could not be placed once need not be tried again for an order of the same likeness: a plan only takes time away.
    const like = likenessIn(request, hasTime);
    const known = hopeless.get(like);
    const asked = askedOf(request);
    const choice =
      known === undefined ? chooseIndexed(asked, options, ready) : ({ kind: 'none', why: known } as const);
    if (choice.kind === 'none') {
      hopeless.set(like, choice.why);
      left.push(request);
      continue;
    }
    const technician = ready.technicians.find((one) => one.technicianId === choice.visit.technicianId);
    if (technician === undefined) continue;
    const late = { asked, technician, visit: spanOf(choice.visit.slot) };
    ready.calendar.add(occupiedBy(late));
    byOrder.set(request.orderId, late);
  }
  const changes = new Map<string, readonly Relaxation[]>();
  const unplaced = left.map((request): UnplacedVisit => {
    const like = likenessIn(request, hasTime);
    const would = changes.get(like) ?? relaxations(request, options, ready);
    changes.set(like, would);
    return { orderId: request.orderId, why: hopeless.get(like) ?? [], would };
  });
  const placed = requests.flatMap(({ orderId }): readonly PlacedVisit[] => {
    const one = byOrder.get(orderId);
    if (one === undefined) return [];
    const { slot, technicianId, reasons } = rankedVisit(
      scoredOf(one, options, ready),
      earliestStart(one.asked, {}, ready),
    );
    return [{ orderId, slot, technicianId, reasons }];
  });
  const planned = placed.map(({ orderId, slot }) => ({
    area: byOrder.get(orderId)?.asked.request.area ?? null,
    slot,
  }));
  return { placed, unplaced, load: loadOf(world.occupied, planned, world.policy) };
};

/** What breaks no hard rule beside all the others; the search knows them too, but only one place decides. */
const keptOf = (found: readonly Found[], world: AssignWorld): readonly Found[] => {
  const ready = indexed({ ...world, occupied: [...world.occupied, ...found.map(occupiedBy)] });
  const kept = found.filter(
    ({ asked, technician, visit }) => rulesBroken(asked, technician, visit, ready).length === 0,
  );
  return kept.length === found.length ? kept : keptOf(kept, world);
};

/** Why this visit, beside all others of the plan. */
const scoredOf = ({ asked, technician, visit }: Found, options: AssignOptions, world: Indexed): Scored => {
  const { request } = asked;
  const { policy, travel, calendar, days } = world;
  const { date } = toLocal(visit.start, policy.tz);
  const busy = calendar.on(technician.technicianId, date);
  const part = wishedPart(request, options);
  const stop = { ...visit, orderId: request.orderId, area: request.area };
  const added =
    travel.version === null
      ? null
      : travelAdded(busy, stop, roadDay(technician, days.working(technician, date), world));
  return {
    visit,
    technician,
    load: dayLoad(busy, date, request, travel),
    daysLater: Math.max(0, searchedDates(request, options, world).indexOf(date)),
    wish: part === null ? null : { part, met: days.timeAt(visit.start).part === part },
    travel: added === null ? null : { added, version: travel.version ?? '' },
    score: 0,
  };
};

/** An order that holds time has a likeness of its own. */
const likenessIn = (request: VisitRequest, hasTime: ReadonlySet<string>): string =>
  hasTime.has(request.orderId) ? request.orderId : likeness(request);

/** Requests of one likeness have the same visits to choose from. Which part of the day is wished rules nothing out. */
const likeness = ({ area, lines, wishes, offered }: VisitRequest): string =>
  JSON.stringify([
    area,
    lines.internet,
    lines.tv,
    wishes.notBefore ?? null,
    offered === null ? null : offered.map(({ start, end }) => `${start} ${end}`),
  ]);
