import type { Policy } from '../policy.ts';
import { overlaps, type Span, spanOf } from '../scheduling/slots.ts';
import type { Occupied } from '../technician.ts';
import { toLocal } from '../time/zone.ts';

/** One visit or hold of a technician. */
type Busy = Span & { readonly orderId: string; readonly area: string | null; readonly date: string };

/** What a technician does on one day, without the order that asks. */
export type DayLoad = { readonly visits: number; readonly sameArea: number };

/** Busy time by technician and local day, so that a choice looks at a handful of visits and never at all of them. */
export type BusyCalendar = {
  readonly add: (occupied: Occupied) => void;
  readonly isFree: (technicianId: string, date: string, span: Span, orderId: string) => boolean;
  readonly load: (technicianId: string, date: string, area: string | null, orderId: string) => DayLoad;
};

const MINUTE_MS = 60_000;
const NONE: readonly Busy[] = [];

export const busyCalendar = (occupied: readonly Occupied[], policy: Policy): BusyCalendar => {
  const { travelMinutes } = policy.visits;
  const byTechnician = new Map<string, Map<string, Busy[]>>();

  const on = (technicianId: string, date: string): readonly Busy[] =>
    byTechnician.get(technicianId)?.get(date) ?? NONE;

  const add = ({ technicianId, orderId, slot, area }: Occupied): void => {
    const span = spanOf(slot);
    const busy = { ...span, orderId, area, date: toLocal(span.start, policy.tz).date };
    const days = byTechnician.get(technicianId) ?? new Map<string, Busy[]>();
    byTechnician.set(technicianId, days);
    // Under every day that the visit and its travel touch, so that a visit near midnight is seen from both sides.
    const from = toLocal(span.start - travelMinutes * MINUTE_MS, policy.tz).date;
    const to = toLocal(span.end + travelMinutes * MINUTE_MS, policy.tz).date;
    for (const date of new Set([from, busy.date, to])) {
      const list = days.get(date);
      if (list === undefined) days.set(date, [busy]);
      else list.push(busy);
    }
  };
  for (const one of occupied) add(one);

  return {
    add,
    isFree: (technicianId, date, span, orderId) =>
      on(technicianId, date).every(
        (busy) => busy.orderId === orderId || !overlaps(busy, span, travelMinutes),
      ),
    load: (technicianId, date, area, orderId) => {
      let visits = 0;
      let sameArea = 0;
      for (const busy of on(technicianId, date)) {
        if (busy.orderId === orderId || busy.date !== date) continue;
        visits += 1;
        if (area !== null && busy.area === area) sameArea += 1;
      }
      return { visits, sameArea };
    },
  };
};
