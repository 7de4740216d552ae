import type { Store } from '../../ports/store.ts';
import { mustExist } from '../../process/legal.ts';
import { lateOf, NO_FORECAST } from '../../rules/late.ts';
import type { Stage } from '../../rules/stage.ts';
import { type FalloutItem, type FalloutOrder, falloutItems, falloutOrder } from '../../views/fallout.ts';
import type { AppDeps } from '../deps.ts';
import { everyView } from '../every-view.ts';
import { readOrder } from '../write-order.ts';
import type { HoldWish } from './hold-wish.ts';

/** Which holds are meant; what is undefined does not matter. */
export type FalloutFilter = {
  readonly cause?: string | undefined;
  readonly step?: string | undefined;
  readonly area?: string | undefined;
  /** Only orders that are too long in their stage. */
  readonly late?: boolean | undefined;
};

/** Holds outlive a final intent where an undo, or the desk, refuses. */
const HELD: readonly Stage[] = ['held', 'cancelling', 'returning', 'completed'];

const sameText = (wanted: string | undefined, actual: string): boolean =>
  wanted === undefined || wanted.toUpperCase() === actual.toUpperCase();

/** Every hold there is, the oldest first. */
export const listFallout = (
  { store, clock, policy }: Pick<AppDeps, 'store' | 'clock' | 'policy'>,
  filter: FalloutFilter,
): Promise<readonly FalloutItem[]> =>
  store.read(async (tx) => {
    const items: FalloutItem[] = [];
    const query = {
      stages: HELD,
      open: true,
      sort: 'id',
      ...(filter.area === undefined ? {} : { area: filter.area }),
    } as const;
    // Of a held order no visit waits to begin.
    const reading = { now: clock.now(), policy, forecast: NO_FORECAST };
    for await (const view of everyView(tx, query)) {
      items.push(...falloutItems(view, lateOf(view, reading)));
    }
    return items
      .filter(({ cause, step }) => sameText(filter.cause, cause) && sameText(filter.step, step))
      .filter(({ late }) => filter.late !== true || late !== null)
      .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
  });

/** Ids of the orders that are held so, the longest held first. */
export const ordersHeldSo = async (
  deps: Pick<AppDeps, 'store' | 'clock' | 'policy'>,
  { cause, step, service }: HoldWish,
): Promise<readonly string[]> => {
  const items = await listFallout(deps, { cause, step });
  const meant = items.filter((item) => service === undefined || item.service === service);
  return [...new Set(meant.map(({ orderId }) => orderId))];
};

/** `oss.fallout-causes/1`: holds of one step and cause. */
export type FalloutCause = {
  readonly step: string;
  readonly cause: string;
  /** How many orders are held by it. */
  readonly orders: number;
  /** Since when the oldest of them is. */
  readonly oldest: string;
  /** The oldest few. */
  readonly examples: readonly string[];
};

const EXAMPLES = 3;

/** By step and cause, most first. `items` are sorted, the oldest first. */
export const falloutCauses = (items: readonly FalloutItem[]): readonly FalloutCause[] => {
  const groups = new Map<string, FalloutCause & { readonly ids: Set<string> }>();
  for (const { step, cause, since, orderId } of items) {
    const name = `${step}\n${cause}`;
    const group = groups.get(name) ?? { step, cause, orders: 0, oldest: since, examples: [], ids: new Set() };
    group.ids.add(orderId);
    groups.set(name, group);
  }
  return [...groups.values()]
    .map(({ ids, ...group }) => ({ ...group, orders: ids.size, examples: [...ids].slice(0, EXAMPLES) }))
    .sort((a, b) => b.orders - a.orders || (a.oldest < b.oldest ? -1 : 1));
};

/** The holds of one order. Throws Refusal ORDER_NOT_FOUND. */
export const readFallout = (store: Store, orderId: string): Promise<FalloutOrder> =>
  store.read(async (tx) => {
    const process = await readOrder(tx, orderId);
    mustExist(process);
    return falloutOrder(process, {
      work: await tx.work.get(orderId),
      simulated: (await tx.meta.binding())?.simulated ?? true,
    });
  });
