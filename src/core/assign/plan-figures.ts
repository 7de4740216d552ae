import { spanOf } from '../scheduling/slots.ts';
import { ms } from '../time/iso.ts';
import { toLocal } from '../time/zone.ts';
import { indexed } from './candidates.ts';
import { dayRoad } from './day-road.ts';
import type { VisitPlan } from './plan.ts';
import type { Stop } from './road.ts';
import { roadDay } from './rules.ts';
import type { AssignWorld, VisitRequest } from './types.ts';

/** What a technician does more by a plan, and how far they drive on the days on which they do. */
export type TechnicianFigures = {
  readonly technicianId: string;
  readonly visits: number;
  /** Minutes of driving of those days, what stood before counted. */
  readonly minutes: number;
  /** null: no areas were imported. */
  readonly metres: number | null;
};

export type PlanFigures = {
  readonly placed: number;
  readonly unplaced: number;
  /** Orders that are late: of those that have a place, and of those that have none. */
  readonly latePlaced: number;
  readonly lateUnplaced: number;
  readonly wishesMet: number;
  readonly wishes: number;
  readonly minutes: number;
  readonly metres: number | null;
  /** By id; only technicians with a visit. */
  readonly technicians: readonly TechnicianFigures[];
};

/** What a plan comes to. */
export const planFigures = (
  { placed, unplaced }: Pick<VisitPlan, 'placed' | 'unplaced'>,
  requests: readonly VisitRequest[],
  world: AssignWorld,
): PlanFigures => {
  const asked = new Map(requests.map((request) => [request.orderId, request]));
  const isLate = ({ orderId }: { readonly orderId: string }): boolean =>
    asked.get(orderId)?.urgency?.isLate === true;
  const technicians = byTechnician(placed, asked, world);
  const isKnown = world.travel.version !== null;
  return {
    placed: placed.length,
    unplaced: unplaced.length,
    latePlaced: placed.filter(isLate).length,
    lateUnplaced: unplaced.filter(isLate).length,
    wishesMet: placed.filter(({ reasons }) => reasons.some((reason) => reason.startsWith('wish:'))).length,
    wishes: requests.filter(({ wishes }) => wishes.prefer !== undefined).length,
    minutes: technicians.reduce((sum, { minutes }) => sum + minutes, 0),
    metres: isKnown ? technicians.reduce((sum, { metres }) => sum + (metres ?? 0), 0) : null,
    technicians,
  };
};

const byTechnician = (
  placed: VisitPlan['placed'],
  asked: ReadonlyMap<string, VisitRequest>,
  world: AssignWorld,
): readonly TechnicianFigures[] => {
  const ready = indexed(world);
  const dateOf = (start: string): string => toLocal(ms(start), world.policy.tz).date;
  return ready.technicians.flatMap((technician): readonly TechnicianFigures[] => {
    const own = placed.filter(({ technicianId }) => technicianId === technician.technicianId);
    if (own.length === 0) return [];
    const roads = [...new Set(own.map(({ slot }) => dateOf(slot.start)))].map((date) => {
      const planned = own
        .filter(({ slot }) => dateOf(slot.start) === date)
        .map(
          ({ orderId, slot }): Stop => ({ ...spanOf(slot), orderId, area: asked.get(orderId)?.area ?? null }),
        );
      const before = ready.calendar
        .on(technician.technicianId, date)
        .filter((one) => one.date === date && !own.some(({ orderId }) => orderId === one.orderId));
      const working = ready.days.working(technician, date);
      return dayRoad([...before, ...planned], roadDay(technician, working, ready));
    });
    const minutes = roads.reduce((sum, road) => sum + road.minutes, 0);
    const metres = roads.reduce((sum, road) => sum + road.metres, 0);
    const isKnown = world.travel.version !== null;
    return [
      { technicianId: technician.technicianId, visits: own.length, minutes, metres: isKnown ? metres : null },
    ];
  });
};
