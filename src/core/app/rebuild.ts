import type { Tx } from '../ports/store.ts';
import { type OrderProcess, processOf } from '../process/process.ts';
import { isRefusal, type Refusal } from '../rules/refusal.ts';
import { occupiedBy } from '../views/occupied.ts';
import { orderView } from '../views/project.ts';
import { recordApart } from './audit.ts';
import type { AppDeps } from './deps.ts';
import { planWork } from './due/work-plan.ts';

export type RebuildOptions = {
  /** Ends after the orders in hand; the rest stays as it was. */
  readonly signal?: AbortSignal;
  /** Hears of each order that cannot be read: its rows stay as they were. */
  readonly onUnreadable?: (refusal: Refusal) => void;
  /** Hears after each commit how many orders are done. */
  readonly onProgress?: (orders: number) => void;
};

export type Rebuilt = {
  readonly orders: number;
  readonly events: number;
  /** Orders whose stored view was not what the log says. */
  readonly changed: number;
  /** false: it was stopped. */
  readonly finished: boolean;
};

/** Orders of one commit: some ten milliseconds, so that others are not kept waiting. */
const ORDERS_A_WRITE = 128;

/**
 * Makes the read model, the calendar and the work rows anew from the log, a few orders a commit. Each order is replaced
 * as a whole, so that others may work meanwhile and a killed rebuild leaves nothing half-done. The fence of every claim
 * that stands rises: what a worker sent before is then settled as "in doubt". Rows of orders that the log does not know
 * make it begin again from an empty read model, in one commit. That it was done is written down.
 */
export const rebuild = async (deps: AppDeps, options: RebuildOptions = {}): Promise<Rebuilt> => {
  const done = await rebuildAll(deps, options);
  await recordApart(deps, { action: 'db.rebuild', subject: 'database', detail: { ...done } });
  return done;
};

const rebuildAll = async (deps: AppDeps, options: RebuildOptions): Promise<Rebuilt> => {
  const { store } = deps;
  await store.write((tx) => tx.work.bumpFences());
  let done: Rebuilt = { orders: 0, events: 0, changed: 0, finished: true };
  let after = '';
  while (options.signal?.aborted !== true) {
    const from = after;
    const batch = await store.write(async (tx) => {
      const ids = await tx.events.orderIds(from, ORDERS_A_WRITE);
      return { last: ids.at(-1), ...(await projectOrders(deps, tx, { ids, options })) };
    });
    if (batch.last === undefined)
      return (await hasStrays(deps)) ? await fromNothing(deps, { done, options }) : done;
    after = batch.last;
    done = { ...done, ...sum(done, batch) };
    options.onProgress?.(done.orders);
  }
  return { ...done, finished: false };
};

type Counted = Pick<Rebuilt, 'orders' | 'events' | 'changed'>;

const sum = (a: Counted, b: Counted): Counted => ({
  orders: a.orders + b.orders,
  events: a.events + b.events,
  changed: a.changed + b.changed,
});

type Orders = { readonly ids: readonly string[]; readonly options: RebuildOptions };

/** Together, or one by one where one of them cannot be read. */
const readAll = async (tx: Tx, { ids, options }: Orders): Promise<readonly OrderProcess[]> => {
  try {
    const streams = await tx.events.loadAll(ids);
    return [...streams].map(([orderId, events]) => processOf(orderId, events));
  } catch (error) {
    if (!isRefusal(error, 'ORDER_UNREADABLE')) throw error;
    if (ids.length === 1) tx.afterCommit(() => options.onUnreadable?.(error));
    if (ids.length === 1) return [];
    const all: OrderProcess[] = [];
    for (const id of ids) all.push(...(await readAll(tx, { ids: [id], options })));
    return all;
  }
};

const projectOrders = async (deps: AppDeps, tx: Tx, orders: Orders): Promise<Counted> => {
  let done: Counted = { orders: 0, events: 0, changed: 0 };
  for (const process of await readAll(tx, orders)) {
    const isOther = await projectOrder(deps, tx, process);
    done = sum(done, { orders: 1, events: process.version, changed: isOther ? 1 : 0 });
  }
  return done;
};

/** Whether the view was another one. A view that is right already costs no write to the disk. */
const projectOrder = async ({ policy, clock }: AppDeps, tx: Tx, process: OrderProcess): Promise<boolean> => {
  const isOther = await tx.views.renew(orderView(process));
  await tx.calendar.put(process.orderId, occupiedBy(process));
  await tx.work.put(planWork(process, policy, { previous: null, reports: {}, now: clock.now() }));
  return isOther;
};

/** The read model holds other orders than the log. */
export const hasStrays = ({ store }: Pick<AppDeps, 'store'>): Promise<boolean> =>
  store.read(async (tx) => {
    const rows = Object.values(await tx.views.counts()).reduce((all, count) => all + count, 0);
    let orders = 0;
    for (let after = '', ids = await tx.events.orderIds(after, 5_000); ids.length > 0; ) {
      orders += ids.length;
      after = ids.at(-1) ?? after;
      ids = await tx.events.orderIds(after, 5_000);
    }
    return rows !== orders;
  });

type FromNothing = { readonly done: Rebuilt; readonly options: RebuildOptions };

const fromNothing = (deps: AppDeps, { done, options }: FromNothing): Promise<Rebuilt> =>
  deps.store.write(async (tx) => {
    await tx.views.clear();
    for (let ids = await tx.events.orderIds('', ORDERS_A_WRITE); ids.length > 0; ) {
      await projectOrders(deps, tx, { ids, options });
      ids = await tx.events.orderIds(ids.at(-1) ?? '', ORDERS_A_WRITE);
    }
    return { ...done, changed: done.changed + 1 };
  });
