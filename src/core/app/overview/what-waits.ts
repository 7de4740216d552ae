import type { OrderQuery, OrderView } from '../../ports/order-view.ts';
import type { Tx } from '../../ports/store.ts';
import { type LateReading, lateBefore } from '../../rules/late.ts';
import type { Stage } from '../../rules/stage.ts';
import { iso, ms } from '../../time/iso.ts';
import { addDays, fromLocal, toLocal } from '../../time/zone.ts';
import { type Role, roleOf, technicianOf } from '../../values/actor.ts';
import { assertNever } from '../../values/assert-never.ts';
import { type OrderSummary, orderSummary } from '../../views/order-summary.ts';
import { MASKED } from '../../views/personal.ts';
import type { AppDeps } from '../deps.ts';
import { readLateReading } from './read-forecast.ts';

/**
 * What waits for a person. overdue: own visits of earlier days without a result; today: own visits of today; calls: calls that are due;
 * plan: no visit is held yet; unreached: customers to be reached first.
 */
export type Waiting =
  | 'overdue'
  | 'today'
  | 'calls'
  | 'plan'
  | 'unreached'
  | 'held'
  | 'late'
  | 'doubt'
  | 'open';

/** What each role looks after, the most urgent first. */
const OF_ROLE: Readonly<Record<Role, readonly Waiting[]>> = {
  supervisor: ['late', 'held', 'doubt', 'calls', 'plan', 'unreached', 'open'],
  cs: ['unreached', 'late', 'held', 'open'],
  dispatcher: ['plan', 'calls', 'late', 'held', 'open'],
  tm: ['calls', 'plan', 'unreached', 'late'],
  technician: ['overdue', 'today'],
  noc: ['held', 'doubt', 'late'],
  batch: ['open', 'held'],
  system: ['open', 'held'],
};

/** `isMore`: it was not counted to the end. */
export type WaitingCount = { readonly what: Waiting; readonly orders: number; readonly isMore: boolean };

type Reader = Pick<AppDeps, 'store' | 'clock' | 'policy' | 'actor'>;

/** How far a queue is counted, and how many orders are offered to choose from. */
const COUNTED = 500;

const AT_WORK: readonly Stage[] = ['scheduled', 'dispatched', 'on-site'];

type Wanted = {
  readonly query: Omit<OrderQuery, 'limit'>;
  /** What the query cannot say. */
  readonly fits?: (view: OrderView) => boolean;
};

type Asking = {
  readonly now: number;
  readonly tz: string;
  readonly actor: string;
  readonly late: LateReading;
};

const wantedOf = (what: Waiting, { now, tz, actor, late }: Asking): Wanted => {
  const { date } = toLocal(now, tz);
  const startOf = (day: string): string => iso(fromLocal(day, 0, tz).at);
  const technicianId = technicianOf(actor) ?? '';
  switch (what) {
    case 'overdue':
      return { query: { technicianId, stages: AT_WORK, visitTo: startOf(date), sort: 'visit' } };
    case 'today': {
      const visits = { visitFrom: startOf(date), visitTo: startOf(addDays(date, 1)) };
      return { query: { technicianId, stages: AT_WORK, ...visits, sort: 'visit' } };
    }
    case 'calls': {
      const isDue = ({ calls }: OrderView): boolean => calls.nextAt !== null && ms(calls.nextAt) <= now;
      return { query: { stages: ['tm-queue'], sort: 'nextCall' }, fits: isDue };
    }
    case 'plan':
      return { query: { stages: ['tm-queue'], sort: 'nextCall' }, fits: ({ visit }) => visit === null };
    case 'unreached':
      return { query: { stages: ['customer-pending'], sort: 'stageSince' } };
    case 'held':
      return { query: { stages: ['held'], sort: 'stageSince' } };
    case 'late':
      return { query: { lateBefore: lateBefore(late, 'hazard'), sort: 'stageSince' } };
    case 'doubt':
      return { query: { open: true, inDoubt: true, sort: 'stageSince' } };
    case 'open':
      return { query: { open: true, sort: '-updated' } };
    default:
      return assertNever(what);
  }
};

const counted = async (
  tx: Pick<Tx, 'views'>,
  what: Waiting,
  { query, fits }: Wanted,
): Promise<WaitingCount> => {
  if (fits === undefined) return { what, orders: await tx.views.count(query), isMore: false };
  const { items, nextCursor } = await tx.views.list({ ...query, limit: COUNTED });
  return { what, orders: items.filter(fits).length, isMore: nextCursor !== null };
};

/** How much waits for whoever acts, by what their role looks after. Nobody's data is read. */
export const whatWaits = ({ store, clock, policy, actor }: Reader): Promise<readonly WaitingCount[]> =>
  store.read(async (tx) => {
    const now = clock.now();
    const late = await readLateReading(tx, { now, policy });
    const role = roleOf(actor);
    const counts: WaitingCount[] = [];
    for (const what of role === null ? [] : OF_ROLE[role]) {
      counts.push(await counted(tx, what, wantedOf(what, { now, tz: policy.tz, actor, late })));
    }
    return counts;
  });

/** The orders of one of these, masked, in the order in which they are taken up. */
export const waitingOrders = (
  { store, clock, policy, actor }: Reader,
  what: Waiting,
): Promise<readonly OrderSummary[]> =>
  store.read(async (tx) => {
    const now = clock.now();
    const late = await readLateReading(tx, { now, policy });
    const { query, fits = () => true } = wantedOf(what, { now, tz: policy.tz, actor, late });
    const { items } = await tx.views.list({ ...query, limit: COUNTED });
    const views = items.filter(fits);
    const contacts = await tx.vault.contacts(views.map(({ orderId }) => orderId));
    return views.map((view) =>
      orderSummary(view, { ...late, sight: MASKED, contact: contacts.get(view.orderId) }),
    );
  });
