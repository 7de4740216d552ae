import type { Policy } from '../rules/policy.ts';
import { type Span, spanOf } from '../scheduling/slots.ts';
import type { Occupied } from '../technicians/technician.ts';
import { HOUR_MS } from '../time/units.ts';
import { toLocal } from '../time/zone.ts';
import type { Travel } from '../travel/travel.ts';

/** One visit or hold of a technician. */
export type Busy = Span & { readonly orderId: string; readonly area: string | null; readonly date: string };

/** What a technician does on one day, without the order that asks. */
export type DayLoad = { readonly visits: number; readonly sameArea: number };

/** Busy time by technician and local day, so that a choice looks at a handful of visits and never at all of them. */
export type BusyCalendar = {
  readonly add: (occupied: Occupied) => void;
  /** All that touches that day, travel included. */
  readonly on: (technicianId: string, date: string) => readonly Busy[];
};

const NONE: readonly Busy[] = [];

/** How far before and after it a visit may matter on the other side of midnight. */
const REACH_MS = 4 * HOUR_MS;

export const busyCalendar = (occupied: readonly Occupied[], policy: Policy): BusyCalendar => {
  const byTechnician = new Map<string, Map<string, Busy[]>>();

  const add = ({ technicianId, orderId, slot, area }: Occupied): void => {
    const span = spanOf(slot);
    const busy = { ...span, orderId, area, date: toLocal(span.start, policy.tz).date };
    const days = byTechnician.get(technicianId) ?? new Map<string, Busy[]>();
    byTechnician.set(technicianId, days);
    // Under every day that the visit and its travel touch, so that a visit near midnight is seen from both sides.
    const from = toLocal(span.start - REACH_MS, policy.tz).date;
    const to = toLocal(span.end + REACH_MS, policy.tz).date;
    for (const date of new Set([from, busy.date, to])) {
      const list = days.get(date);
      if (list === undefined) days.set(date, [busy]);
      else list.push(busy);
    }
  };
  for (const one of occupied) add(one);

  return { add, on: (technicianId, date) => byTechnician.get(technicianId)?.get(date) ?? NONE };
};

/** Visits that start on that day, and those of them in the same area; what `orderId` itself occupies is ignored. */
export const dayLoad = (
  busy: readonly Busy[],
  date: string,
  { area, orderId }: { readonly area: string | null; readonly orderId: string },
  travel: Travel,
): DayLoad => {
  let visits = 0;
  let sameArea = 0;
  for (const one of busy) {
    if (one.orderId === orderId || one.date !== date) continue;
    visits += 1;
    if (area !== null && one.area !== null && travel.isSame(one.area, area)) sameArea += 1;
  }
  return { visits, sameArea };
};
