import { type PlanFigures, planFigures } from '../../assign/plan-figures.ts';
import type { AssignWorld } from '../../assign/types.ts';
import type { Policy } from '../../rules/policy.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { Technician } from '../../technicians/technician.ts';
import type { DaySpan } from '../../time/day-span.ts';
import { travelOf } from '../../travel/travel.ts';
import type { TravelData } from '../../travel/travel-data.ts';
import type { AppDeps } from '../deps.ts';
import { asImported, type OptionalField } from '../technicians/technicians.ts';
import { type PlanQuery, type PlanWatch, planRequests, readPlanInput, watchedPlan } from './plan-queue.ts';

/** Another world beside this one. */
export type OtherWorld = {
  /** Technicians who are not there. */
  readonly without: readonly string[];
  /** Technicians to add, or with other skills, areas or hours than they have. */
  readonly technicians: readonly Technician[];
  /** Fields that were not given: what is known of them stays, as in an import. */
  readonly keep: readonly OptionalField[];
  /** Minutes of a way inside an area, or where ways are not known. */
  readonly travelMinutes?: number | undefined;
  /** The hours of every technician on every day on which they work. */
  readonly hours?: DaySpan | undefined;
};

/** `oss.plan-comparison/1` without its schema. */
export type PlanComparison = {
  readonly now: PlanFigures;
  readonly other: PlanFigures;
  /** Orders that have a place in one of them only. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
};

/** The same orders planned in this world and in another one. Nothing is written. Throws TECHNICIAN_NOT_FOUND, and as `planQueue`. */
export const comparePlans = async (
  deps: Pick<AppDeps, 'store' | 'policy' | 'clock'>,
  query: PlanQuery,
  { other, watch }: { readonly other: OtherWorld; readonly watch?: PlanWatch | undefined },
): Promise<PlanComparison> => {
  const input = await readPlanInput(deps, query);
  for (const technicianId of other.without) {
    if (!input.world.technicians.some((one) => one.technicianId === technicianId)) {
      throw new Refusal('TECHNICIAN_NOT_FOUND', { technicianId });
    }
  }
  const requests = planRequests(input.orders);
  const worlds = [input.world, otherWorld(input.world, input.travelData, other)];
  const figures: PlanFigures[] = [];
  const placed: ReadonlySet<string>[] = [];
  for (const world of worlds) {
    const plan = await watchedPlan(requests, world, query, watch);
    figures.push(planFigures(plan, requests, world));
    placed.push(new Set(plan.placed.map(({ orderId }) => orderId)));
  }
  const [now, changed] = figures;
  const [before, after] = placed;
  if (now === undefined || changed === undefined) throw new Error('two worlds have two plans');
  const only = (
    one: ReadonlySet<string> | undefined,
    not: ReadonlySet<string> | undefined,
  ): readonly string[] => [...(one ?? [])].filter((id) => not?.has(id) !== true).sort();
  return { now, other: changed, gained: only(after, before), lost: only(before, after) };
};

const otherWorld = (
  world: AssignWorld,
  data: TravelData,
  { without, technicians, keep, travelMinutes, hours }: OtherWorld,
): AssignWorld => {
  const policy: Policy =
    travelMinutes === undefined
      ? world.policy
      : { ...world.policy, visits: { ...world.policy.visits, travelMinutes } };
  const known = new Map(world.technicians.map((one) => [one.technicianId, one]));
  const coming = technicians.map((one) => asImported(known.get(one.technicianId) ?? null, one, keep));
  const isComing = new Set(coming.map(({ technicianId }) => technicianId));
  const people = [...world.technicians.filter(({ technicianId }) => !isComing.has(technicianId)), ...coming]
    .filter(({ technicianId, active }) => active && !without.includes(technicianId))
    .map((one) => (hours === undefined ? one : { ...one, hours: sameHours(one.hours, hours) }));
  return { ...world, policy, technicians: people, travel: travelOf(data, policy) };
};

const sameHours = (own: Technician['hours'], hours: DaySpan): Technician['hours'] =>
  Object.fromEntries(Object.keys(own).map((day) => [day, hours]));
