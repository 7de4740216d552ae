import type { Stage } from '../rules/stage.ts';
import { ms } from '../time/iso.ts';
import { MINUTE_MS } from '../time/units.ts';
import type { Travel } from '../travel/travel.ts';

/** An agreed visit of one technician's day. Times are UTC ISO 8601. */
export type DayVisit = {
  readonly orderId: string;
  readonly stage: Stage;
  readonly stageSince: string;
  readonly start: string;
  readonly end: string;
  readonly area: string | null;
};

/** Now (epoch ms), and how long the ways between areas are. */
export type Outlook = { readonly now: number; readonly travel: Pick<Travel, 'minutes'> };

/** When a visit that is still to come will begin, and by when it should. Epoch ms, and by how many ms it is behind its slot. */
export type Expected = { readonly start: number; readonly dueAt: number; readonly delayMs: number };

/**
 * When the remaining visits of one technician's day will begin, by order id, if every one takes as long as it was planned
 * for: none before the one before it is over and the way there is gone. One that is going on ends when its time on site is
 * used up, at the earliest now. Visits that are over take no time any more.
 */
export const expectedDay = (
  visits: readonly DayVisit[],
  { now, travel }: Outlook,
): ReadonlyMap<string, Expected> => {
  const byStart = [...visits].sort((a, b) => ms(a.start) - ms(b.start));
  const going = byStart.filter(({ stage }) => stage === 'on-site');
  // A first visit that is simply late counts no travel: where the technician is then, the log does not know.
  let free: { readonly at: number; readonly area: string | null } | null = null;
  for (const visit of going) {
    const at = endOf(visit, now);
    if (free === null || at >= free.at) free = { at, area: visit.area };
  }
  const expected = new Map<string, Expected>();
  for (const visit of byStart) {
    if (visit.stage !== 'scheduled' && visit.stage !== 'dispatched') continue;
    const planned = ms(visit.start);
    // A way that no technician can drive has no known length, and counts as none.
    const way: number = free === null ? 0 : (travel.minutes(free.area, visit.area) ?? 0) * MINUTE_MS;
    const start: number = Math.max(planned, now, free === null ? 0 : free.at + way);
    expected.set(visit.orderId, { start, dueAt: planned, delayMs: start - planned });
    free = { at: start + ms(visit.end) - planned, area: visit.area };
  }
  return expected;
};

const endOf = ({ stageSince, start, end }: DayVisit, now: number): number =>
  Math.max(now, ms(stageSince) + ms(end) - ms(start));

/** The same for visits of any number of technicians. */
export const expectedDays = (
  visits: readonly (DayVisit & { readonly technicianId: string })[],
  options: Outlook,
): ReadonlyMap<string, Expected> => {
  const days = new Map<string, DayVisit[]>();
  for (const visit of visits) {
    const day = days.get(visit.technicianId) ?? [];
    day.push(visit);
    days.set(visit.technicianId, day);
  }
  return new Map([...days.values()].flatMap((day) => [...expectedDay(day, options)]));
};
