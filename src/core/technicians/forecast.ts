import type { Stage } from '../rules/stage.ts';
import { ms } from '../time/iso.ts';

/** An agreed visit of one technician's day. Times are UTC ISO 8601. */
export type DayVisit = {
  readonly orderId: string;
  readonly stage: Stage;
  readonly stageSince: string;
  readonly start: string;
  readonly end: string;
};

/** When a visit that is still to come will begin. Epoch ms, and by how many ms that is after its slot begins. */
export type Expected = { readonly start: number; readonly delayMs: number };

/**
 * When the remaining visits of one technician's day will begin, by order id, if every one takes as long as it was planned
 * for: none before the one before it is over and the way there is gone. One that is going on ends when its time on site is
 * used up, at the earliest now. Visits that are over take no time any more.
 */
export const expectedDay = (
  visits: readonly DayVisit[],
  { now, travelMinutes }: { readonly now: number; readonly travelMinutes: number },
): ReadonlyMap<string, Expected> => {
  const byStart = [...visits].sort((a, b) => ms(a.start) - ms(b.start));
  const going = byStart.filter(({ stage }) => stage === 'on-site').map((visit) => endOf(visit, now));
  // A first visit that is simply late counts no travel: where the technician is then, the log does not know.
  let freeAt = going.length === 0 ? null : Math.max(...going);
  const expected = new Map<string, Expected>();
  for (const visit of byStart) {
    if (visit.stage !== 'scheduled' && visit.stage !== 'dispatched') continue;
    const planned = ms(visit.start);
    const start = Math.max(planned, now, freeAt === null ? 0 : freeAt + travelMinutes * 60_000);
    expected.set(visit.orderId, { start, delayMs: start - planned });
    freeAt = start + ms(visit.end) - planned;
  }
  return expected;
};

const endOf = ({ stageSince, start, end }: DayVisit, now: number): number =>
  Math.max(now, ms(stageSince) + ms(end) - ms(start));

/** The same for visits of any number of technicians. */
export const expectedDays = (
  visits: readonly (DayVisit & { readonly technicianId: string })[],
  options: { readonly now: number; readonly travelMinutes: number },
): ReadonlyMap<string, Expected> => {
  const days = new Map<string, DayVisit[]>();
  for (const visit of visits) {
    const day = days.get(visit.technicianId) ?? [];
    day.push(visit);
    days.set(visit.technicianId, day);
  }
  return new Map([...days.values()].flatMap((day) => [...expectedDay(day, options)]));
};
