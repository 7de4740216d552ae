import type { OrderView } from '../../ports/order-view.ts';
import type { Store, Tx } from '../../ports/store.ts';
import { type LateReading, type LateVisit, lateVisitOf } from '../../rules/late.ts';
import type { Policy } from '../../rules/policy.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { Milestone, Stage } from '../../rules/stage.ts';
import { ms } from '../../time/iso.ts';
import { MINUTE_MS } from '../../time/units.ts';
import { toLocal } from '../../time/zone.ts';
import { type FlatLines, onlyLines } from '../../values/lines.ts';
import { readLateOf } from '../overview/read-forecast.ts';

/**
 * How an agreed visit stands for the customer at the door: it will come as agreed, the technician is on the way, will come late
 * because the day runs behind, or did not come in time.
 */
export type Arrival = 'agreed' | 'coming' | 'delayed' | 'late';

/** What a subscriber reads of an own order: no personal data, nothing of the inside. Times are UTC ISO 8601. */
export type MyOrder = FlatLines & {
  readonly orderId: string;
  readonly stage: Stage;
  readonly stageSince: string;
  readonly milestone: Milestone;
  /** Only an agreed one. */
  readonly visit: {
    readonly start: string;
    readonly end: string;
    /** When we said that somebody arrives; absent: at its start. */
    readonly window?: { readonly start: string; readonly end: string };
  } | null;
  /** Of a visit that has not begun; null: there is none to wait for. */
  readonly arrival: Arrival | null;
  /** About when a delayed technician comes; null for everything else. */
  readonly expectedAt: string | null;
  readonly placedAt: string;
  readonly updatedAt: string;
};

/** Who reads this, and when: epoch ms. */
type Reading = { readonly policy: Policy; readonly now: number };

/** A technician who is handed a visit a day before is not on the way yet: that is said in the last hour before it, of its day. */
const COMING_MINUTES = 60;

const promisedVisit = ({ visit }: OrderView): MyOrder['visit'] => {
  if (visit?.status !== 'agreed') return null;
  const { start, end, window } = visit;
  return { start, end, ...(window === undefined ? {} : { window }) };
};

/** Behind the plan, and still within the arrival window that the customer was told: nothing was promised that is not kept. */
const keepsWindow = (
  { visit }: OrderView,
  { expectedAt }: Pick<LateVisit, 'expectedAt'>,
  { now, policy }: LateReading,
): boolean =>
  visit?.window !== undefined &&
  (expectedAt === null ? now : ms(expectedAt)) <=
    ms(visit.window.end) + policy.visits.graceMinutes * MINUTE_MS;

type Coming = Pick<MyOrder, 'arrival' | 'expectedAt'>;

const arrivalOf = (view: OrderView, reading: LateReading): Coming => {
  const { visit, stage } = view;
  if (visit?.status !== 'agreed' || (stage !== 'scheduled' && stage !== 'dispatched')) {
    return { arrival: null, expectedAt: null };
  }
  const late = lateVisitOf(view, reading);
  if (late !== null && !keepsWindow(view, late, reading)) {
    return { arrival: late.what === 'expected' ? 'delayed' : 'late', expectedAt: late.expectedAt };
  }
  const { policy, now } = reading;
  const start = ms(visit.start);
  const isToday = toLocal(start, policy.tz).date === toLocal(now, policy.tz).date;
  const isNear = isToday && now >= start - COMING_MINUTES * MINUTE_MS;
  return { arrival: stage === 'dispatched' && isNear ? 'coming' : 'agreed', expectedAt: null };
};

const myOrder = async (tx: Tx, view: OrderView, reading: Reading): Promise<MyOrder> => ({
  orderId: view.orderId,
  stage: view.stage,
  stageSince: view.stageSince,
  milestone: view.milestone,
  ...onlyLines(view),
  visit: promisedVisit(view),
  ...arrivalOf(view, await readLateOf(tx, view, reading)),
  placedAt: view.placedAt,
  updatedAt: view.updatedAt,
});

/** Every order under a phone number, the latest first. Nothing under it: none. */
export const ordersOfPhone = (store: Store, phone: string, reading: Reading): Promise<readonly MyOrder[]> =>
  store.read(async (tx) => {
    const found: OrderView[] = [];
    for (const { customerId } of await tx.vault.customersByPhone(phone)) {
      for (const orderId of await tx.vault.ordersOf(customerId)) {
        const view = await tx.views.get(orderId);
        if (view !== null) found.push(view);
      }
    }
    const orders: MyOrder[] = [];
    for (const view of found.sort((a, b) => b.placedAt.localeCompare(a.placedAt))) {
      orders.push(await myOrder(tx, view, reading));
    }
    return orders;
  });

/**
 * One order, for a reader who knows its number and the last four digits of its phone. It refuses an order that does not
 * exist, one of another phone, and one of an erased customer in the same words after the same reads: no guess shows
 * which numbers exist. Throws MYPAGE_NOT_FOUND.
 */
export const orderOfPair = (
  store: Store,
  { orderId, phoneLast4 }: { readonly orderId: string; readonly phoneLast4: string },
  reading: Reading,
): Promise<MyOrder> =>
  store.read(async (tx) => {
    const digits = await digitsOf(tx, orderId);
    const view = await tx.views.get(orderId);
    if (view === null || digits.slice(-4) !== phoneLast4) throw new Refusal('MYPAGE_NOT_FOUND', {});
    return myOrder(tx, view, reading);
  });

const digitsOf = async (tx: Tx, orderId: string): Promise<string> =>
  ((await tx.vault.contacts([orderId])).get(orderId)?.phone ?? '').replace(/\D/g, '');
