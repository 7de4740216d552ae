import { brokenRules } from '../../assign/assign.ts';
import { callTimes, dueCallTime } from '../../assign/automatic-visit.ts';
import {
  type PlacedVisit,
  type PlanOptions,
  type PlanProgress,
  planning,
  type UnplacedVisit,
  type VisitPlan,
} from '../../assign/plan.ts';
import { type PlanFigures, planFigures } from '../../assign/plan-figures.ts';
import type { AreaDayLoad } from '../../assign/plan-load.ts';
import { worthOf } from '../../assign/plan-problem.ts';
import { standingRequest, standsOf, withoutShifting } from '../../assign/stands.ts';
import type { AssignWorld, Stands, Urgency, VisitRequest } from '../../assign/types.ts';
import { readWorld, visitRequest } from '../../assign/visit-world.ts';
import { mustBeAtTheDesk } from '../../order/decide.ts';
import type { OrderView } from '../../ports/order-view.ts';
import type { Tx } from '../../ports/store.ts';
import type { NewEvent } from '../../process/events.ts';
import { mustExist } from '../../process/legal.ts';
import type { OrderProcess } from '../../process/process.ts';
import { lateOf, NO_FORECAST } from '../../rules/late.ts';
import type { Policy } from '../../rules/policy.ts';
import { Refusal } from '../../rules/refusal.ts';
import { proposeVisit } from '../../scheduling/decide.ts';
import { iso, ms } from '../../time/iso.ts';
import type { Slot } from '../../time/slot.ts';
import { DAY_MS } from '../../time/units.ts';
import { toLocal } from '../../time/zone.ts';
import { readTravel } from '../../travel/read-travel.ts';
import type { TravelData } from '../../travel/travel-data.ts';
import { type Change, changeOrder } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';
import { everyView, waitingForVisit } from '../every-view.ts';
import { knownTechnician } from '../technicians/technicians.ts';
import { readOrder, type WriteContext } from '../write-order.ts';

type ReadDeps = Pick<AppDeps, 'store' | 'policy' | 'clock'>;

export type PlanQuery = {
  /** undefined: every order that waits for a call and has no proposal. */
  readonly orderIds?: readonly string[] | undefined;
  /** Only orders of this area. */
  readonly area?: string | undefined;
  /** Only this local day, `YYYY-MM-DD`. */
  readonly date?: string | undefined;
  /** Times that are held, and agreed visits inside what was promised, may shift too. */
  readonly replan?: boolean | undefined;
} & Pick<PlanOptions, 'effort' | 'iterations' | 'seed'>;

/** A planned visit, with the version of the order that it was planned for. */
export type PlannedVisit = PlacedVisit & {
  readonly version: number;
  readonly area: string | null;
  readonly isLate: boolean;
  readonly technicianName: string;
  /** Where it moves from; null: it had no time. */
  readonly from: Stands | null;
};

export type LeftOut = UnplacedVisit & { readonly area: string | null; readonly isLate: boolean };

export type QueuePlan = {
  readonly placed: readonly PlannedVisit[];
  /** The worst first: late, then by priority and waiting time. */
  readonly unplaced: readonly LeftOut[];
  /** How many might have moved, and keep their time. */
  readonly stays: number;
  readonly load: readonly AreaDayLoad[];
  readonly figures: PlanFigures;
  /** What makes the same plan again. `isCut`: the desk took the best so far. */
  readonly search: VisitPlan['search'] & { readonly isCut: boolean };
};

/** The caller that waits for a plan. */
export type PlanWatch = {
  readonly told: (progress: PlanProgress) => Promise<void> | undefined;
  /** Lets others have their turn; a plan is long. */
  readonly pause: () => Promise<void>;
  /** Ends the search with the best so far. */
  readonly signal: AbortSignal;
};

/**
 * Who would go where: a preview, nothing is held. It thinks after it has read, so that no write waits for it. Throws
 * ORDER_NOT_FOUND, ILLEGAL_IN_STAGE of those that were named, NO_TECHNICIANS.
 */
export const planQueue = async (deps: ReadDeps, query: PlanQuery, watch?: PlanWatch): Promise<QueuePlan> => {
  const { orders, world } = await readPlanInput(deps, query);
  // The customer has agreed to a time: a plan may not choose another.
  const agreed = orders
    .filter(({ process }) => process.scheduling.agreed !== null)
    .map(({ process }) => ({ orderId: process.orderId, why: ['AGREED_TIME' as const], would: [] }));
  const requests = planRequests(orders);
  const plan = await watchedPlan(requests, world, query, watch);
  const byId = new Map(orders.map(({ process }) => [process.orderId, process]));
  const names = new Map(world.technicians.map(({ technicianId, name }) => [technicianId, name]));
  const urgencies = new Map(orders.map(({ process, urgency }) => [process.orderId, urgency]));
  const worth = (orderId: string): number => {
    const urgency = urgencies.get(orderId);
    return urgency === undefined ? 0 : worthOf(urgency, deps.policy.plan);
  };
  const isLate = (orderId: string): boolean => urgencies.get(orderId)?.isLate === true;
  const standing = new Map(requests.map(({ orderId, stands = null }) => [orderId, stands]));
  const areaOf = (orderId: string): string | null => byId.get(orderId)?.order.area ?? null;
  return {
    placed: plan.placed.map((visit) => ({
      ...visit,
      version: byId.get(visit.orderId)?.version ?? 0,
      area: areaOf(visit.orderId),
      isLate: isLate(visit.orderId),
      technicianName: names.get(visit.technicianId) ?? '',
      from: standing.get(visit.orderId) ?? null,
    })),
    unplaced: [...plan.unplaced, ...agreed]
      .map((one) => ({
        ...one,
        area: areaOf(one.orderId),
        isLate: isLate(one.orderId),
      }))
      .sort((a, b) => worth(b.orderId) - worth(a.orderId)),
    load: plan.load.filter(({ planned }) => planned > 0),
    stays: plan.stays.length,
    figures: planFigures(plan, ...withoutStaying(plan, requests, world)),
    search: { ...plan.search, isCut: watch?.signal.aborted === true },
  };
};

/** What is counted in a plan is what it changes; what stays stands in the calendar like everything else. */
const withoutStaying = (
  { stays }: VisitPlan,
  requests: readonly VisitRequest[],
  world: AssignWorld,
): readonly [readonly VisitRequest[], AssignWorld] => {
  const bare = withoutShifting(world, requests);
  const stayed = new Set(stays.map(({ orderId }) => orderId));
  return [
    requests.filter(({ orderId }) => !stayed.has(orderId)),
    { ...bare, occupied: [...bare.occupied, ...stays] },
  ];
};

export type PlanInput = {
  readonly orders: readonly OrderToPlan[];
  readonly world: AssignWorld;
  readonly travelData: TravelData;
};

/** All that a plan looks at, of one moment. Throws as `planQueue`. */
export const readPlanInput = async (
  { store, policy, clock }: ReadDeps,
  query: PlanQuery,
): Promise<PlanInput> => {
  const now = clock.now();
  const input = await store.read(async (tx) => ({
    orders: await ordersToPlan(tx, query, { now, policy }),
    world: await readWorld(tx, { policy, now }),
    travelData: await tx.travel.data(),
  }));
  if (input.world.technicians.length === 0) throw new Refusal('NO_TECHNICIANS', {});
  return input;
};

/** The visits that a plan must find: of orders whose customer has not agreed to a time yet. */
export const planRequests = (orders: readonly OrderToPlan[]): readonly VisitRequest[] =>
  orders
    .filter(({ process }) => process.scheduling.agreed === null)
    .map(({ process, urgency, stands }) => ({
      ...(stands === null ? visitRequest(process) : standingRequest(process, stands)),
      urgency,
    }));

/** A plan that its caller watches, and may cut off. */
export const watchedPlan = async (
  requests: readonly VisitRequest[],
  world: AssignWorld,
  { date, effort, iterations, seed }: PlanQuery,
  watch?: PlanWatch,
): Promise<VisitPlan> => {
  const steps = planning(requests, world, { date, effort, iterations, seed });
  let step = steps.next(false);
  while (step.done !== true) {
    await watch?.told(step.value);
    await watch?.pause();
    step = steps.next(watch?.signal.aborted === true);
  }
  return step.value;
};

export type OrderToPlan = {
  readonly process: OrderProcess;
  readonly urgency: Urgency;
  /** The time that it has and that may shift; null: it has none. */
  readonly stands: Stands | null;
};

const ordersToPlan = async (
  tx: Tx,
  { orderIds, area, date, replan = false }: Pick<PlanQuery, 'orderIds' | 'area' | 'date' | 'replan'>,
  around: Pick<ReadDeps, 'policy'> & { readonly now: number },
): Promise<readonly OrderToPlan[]> => {
  const { now, policy } = around;
  const orders: OrderToPlan[] = [];
  for (const orderId of orderIds ?? (await (replan ? replannedIds : waitingIds)(tx, area))) {
    const process = await readOrder(tx, orderId);
    mustExist(process);
    if (!replan || process.stage !== 'scheduled') mustBeAtTheDesk(process, 'schedule plan');
    if (area !== undefined && process.order.area !== area) continue;
    const stands = replan ? standsOf(process, now, policy) : null;
    const isOther = stands !== null && date !== undefined && dateOf(stands.slot, policy) !== date;
    const hasTime = process.scheduling.visit !== null || process.scheduling.proposal !== null;
    // What has a time and may not shift is no matter of a new plan.
    if (isOther || (replan && hasTime && stands === null)) continue;
    const view = await tx.views.get(orderId);
    if (view !== null) orders.push({ process, urgency: urgencyOf(view, around), stands });
  }
  return orders;
};

const dateOf = ({ start }: Slot, { tz }: Pick<Policy, 'tz'>): string => toLocal(ms(start), tz).date;

/** A late order goes before one in time, then priority counts, then how long the order has waited. */
const urgencyOf = (
  view: OrderView,
  { now, policy }: Pick<ReadDeps, 'policy'> & { readonly now: number },
): Urgency => ({
  priority: view.priority,
  isLate: lateOf(view, { now, policy, forecast: NO_FORECAST }) !== null,
  waitedDays: Math.max(0, Math.floor((now - ms(view.placedAt)) / DAY_MS)),
});

const waitingIds = async (tx: Tx, area: string | undefined): Promise<readonly string[]> => {
  const ids: string[] = [];
  for await (const { orderId } of waitingForVisit(tx, area)) ids.push(orderId);
  return ids;
};

/** Whom the desk has to call, and whose visit is agreed. */
const replannedIds = async (tx: Tx, area: string | undefined): Promise<readonly string[]> => {
  const ids: string[] = [];
  const query = { stages: ['tm-queue', 'scheduled'], ...(area === undefined ? {} : { area }) } as const;
  for await (const { orderId } of everyView(tx, query)) ids.push(orderId);
  return ids;
};

/**
 * Holds one visit of a plan; the worker has the customer phoned, in calling hours. Refused when the order or the
 * technician's time is not what it was. Throws STALE_VERSION, SLOT_TAKEN, HARD_RULE, ILLEGAL_IN_STAGE, CALL_RUNNING.
 */
export const proposePlanned = (deps: AppDeps, planned: PlannedVisit): Promise<Change> => {
  const { orderId, version, slot, technicianId } = planned;
  const options = { command: 'schedule plan', ifVersion: version } as const;
  return changeOrder(deps, orderId, options, async (process, write) => {
    mustBeAtTheDesk(process, 'schedule plan');
    await mustBeFree(visitRequest(process), { slot, technicianId }, write);
    return holdPlanned(process, planned, write);
  });
};

/** The visit held for the order, whether or not it is free. A time that it held is replaced, and its call stays due when it was. */
export const holdPlanned = (
  process: OrderProcess,
  { slot, technicianId, reasons }: PlannedVisit,
  { policy, now }: Pick<WriteContext, 'policy' | 'now'>,
): readonly NewEvent[] => {
  mustBeAtTheDesk(process, 'schedule plan');
  const { proposal } = process.scheduling;
  const times =
    proposal !== null && ms(proposal.expiresAt) > now
      ? { callAt: proposal.callAt, expiresAt: proposal.expiresAt }
      : callTimes(dueCallTime(process, now, policy), policy.schedule.holdMinutes);
  return proposeVisit(process, { slot, technicianId, via: 'desk', ...times, choice: 'automatic', reasons });
};

/** Only the technician's own days are read: a plan holds a thousand visits. */
const mustBeFree = async (
  request: VisitRequest,
  { slot, technicianId }: { readonly slot: Slot; readonly technicianId: string },
  { tx, policy, now }: WriteContext,
): Promise<void> => {
  const technician = await knownTechnician(tx, technicianId);
  const from = iso(ms(slot.start) - DAY_MS);
  const occupied = await tx.calendar.between(from, iso(ms(slot.end) + DAY_MS), technicianId);
  const travel = await readTravel(tx, policy);
  const world = { technicians: [technician], occupied, travel, policy, now };
  const rules = brokenRules(request, technician, slot, world);
  if (rules.includes('BUSY')) throw new Refusal('SLOT_TAKEN', { technicianId, at: slot.start, next: [] });
  if (rules.length === 0) return;
  throw new Refusal('HARD_RULE', { orderId: request.orderId, technicianId, at: slot.start, rules });
};
