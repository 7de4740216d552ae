import { type DayRoad, dayRoad } from '../../assign/day-road.ts';
import { roadDay } from '../../assign/rules.ts';
import type { Priority } from '../../order/events.ts';
import type { OrderView } from '../../ports/order-view.ts';
import type { Tx } from '../../ports/store.ts';
import { type LateReading, type LateVisit, lateVisitOf } from '../../rules/late.ts';
import type { Stage } from '../../rules/stage.ts';
import { slotOf, spanOf } from '../../scheduling/slots.ts';
import type { Technician } from '../../technicians/technician.ts';
import { daySpan, freeGaps, workingSpan } from '../../technicians/technician-day.ts';
import { iso, ms } from '../../time/iso.ts';
import type { Slot } from '../../time/slot.ts';
import { MINUTE_MS } from '../../time/units.ts';
import { toLocal } from '../../time/zone.ts';
import { readTravel } from '../../travel/read-travel.ts';
import { type FlatLines, onlyLines } from '../../values/lines.ts';
import type { AppDeps } from '../deps.ts';
import { everyView, waitingForVisit } from '../every-view.ts';
import { readLateReading } from '../overview/read-forecast.ts';
import { visitsOn } from '../technicians/technicians.ts';

type ReadDeps = Pick<AppDeps, 'store' | 'policy' | 'clock'>;

/** A visit that is late (`lateVisitOf`), or will be (`expected`). `minutes`: by how much. */
export type BoardLate = {
  readonly what: LateVisit['what'];
  readonly minutes: number;
};

export type BoardVisit = {
  readonly orderId: string;
  readonly start: string;
  readonly end: string;
  /** When the customer was told that somebody arrives; null: at its start, or nothing was told yet. */
  readonly window: Slot | null;
  readonly status: 'held' | 'agreed';
  readonly area: string | null;
  readonly stage: Stage;
  readonly late: BoardLate | null;
};

/** A way between two visits, or from or to the base (null). `start` to `end`: when it is driven at the latest, UTC ISO. */
export type BoardLeg = {
  readonly from: string | null;
  readonly to: string | null;
  readonly minutes: number | null;
  readonly start: string | null;
  readonly end: string | null;
  /** false: cannot be driven in the time that there is. */
  readonly isDrivable: boolean;
};

/** `metres` null: no areas were imported. */
export type BoardRoad = {
  readonly legs: readonly BoardLeg[];
  readonly minutes: number;
  readonly metres: number | null;
};

/** One technician's day. Times are UTC ISO 8601. */
export type BoardRow = {
  readonly technicianId: string;
  readonly name: string;
  readonly areas: readonly string[];
  /** null: off that day. */
  readonly working: { readonly start: string; readonly end: string } | null;
  readonly dailyLimit: number;
  readonly visits: readonly BoardVisit[];
  /** The ways of the day. */
  readonly road: BoardRoad;
  /** Where a visit still fits. */
  readonly free: readonly { readonly start: string; readonly end: string }[];
};

export type Unassigned = FlatLines & {
  readonly orderId: string;
  readonly priority: Priority;
  readonly area: string | null;
  readonly stageSince: string;
};

/** `oss.board/1` without its schema. */
export type Board = {
  readonly date: string;
  readonly items: readonly BoardRow[];
  /** Orders without a proposal, by priority and age; at most `UNASSIGNED_SHOWN`. */
  readonly unassigned: readonly Unassigned[];
  readonly moreUnassigned: boolean;
};

export type BoardQuery = { readonly date: string; readonly area?: string | undefined };

const UNASSIGNED_SHOWN = 20;

/** Who is where on one local day, and who waits beside it. */
export const readBoard = ({ store, policy, clock }: ReadDeps, query: BoardQuery): Promise<Board> =>
  store.read(async (tx) => {
    const { date, area } = query;
    const now = clock.now();
    const all = await tx.technicians.list();
    const technicians = all.filter((one) => area === undefined || one.areas.includes(area));
    const occupied = await visitsOn(tx, { from: date, to: date }, { tz: policy.tz });
    const views = await viewsOn(tx, date, policy.tz);
    const { firstLineMinutes: leastMinutes, travelMinutes } = policy.visits;
    const travel = await readTravel(tx, policy);
    const reading = await readLateReading(tx, { now, policy });
    const rowOf = (technician: Technician): BoardRow => {
      const { technicianId, name, areas, dailyLimit } = technician;
      const working = workingSpan(technician, date, policy.tz);
      const own = occupied.filter((one) => one.technicianId === technicianId);
      // Of today only what is still to come is free.
      const ahead = working && { start: Math.max(working.start, now), end: working.end };
      const stops = own
        .filter(({ slot }) => date === toLocal(ms(slot.start), policy.tz).date)
        .map(({ orderId, slot, area: where }) => ({ ...spanOf(slot), orderId, area: where }));
      const road = dayRoad(stops, roadDay(technician, working, { travel, policy }));
      const gaps = ahead === null ? [] : freeGaps(ahead, own, { travelMinutes, leastMinutes });
      return {
        technicianId,
        name,
        areas,
        working: working === null ? null : slotOf(working),
        dailyLimit,
        visits: views.flatMap((view) => boardVisits(view, technicianId, reading)),
        road: roadOf(road, travel.version !== null),
        free: gaps.map(slotOf),
      };
    };
    const waiting = await unassigned(tx, area);
    return {
      date,
      items: technicians.map(rowOf),
      unassigned: waiting.slice(0, UNASSIGNED_SHOWN),
      moreUnassigned: waiting.length > UNASSIGNED_SHOWN,
    };
  });

const roadOf = ({ legs, minutes, metres }: DayRoad, isKnown: boolean): BoardRoad => ({
  legs: legs.map(({ from, to, minutes: takes, span, isDrivable }) => {
    const { start, end } = span === null ? { start: null, end: null } : slotOf(span);
    return { from, to, minutes: takes, start, end, isDrivable };
  }),
  minutes,
  metres: isKnown ? metres : null,
});

const viewsOn = async (tx: Tx, date: string, tz: string): Promise<readonly OrderView[]> => {
  const { start, end } = daySpan(date, tz);
  const views: OrderView[] = [];
  const query = { visitFrom: iso(start), visitTo: iso(end), sort: 'visit' } as const;
  for await (const view of everyView(tx, query)) views.push(view);
  return views;
};

const boardVisits = (view: OrderView, technicianId: string, reading: LateReading): readonly BoardVisit[] => {
  const { orderId, visit, area, stage } = view;
  if (visit === null || visit.technicianId !== technicianId) return [];
  const { start, end, window = null, status } = visit;
  const late = lateNow(lateVisitOf(view, reading), reading.now);
  return [{ orderId, start, end, window, status, area, stage, late }];
};

const lateNow = (late: LateVisit | null, now: number): BoardLate | null => {
  if (late === null) return null;
  const at = late.expectedAt === null ? now : ms(late.expectedAt);
  return { what: late.what, minutes: Math.floor((at - ms(late.dueAt)) / MINUTE_MS) };
};

/** The first of the queue without a proposal, and one more. */
const unassigned = async (tx: Tx, area: string | undefined): Promise<readonly Unassigned[]> => {
  const found: Unassigned[] = [];
  for await (const view of waitingForVisit(tx, area)) {
    found.push(pick(view));
    if (found.length > UNASSIGNED_SHOWN) break;
  }
  return found;
};

const pick = (view: OrderView): Unassigned => ({
  orderId: view.orderId,
  priority: view.priority,
  area: view.area,
  ...onlyLines(view),
  stageSince: view.stageSince,
});
