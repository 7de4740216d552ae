import type { Priority } from '../../order/events.ts';
import type { OrderView } from '../../ports/order-view.ts';
import type { Tx } from '../../ports/store.ts';
import type { OrderProcess } from '../../process/process.ts';
import { type Late, lateOf, NO_FORECAST } from '../../rules/late.ts';
import type { Policy } from '../../rules/policy.ts';
import type { Stage } from '../../rules/stage.ts';
import { arrivalWindow } from '../../scheduling/arrival-window.ts';
import { NO_TECHNICIAN_HOLD } from '../../scheduling/no-technician.ts';
import type { Slot } from '../../time/slot.ts';
import { type FlatLines, onlyLines } from '../../values/lines.ts';
import { MASKED, type ShownContact, shownContact } from '../../views/personal.ts';
import type { AppDeps } from '../deps.ts';
import { countLate, type LateCount } from '../overview/count-late.ts';
import { readLateReading } from '../overview/read-forecast.ts';
import { readOrder } from '../write-order.ts';

type ReadDeps = Pick<AppDeps, 'store' | 'policy' | 'clock'>;

/** An item of `oss.schedule-queue/1`. Times are UTC ISO 8601. */
export type QueuedOrder = FlatLines & {
  readonly orderId: string;
  readonly stage: Stage;
  readonly stageSince: string;
  readonly priority: Priority;
  readonly area: string | null;
  /** Masked; null: erased. */
  readonly customer: { readonly id: string } & Pick<ShownContact, 'name' | 'phone'>;
  readonly calls: OrderView['calls'];
  /** Held for the customer's word. */
  readonly visit: OrderView['visit'];
  /** The customer has agreed to it, but no technician is free then. */
  readonly agreed: Slot | null;
  /** When the customer was told that somebody arrives, or is to be told; null: at the start of the visit. */
  readonly window: Slot | null;
  readonly late: Late | null;
  /** Minutes in this stage after which the order is late; null: never. */
  readonly thresholdMinutes: number | null;
};

export type QueueQuery = {
  /** Customers who have to be reached first, instead of those who wait for a call. */
  readonly pending: boolean;
  readonly area?: string | undefined;
  /** Only those who have waited too long. */
  readonly late: boolean;
};

type Agreed = OrderProcess['scheduling']['agreed'];

const PAGE = 500;

/**
 * Who waits for the desk: first those whose agreed time no technician can keep, then by due call, priority and age. Read page by
 * page while it is taken.
 */
export async function* deskQueue(deps: ReadDeps, query: QueueQuery): AsyncGenerator<QueuedOrder> {
  if (query.pending) yield* ofStage(deps, 'customer-pending', query);
  else {
    yield* ofStage(deps, 'held', query);
    yield* ofStage(deps, 'tm-queue', query);
  }
}

async function* ofStage(
  { store, policy, clock }: ReadDeps,
  stage: Stage,
  { area, late }: QueueQuery,
): AsyncGenerator<QueuedOrder> {
  // An order that waits for the desk has no agreed visit that could begin late.
  const reading = { now: clock.now(), policy, forecast: NO_FORECAST };
  const threshold = policy.late[stage]?.hazard ?? null;
  let cursor: string | undefined;
  do {
    const page = await store.read(async (tx) => {
      const listed = await tx.views.list({
        stages: [stage],
        sort: 'nextCall',
        limit: PAGE,
        ...(area === undefined ? {} : { area }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      const views = stage === 'held' ? listed.items.filter(isForTechnician) : listed.items;
      const contacts = await tx.vault.contacts(views.map(({ orderId }) => orderId));
      const items: QueuedOrder[] = [];
      for (const view of views) {
        const agreed = stage === 'held' ? await agreedVisit(tx, view.orderId) : null;
        const { name, phone } = shownContact(contacts.get(view.orderId), MASKED);
        items.push({
          ...pick(view),
          customer: { id: view.customerId, name, phone },
          agreed: agreed?.slot ?? null,
          window: agreed === null ? toTell(view, policy) : (agreed.window ?? null),
          late: lateOf(view, reading),
          thresholdMinutes: threshold,
        });
      }
      return { items, nextCursor: listed.nextCursor };
    });
    yield* late ? page.items.filter((item) => item.late !== null) : page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** How many orders are late at all, beside the queue: a visit that is late waits for no call. */
export const lateBesideQueue = ({ store, policy, clock }: ReadDeps): Promise<LateCount> =>
  store.read(async (tx) => countLate(tx, await readLateReading(tx, { now: clock.now(), policy })));

const isForTechnician = ({ holds }: OrderView): boolean =>
  holds.some(({ step }) => step === NO_TECHNICIAN_HOLD);

/** Such orders are few: their stream is read for what the view does not hold. */
const agreedVisit = async (tx: Tx, orderId: string): Promise<Agreed> =>
  (await readOrder(tx, orderId)).scheduling.agreed;

/** What the next call tells of the visit that is held. */
const toTell = ({ visit }: OrderView, policy: Policy): Slot | null =>
  visit === null ? null : (arrivalWindow(visit, policy).window ?? null);

const pick = (view: OrderView) => ({
  orderId: view.orderId,
  stage: view.stage,
  stageSince: view.stageSince,
  priority: view.priority,
  area: view.area,
  ...onlyLines(view),
  calls: view.calls,
  visit: view.visit,
});
