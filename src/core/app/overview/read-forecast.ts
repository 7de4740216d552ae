import type { OrderView } from '../../ports/order-view.ts';
import type { Tx } from '../../ports/store.ts';
import type { LateReading } from '../../rules/late.ts';
import type { Policy } from '../../rules/policy.ts';
import { type DayVisit, type Expected, expectedDays } from '../../technicians/forecast.ts';
import { daySpan } from '../../technicians/technician-day.ts';
import { iso } from '../../time/iso.ts';
import { toLocal } from '../../time/zone.ts';
import { readTravel } from '../../travel/read-travel.ts';
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

/** How lateness is judged now, with the forecast. */
type Reading = LateReading & { readonly forecast: ReadonlyMap<string, Expected> };

/** Stages of the visits that still take a technician's time today. */
const AHEAD = ['scheduled', 'dispatched', 'on-site'] as const;

/**
 * What lateness is judged by now (epoch ms): every screen reads it here, so that all tell the same. The forecast is of the
 * visits of today, of every technician or of one.
 */
export const readLateReading = async (
  tx: Pick<Tx, 'views' | 'travel'>,
  {
    now,
    policy,
    technicianId,
  }: { readonly now: number; readonly policy: Policy; readonly technicianId?: string },
): Promise<Reading> => {
  const { start, end } = daySpan(toLocal(now, policy.tz).date, policy.tz);
  const visits: ReturnType<typeof agreedVisit>[number][] = [];
  const query = {
    stages: AHEAD,
    visitFrom: iso(start),
    visitTo: iso(end),
    sort: 'visit',
    ...(technicianId === undefined ? {} : { technicianId }),
  } as const;
  for await (const view of everyView(tx, query)) visits.push(...agreedVisit(view));
  if (visits.length === 0) return { now, policy, forecast: new Map() };
  return { now, policy, forecast: expectedDays(visits, { now, travel: await readTravel(tx, policy) }) };
};

/** The same for one order: without a look at the others where its visit does not wait to begin. */
export const readLateOf = (
  tx: Pick<Tx, 'views' | 'travel'>,
  { stage, visit }: Pick<OrderView, 'stage' | 'visit'>,
  { now, policy }: { readonly now: number; readonly policy: Policy },
): Promise<Reading> =>
  visit?.status === 'agreed' && (stage === 'scheduled' || stage === 'dispatched')
    ? readLateReading(tx, { now, policy, technicianId: visit.technicianId })
    : Promise.resolve({ now, policy, forecast: new Map() });
