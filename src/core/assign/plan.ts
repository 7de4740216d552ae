import type { WhyNoneCode } from '../codes/why-none.ts';
import { spanOf } from '../scheduling/slots.ts';
import type { Occupied } from '../technicians/technician.ts';
import { type Slot, sameSlot } from '../time/slot.ts';
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
import { type Indexed, roadDay } from './rules.ts';
import { rankedVisit, type Scored } from './score.ts';
import { searching } from './search/search.ts';
import { occupiedBySeat, type Seat, seated } from './seats.ts';
import { visitOf, withoutShifting } from './stands.ts';
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
  /** Those that have a place and had none, and those that have another one. */
  readonly placed: readonly PlacedVisit[];
  /** Those that might have shifted, and keep their time. */
  readonly stays: readonly Occupied[];
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
 * last, one by one: their time is theirs until the plan gives it up. Requests that `stands` shift with the others: held ones
 * anywhere, agreed ones inside what was promised; none of them loses its place.
 */
export function* planning(
  requests: readonly VisitRequest[],
  everything: AssignWorld,
  { effort = 'normal', seed = 1, iterations: endAfter, ...options }: PlanOptions,
): Generator<PlanProgress, VisitPlan, boolean> {
  const world = withoutShifting(everything, requests);
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
  const found = solution.placed.flatMap(({ task, shift, start }): readonly Seat[] => {
    const asked = open[task];
    const day = days[shift];
    if (asked === undefined || day === undefined) return [];
    const visit = visitOf(asked.request, day.midnight + start * MINUTE_MS, world.policy);
    return [{ asked, technician: day.technician, visit, stood: stoodOf(asked.request) }];
  });
  const plan = finished(requests, found, { world, options });
  return { ...plan, search: { effort, seed, iterations: solution.iterations } };
}

type Around = { readonly world: AssignWorld; readonly options: AssignOptions };

/** The plan checked against the rules once more, with what still fits put in, and the reasons of all. */
const finished = (
  requests: readonly VisitRequest[],
  found: readonly Seat[],
  around: Around,
): Omit<VisitPlan, 'search'> => {
  const { world, options } = around;
  const { moved, stays } = settled(requests, found, world);
  const standing = [...world.occupied, ...stays];
  const ready = indexed({ ...world, occupied: [...standing, ...moved.map(occupiedBySeat)] });
  const byOrder = new Map(moved.map((one) => [one.asked.request.orderId, one]));
  const left: VisitRequest[] = [];
  const hopeless = new Map<string, readonly WhyNoneCode[]>();
  const hasTime = new Set(world.occupied.map(({ orderId }) => orderId));
  const stayed = new Set(stays.map(({ orderId }) => orderId));
  for (const request of requests) {
    if (byOrder.has(request.orderId) || stayed.has(request.orderId)) continue;
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
    const late = { asked, technician, visit: spanOf(choice.visit.slot), stood: null };
    ready.calendar.add(occupiedBySeat(late));
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
  return { placed, unplaced, stays, load: loadOf(standing, planned, world.policy) };
};

/** Who has another time than before, and who keeps theirs: also whom the search has found none for, or none that holds. */
const settled = (
  requests: readonly VisitRequest[],
  found: readonly Seat[],
  world: AssignWorld,
): { readonly moved: readonly Seat[]; readonly stays: readonly Occupied[] } => {
  const isFound = new Set(found.map(({ asked }) => asked.request.orderId));
  const lost = requests.flatMap((request) => (isFound.has(request.orderId) ? [] : (stoodOf(request) ?? [])));
  // The search knows the rules too, but only one place decides.
  const { kept } = seated(found, { ...world, occupied: [...world.occupied, ...lost] });
  const moved = kept.filter((seat) => seat.stood === null || !isSamePlace(seat.stood, occupiedBySeat(seat)));
  const isMoved = new Set(moved.map(({ asked }) => asked.request.orderId));
  const stays = requests.flatMap((request) => (isMoved.has(request.orderId) ? [] : (stoodOf(request) ?? [])));
  return { moved, stays };
};

const isSamePlace = (a: Occupied, b: Occupied): boolean =>
  a.technicianId === b.technicianId && sameSlot(a.slot, b.slot);

/** What the time that an order has takes of its technician; null: it has none that may shift. */
const stoodOf = ({ orderId, area, stands }: VisitRequest): Occupied | null =>
  stands === undefined
    ? null
    : {
        orderId,
        area,
        technicianId: stands.technicianId,
        slot: stands.slot,
        kind: stands.promised === null ? 'held' : 'agreed',
      };

/** Why this visit, beside all others of the plan. */
const scoredOf = ({ asked, technician, visit }: Seat, options: AssignOptions, world: Indexed): Scored => {
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
