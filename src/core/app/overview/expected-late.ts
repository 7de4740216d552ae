import type { OrderView } from '../../ports/order-view.ts';
import { lateOf } from '../../rules/late.ts';
import { type DayVisit, expectedDays } from '../../technicians/forecast.ts';
import { daySpan } from '../../technicians/technician-day.ts';
import { iso } from '../../time/iso.ts';
import { MINUTE_MS } from '../../time/units.ts';
import { toLocal } from '../../time/zone.ts';
import { readTravel } from '../../travel/read-travel.ts';
import type { AppDeps } from '../deps.ts';
import { everyView } from '../every-view.ts';

/** The visit of an order as the forecast takes it; none when nothing is agreed. */
export const agreedVisit = ({
  orderId,
  stage,
  stageSince,
  visit,
  area,
}: OrderView): readonly (DayVisit & { readonly technicianId: string })[] => {
  if (visit === null || visit.status !== 'agreed') return [];
  const { start, end, technicianId } = visit;
  return [{ orderId, stage, stageSince, start, end, area, technicianId }];
};

/** A visit of today that will begin late although nothing is late about the order itself yet. Times are UTC ISO 8601. */
export type ExpectedLate = {
  readonly orderId: string;
  readonly technicianId: string;
  readonly start: string;
  readonly expectedStart: string;
};

/** By the time of the visit. */
export const expectedLateToday = ({
  store,
  clock,
  policy,
}: Pick<AppDeps, 'store' | 'clock' | 'policy'>): Promise<readonly ExpectedLate[]> =>
  store.read(async (tx) => {
    const now = clock.now();
    const { start, end } = daySpan(toLocal(now, policy.tz).date, policy.tz);
    const visits: ReturnType<typeof agreedVisit>[number][] = [];
    const query = {
      stages: ['scheduled', 'dispatched', 'on-site'],
      visitFrom: iso(start),
      visitTo: iso(end),
      sort: 'visit',
    } as const;
    const late = new Set<string>();
    for await (const view of everyView(tx, query)) {
      visits.push(...agreedVisit(view));
      if (lateOf(view, now, policy) !== null) late.add(view.orderId);
    }
    const expected = expectedDays(visits, { now, travel: await readTravel(tx, policy) });
    return visits.flatMap(({ orderId, technicianId, start: planned }) => {
      const { start: at = 0, delayMs = 0 } = expected.get(orderId) ?? {};
      return delayMs < MINUTE_MS || late.has(orderId)
        ? []
        : [{ orderId, technicianId, start: planned, expectedStart: iso(at) }];
    });
  });
