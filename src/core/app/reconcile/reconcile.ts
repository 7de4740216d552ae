import type { NeService } from '../../ports/peers.ts';
import type { Envelope } from '../../process/events.ts';
import { type OrderProcess, processOf } from '../../process/process.ts';
import { type Finding, orderOfKey } from '../../reconcile/finding.ts';
import { isBelievedOn } from '../../reconcile/judge.ts';
import { createTally, type Tally } from '../../reconcile/tally.ts';
import type { SagaDeps } from '../deps.ts';
import { readOrder } from '../write-order.ts';
import { inventory } from './inventory.ts';
import { strayAppointments } from './reconcile-appointments.ts';
import { absentCalls, settleLateCall } from './reconcile-desk.ts';
import type { ReconcileCounts, ReconcileOptions, Seen } from './reconcile-options.ts';
import { judgeOf, settleGhost, settleLive } from './reconcile-service.ts';

/** Orders that are read at once. */
const ORDERS_A_READ = 256;

/**
 * Compares the NE's inventory with the log, both ways, while everybody works on: what differs is yielded as it is found
 * and the memory does not grow with the number of orders. A difference is believed only after a look-up by key right
 * then, and recorded only if nothing was learnt of the order meanwhile. Fixing goes through events and the ordinary steps
 * alone: a service that turned up after its order was closed is found, reverted, and the order closed anew. Calls that
 * the desk did not know when it was asked are looked up again in the same way, and what it keeps beside the visits of the
 * log is cancelled.
 * Throws Refusal PEER_UNAVAILABLE, PEER_MISCONFIGURED, and those of a database that is bound elsewhere.
 */
export async function* reconcile(
  deps: SagaDeps,
  options: ReconcileOptions,
): AsyncGenerator<Finding, ReconcileCounts> {
  // Proves that the configured NE is the one that this database belongs to: absence elsewhere is nothing.
  await deps.store.write(async () => {});
  const seen: Seen = { services: 0, foreign: 0, orders: 0, appointments: 0, unclear: 0 };
  const tally = createTally();
  let gone = 0;
  const pages = inventory(deps, {
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    gone: () => {
      const since = gone;
      gone = 0;
      return since;
    },
  });
  for await (const page of pages) {
    for await (const finding of livePage(deps, options, { page, tally, seen })) {
      if (finding.state === 'fixed') gone += 1;
      yield finding;
    }
    options.onProgress?.({ ...seen });
  }
  if (options.signal?.aborted !== true) yield* ghosts(deps, options, { tally, seen });
  if (options.signal?.aborted !== true) yield* strayAppointments(deps, options, seen);
  return seen;
}

type Live = { readonly page: readonly NeService[]; readonly tally: Tally; readonly seen: Seen };

async function* livePage(
  deps: SagaDeps,
  options: ReconcileOptions,
  { page, tally, seen }: Live,
): AsyncGenerator<Finding> {
  const ours = page.filter(({ key }) => orderOfKey(key) !== null);
  seen.foreign += page.length - ours.length;
  seen.services += ours.length;
  const orders = await readOrders(deps, [...new Set(ours.map(({ key }) => orderOfKey(key) ?? ''))]);
  for (const live of ours) {
    const orderId = orderOfKey(live.key) ?? '';
    const process = orders.get(orderId);
    if (process === undefined) continue;
    if (isBelievedOn(process.activation.services.get(live.key), live.neId)) tally.add(nameOf(live));
    if (judgeOf(process, live) === null) continue;
    const finding = await settleLive(deps, options, { live, orderId, seen });
    if (finding !== null) yield finding;
  }
}

/** What the tally counts: one very service. */
const nameOf = ({ key, neId }: Pick<NeService, 'key' | 'neId'>): string => `${key} ${neId}`;

const readOrders = (
  { store }: SagaDeps,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, OrderProcess>> =>
  store.read(async (tx) => {
    const orders = new Map<string, OrderProcess>();
    for (const orderId of orderIds) orders.set(orderId, await readOrder(tx, orderId));
    return orders;
  });

type Counting = { readonly tally: Tally; readonly seen: Seen };

/** The log's side: what it holds for on is counted too, and where the counts differ each service is looked up. */
async function* ghosts(
  deps: SagaDeps,
  options: ReconcileOptions,
  { tally, seen }: Counting,
): AsyncGenerator<Finding> {
  for await (const { process, events } of allOrders(deps, options.signal)) {
    seen.orders += 1;
    for (const name of believedOn(process)) tally.add(nameOf(name));
    for (const callKey of absentCalls(events)) {
      const late = await settleLateCall(deps, { process, callKey }, options);
      if (late === 'unclear') seen.unclear += 1;
      else if (late !== null) yield late;
    }
    if (seen.orders % ORDERS_A_READ === 0) options.onProgress?.({ ...seen });
  }
  if (tally.isEven()) return;
  for await (const { process } of allOrders(deps, options.signal)) {
    for (const one of believedOn(process)) {
      if (!tally.differs(nameOf(one))) continue;
      const finding = await settleGhost(deps, options, { orderId: process.orderId, key: one.key, seen });
      if (finding !== null) yield finding;
    }
  }
}

const believedOn = (process: OrderProcess): readonly { readonly key: string; readonly neId: string }[] =>
  [...process.activation.services.values()]
    .filter(({ proof }) => proof === 'on')
    .flatMap(({ plan, neId, duplicates }) =>
      [...(neId === null ? [] : [neId]), ...duplicates].map((id) => ({ key: plan.key, neId: id })),
    );

type Read = { readonly process: OrderProcess; readonly events: readonly Envelope[] };

async function* allOrders(deps: SagaDeps, signal: AbortSignal | undefined): AsyncGenerator<Read> {
  for (let after = ''; signal?.aborted !== true; ) {
    const from = after;
    const read = await deps.store.read(async ({ events }) => {
      const orders: Read[] = [];
      for (const orderId of await events.orderIds(from, ORDERS_A_READ)) {
        const all = await events.load(orderId);
        orders.push({ process: processOf(orderId, all), events: all });
      }
      return orders;
    });
    const last = read.at(-1);
    if (last === undefined) return;
    yield* read;
    after = last.process.orderId;
  }
}
