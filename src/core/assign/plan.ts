import type { WhyNoneCode } from '../codes/why-none.ts';
import type { Policy } from '../rules/policy.ts';
import { ms } from '../time/iso.ts';
import type { Slot } from '../time/slot.ts';
import { toLocal } from '../time/zone.ts';
import { askedOf, indexed } from './candidates.ts';
import { chooseIndexed } from './choose.ts';
import type { ReasonCode } from './reason.ts';
import type { AssignOptions, AssignWorld, VisitRequest } from './types.ts';

export type PlacedVisit = {
  readonly orderId: string;
  readonly slot: Slot;
  readonly technicianId: string;
  readonly reasons: readonly ReasonCode[];
};

/** `why` as in `Choice`. */
export type UnplacedVisit = { readonly orderId: string; readonly why: readonly WhyNoneCode[] };

/** Visits of an area on a local day: those that stood before, and those that the plan adds. `area` null: not known. */
export type AreaDayLoad = {
  readonly area: string | null;
  readonly date: string;
  readonly before: number;
  readonly planned: number;
};

export type VisitPlan = {
  readonly placed: readonly PlacedVisit[];
  readonly unplaced: readonly UnplacedVisit[];
  /** By date, then area. */
  readonly load: readonly AreaDayLoad[];
};

type Counted = { readonly area: string | null; readonly slot: Slot };

const loadOf = (before: readonly Counted[], planned: readonly Counted[], policy: Policy): AreaDayLoad[] => {
  const rows = new Map<string, { area: string | null; date: string; before: number; planned: number }>();
  const rowOf = ({ area, slot }: Counted) => {
    const { date } = toLocal(ms(slot.start), policy.tz);
    const key = `${date} ${area ?? ''}`;
    const row = rows.get(key) ?? { area, date, before: 0, planned: 0 };
    rows.set(key, row);
    return row;
  };
  for (const one of before) rowOf(one).before += 1;
  for (const one of planned) rowOf(one).planned += 1;
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
};

/** Requests of one likeness have the same visits to choose from. Which part of the day is wished rules nothing out. */
const likeness = ({ area, lines, wishes, offered }: VisitRequest): string =>
  JSON.stringify([
    area,
    lines.internet,
    lines.tv,
    wishes.notBefore ?? null,
    offered === null ? null : offered.map(({ start, end }) => `${start} ${end}`),
  ]);

/**
 * Places a whole queue, the first request first: each gets its best visit of what the ones before it left. The plan
 * itself is held by nothing until its proposals are written.
 */
export const planVisits = (
  requests: readonly VisitRequest[],
  world: AssignWorld,
  options: AssignOptions = {},
): VisitPlan => {
  const ready = indexed(world);
  const placed: PlacedVisit[] = [];
  const unplaced: UnplacedVisit[] = [];
  const planned: Counted[] = [];
  const hasTime = new Set(world.occupied.map(({ orderId }) => orderId));
  // A plan only ever takes time away: what could not be placed once need not be tried again for an order of the same
  // likeness, which is what keeps an overfull queue fast. An order that holds time itself has that time besides.
  const hopeless = new Map<string, readonly WhyNoneCode[]>();
  for (const request of requests) {
    const { orderId, area } = request;
    const like = likeness(request);
    const known = hasTime.has(orderId) ? undefined : hopeless.get(like);
    if (known !== undefined) {
      unplaced.push({ orderId, why: known });
      continue;
    }
    const choice = chooseIndexed(askedOf(request), options, ready);
    if (choice.kind === 'none') {
      hopeless.set(like, choice.why);
      unplaced.push({ orderId, why: choice.why });
      continue;
    }
    const { slot, technicianId, reasons } = choice.visit;
    ready.calendar.add({ orderId, technicianId, slot, kind: 'held', area });
    placed.push({ orderId, slot, technicianId, reasons });
    planned.push({ area, slot });
  }
  return { placed, unplaced, load: loadOf(world.occupied, planned, world.policy) };
};
