import { type DayRoad, dayRoad } from '../assign/day-road.ts';
import type { Envelope } from '../process/events.ts';
import type { Policy } from '../rules/policy.ts';
import type { Technician } from '../technicians/technician.ts';
import { daySpan } from '../technicians/technician-day.ts';
import { ms } from '../time/iso.ts';
import type { Slot } from '../time/slot.ts';
import { MINUTE_MS } from '../time/units.ts';
import { toLocal } from '../time/zone.ts';
import type { Travel } from '../travel/travel.ts';
import { type Rate, rateOf } from './figures.ts';
import { isWithin, type Window } from './samples.ts';

/** An order as long as it may still be visited. */
type Visited = {
  area: string | null;
  slot: Slot | null;
  startedAt: number | null;
  isFirst: boolean;
};

/** A visit that was made, whatever came of it. Epoch ms. */
type MadeVisit = {
  readonly orderId: string;
  readonly technicianId: string;
  readonly area: string | null;
  readonly slot: Slot;
  /** null: the report does not say when it began, only how it ended. */
  readonly startedAt: number | null;
  readonly endedAt: number;
  readonly isFirst: boolean;
  readonly isDone: boolean;
};

/** What a fold of the log leaves behind. Opaque to callers; changed in place. */
export type VisitReport = {
  readonly open: Map<string, Visited>;
  readonly made: MadeVisit[];
};

export const emptyVisitReport = (): VisitReport => ({ open: new Map(), made: [] });

/** Adds one event of the log, in commit order and from its beginning, in place. */
export const foldVisits = ({ open, made }: VisitReport, event: Envelope): void => {
  const { orderId } = event;
  if (event.type === 'OrderPlaced') {
    open.set(orderId, { area: event.data.area, slot: null, startedAt: null, isFirst: true });
    return;
  }
  const order = open.get(orderId);
  if (order === undefined) return;
  switch (event.type) {
    case 'ContactChanged':
      if (event.data.area !== undefined) order.area = event.data.area;
      return;
    case 'Scheduled':
      order.slot = event.data.visitDateTime;
      order.startedAt = null;
      return;
    case 'VisitRetimed':
      order.slot = event.data.slot;
      return;
    case 'FieldWorkStarted':
      order.startedAt = ms(event.data.occurredAt);
      return;
    case 'FieldWorkCompleted':
    case 'VisitNotDone':
    case 'FieldWorkFailed': {
      const { technicianId, occurredAt } = event.data;
      const { area, slot, startedAt, isFirst } = order;
      const endedAt = ms(occurredAt);
      const isDone = event.type === 'FieldWorkCompleted';
      if (slot !== null) {
        // A start that was only reported with the end says nothing of when it was.
        const known = startedAt === endedAt ? null : startedAt;
        made.push({ orderId, technicianId, area, slot, startedAt: known, endedAt, isFirst, isDone });
      }
      order.isFirst = false;
      order.slot = null;
      order.startedAt = null;
      if (event.type !== 'VisitNotDone') open.delete(orderId);
      return;
    }
    case 'OrderCancelled':
      open.delete(orderId);
      return;
    default:
      // Nothing else moves a visit.
      return;
  }
};

export type VisitFigures = {
  readonly visits: number;
  /** Of orders that were visited for the first time: those that this visit completed. */
  readonly firstVisitSuccess: Rate;
  /** Of visits whose beginning was reported: those that began after the time of grace. */
  readonly lateStarts: Rate;
  readonly driveMinutes: number;
  /** null: no areas were imported. */
  readonly driveMetres: number | null;
};

/** By area: its name; null: not known. By technician: the id. */
export type VisitFiguresOf = VisitFigures & { readonly key: string | null };

export type VisitReportRows = { readonly rows: readonly VisitFiguresOf[]; readonly total: VisitFigures };

export type VisitReportBy = 'area' | 'technician';

export type VisitReportAsked = {
  readonly by: VisitReportBy;
  readonly window: Window;
  readonly technicians: readonly Technician[];
  readonly travel: Travel;
  readonly policy: Policy;
};

type Sum = {
  visits: number;
  first: number;
  firstDone: number;
  started: number;
  late: number;
  minutes: number;
  metres: number;
};

const noSum = (): Sum => ({
  visits: 0,
  first: 0,
  firstDone: 0,
  started: 0,
  late: 0,
  minutes: 0,
  metres: 0,
});

/**
 * The visits that ended within the window, by area or by technician, the most visited first. The ways are those of the
 * days as they were driven, from and to the base, estimated with the areas of today; a way counts for the area that it
 * leads to, and the last one home for the area that it leaves.
 */
export const visitReportRows = (
  { made }: VisitReport,
  { by, window, technicians, travel, policy }: VisitReportAsked,
): VisitReportRows => {
  const visits = made.filter(({ endedAt }) => isWithin(endedAt, window));
  const sums = new Map<string | null, Sum>();
  const total = noSum();
  const of = (key: string | null): Sum => {
    const sum = sums.get(key) ?? noSum();
    sums.set(key, sum);
    return sum;
  };
  const keyOf = ({ area, technicianId }: MadeVisit): string | null => (by === 'area' ? area : technicianId);
  for (const visit of visits) for (const sum of [of(keyOf(visit)), total]) addVisit(sum, visit, policy);
  const bases = new Map(technicians.map(({ technicianId, base }) => [technicianId, base ?? null]));
  for (const day of technicianDays(visits, policy.tz).values()) {
    const byOrder = new Map(day.visits.map((visit) => [visit.orderId, visit]));
    for (const leg of roadOfDay(day, bases.get(day.technicianId) ?? null, { travel, policy }).legs) {
      const visit = byOrder.get(leg.to ?? leg.from ?? '');
      if (visit === undefined) continue;
      for (const sum of [of(keyOf(visit)), total]) {
        sum.minutes += leg.minutes ?? 0;
        sum.metres += leg.metres ?? 0;
      }
    }
  }
  const figures = (sum: Sum): VisitFigures => figuresOf(sum, travel.version !== null);
  const rows = [...sums]
    .sort(([a, x], [b, y]) => y.visits - x.visits || ((a ?? '') < (b ?? '') ? -1 : 1))
    .map(([key, sum]) => ({ key, ...figures(sum) }));
  return { rows, total: figures(total) };
};

const addVisit = (sum: Sum, { slot, startedAt, isFirst, isDone }: MadeVisit, { visits }: Policy): void => {
  sum.visits += 1;
  if (isFirst) sum.first += 1;
  if (isFirst && isDone) sum.firstDone += 1;
  if (startedAt === null) return;
  sum.started += 1;
  if (startedAt > ms(slot.start) + visits.graceMinutes * MINUTE_MS) sum.late += 1;
};

const figuresOf = (sum: Sum, isKnown: boolean): VisitFigures => ({
  visits: sum.visits,
  firstVisitSuccess: rateOf(sum.firstDone, sum.first),
  lateStarts: rateOf(sum.late, sum.started),
  driveMinutes: sum.minutes,
  driveMetres: isKnown ? sum.metres : null,
});

type TechnicianDay = {
  readonly technicianId: string;
  readonly date: string;
  readonly visits: MadeVisit[];
};

const technicianDays = (visits: readonly MadeVisit[], tz: string): ReadonlyMap<string, TechnicianDay> => {
  const days = new Map<string, TechnicianDay>();
  for (const visit of visits) {
    const { date } = toLocal(beganAt(visit), tz);
    const key = `${visit.technicianId} ${date}`;
    const day = days.get(key) ?? { technicianId: visit.technicianId, date, visits: [] };
    day.visits.push(visit);
    days.set(key, day);
  }
  return days;
};

const beganAt = ({ startedAt, slot }: MadeVisit): number => startedAt ?? ms(slot.start);

const roadOfDay = (
  { visits, date }: TechnicianDay,
  base: string | null,
  { travel, policy }: Pick<VisitReportAsked, 'travel' | 'policy'>,
): DayRoad =>
  dayRoad(
    visits.map((visit) => ({
      orderId: visit.orderId,
      area: visit.area,
      start: beganAt(visit),
      end: Math.max(beganAt(visit), visit.endedAt),
    })),
    { base, working: daySpan(date, policy.tz), travel, breakMinutes: 0 },
  );
