import type { Envelope, NewEvent } from '../events.ts';
import type { NeService } from '../ports/peers.ts';
import { newProcess, type OrderProcess, processOf } from '../process.ts';
import { type Finding, orderOfKey } from '../reconcile/finding.ts';
import { isBelievedOn, type Judged, judgeGhost, judgeLive } from '../reconcile/judge.ts';
import { createTally, type Tally } from '../reconcile/tally.ts';
import { changeOrder } from './change-order.ts';
import type { SagaDeps } from './deps.ts';
import { admitNe, inventory } from './inventory.ts';
import { absentCalls, settleLateCall } from './reconcile-desk.ts';
import { runOrder } from './run-order.ts';
import { readOrder } from './write-order.ts';

export type ReconcileOptions = {
  /** Records what differs, and runs the steps that follow from it. */
  readonly fix: boolean;
  readonly signal?: AbortSignal;
  /** Told now and then how far it came. */
  readonly onProgress?: (counts: ReconcileCounts) => void;
};

export type ReconcileCounts = {
  /** Live services of the NE that carry a key of ours. */
  readonly services: number;
  /** Live services of others. */
  readonly foreign: number;
  readonly orders: number;
  /** Suspicions that the NE would not confirm or deny: nothing is believed of them. */
  readonly unclear: number;
};

/** Orders that are read at once. */
const ORDERS_A_READ = 256;
/** How long the steps of one mended order may take here; the rest is the worker's. */
const RUN_MS = 5_000;

type Seen = { -readonly [K in keyof ReconcileCounts]: ReconcileCounts[K] };

/**
 * Compares the NE's inventory with the log, both ways, while everybody works on: what differs is yielded as it is found
 * and the memory does not grow with the number of orders. A difference is believed only after a look-up by key right
 * then, and recorded only if nothing was learnt of the order meanwhile. Fixing goes through events and the ordinary steps
 * alone: a service that turned up after its order was closed is found, reverted, and the order closed anew. Calls that
 * the desk did not know when it was asked are looked up again in the same way.
 * Throws Refusal PEER_UNAVAILABLE, PEER_MISCONFIGURED, and those of a database that is bound elsewhere.
 */
export async function* reconcile(
  deps: SagaDeps,
  options: ReconcileOptions,
): AsyncGenerator<Finding, ReconcileCounts> {
  // Proves that the configured NE is the one that this database belongs to: absence elsewhere is nothing.
  await deps.store.write(async () => {});
  const seen: Seen = { services: 0, foreign: 0, orders: 0, unclear: 0 };
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

const nameOf = ({ key, neId }: Pick<NeService, 'key' | 'neId'>): string => `${key} ${neId}`;

const judgeOf = (process: OrderProcess, live: NeService): Judged | null =>
  process.version === 0
    ? { kind: 'orphan', detail: 'the log does not know its order', events: [], settles: false }
    : judgeLive(process, live);

const readOrders = (
  { store }: SagaDeps,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, OrderProcess>> =>
  store.read(async (tx) => {
    const orders = new Map<string, OrderProcess>();
    for (const orderId of orderIds) orders.set(orderId, await readOrder(tx, orderId, newProcess(orderId)));
    return orders;
  });

/** Looks again, at the log first and then at the NE, before anything is believed. */
const settleLive = async (
  deps: SagaDeps,
  options: ReconcileOptions,
  { live, orderId, seen }: { readonly live: NeService; readonly orderId: string; readonly seen: Seen },
): Promise<Finding | null> => {
  const process = await deps.store.read((tx) => readOrder(tx, orderId, newProcess(orderId)));
  const now = await lookUpNow(deps, live, options.signal);
  if (now === 'unclear') seen.unclear += 1;
  if (now === 'unclear' || now === 'gone') return null;
  const judged = judgeOf(process, now);
  return judged === null
    ? null
    : conclude(deps, options, { process, judged, key: live.key, neId: live.neId });
};

/** The very service, if it is live still. */
const lookUpNow = async (
  deps: SagaDeps,
  { key, neId }: NeService,
  signal: AbortSignal | undefined,
): Promise<NeService | 'gone' | 'unclear'> => {
  const lookUp = await deps.ne.find(key, await admitNe(deps, signal));
  switch (lookUp.kind) {
    case 'found':
      return lookUp.value.neId === neId ? lookUp.value : 'gone';
    case 'ambiguous':
      return lookUp.matches.find((match) => match.neId === neId && match.state === 'active') ?? 'gone';
    case 'terminated':
    case 'absent':
      return 'gone';
    case 'unsupported':
    case 'misconfigured':
    case 'unknown':
      return 'unclear';
  }
};

type Concluded = {
  readonly process: OrderProcess;
  readonly judged: Judged;
  readonly key: string;
  readonly neId: string | null;
};

/** The finding; with `fix` what can be recorded is, and the order's steps run. */
const conclude = async (
  deps: SagaDeps,
  { fix, signal }: ReconcileOptions,
  { process, judged, key, neId }: Concluded,
): Promise<Finding | null> => {
  const { kind, detail, events, settles } = judged;
  const stage = process.version === 0 ? null : process.stage;
  const finding = { kind, key, orderId: process.orderId, neId, stage, detail };
  if (events.length === 0) return { ...finding, state: 'by-hand' };
  if (!fix) return { ...finding, state: settles ? 'open' : 'by-hand' };
  const recorded = await record(deps, process, events);
  if (recorded === null) return null;
  if (recorded.claim !== null) {
    await runOrder(deps, recorded.claim, { budgetMs: RUN_MS, ...(signal === undefined ? {} : { signal }) });
  }
  return { ...finding, state: settles ? 'fixed' : 'by-hand' };
};

/** null: something was learnt of the order since it was read, so what was seen may be old. */
const record = async (deps: SagaDeps, seen: OrderProcess, events: readonly NewEvent[]) => {
  const change = await changeOrder(deps, seen.orderId, { command: 'ne reconcile', claim: true }, (current) =>
    current.activation.factVersion === seen.activation.factVersion ? events : [],
  );
  return change.status === 'done' ? change : null;
};

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
      const finding = await settleGhost(deps, options, { process, key: one.key, seen });
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

const settleGhost = async (
  deps: SagaDeps,
  options: ReconcileOptions,
  { process: { orderId }, key, seen }: { process: OrderProcess; key: string; seen: Seen },
): Promise<Finding | null> => {
  const process = await deps.store.read((tx) => readOrder(tx, orderId));
  const lookUp = await deps.ne.find(key, await admitNe(deps, options.signal));
  if (lookUp.kind === 'unknown' || lookUp.kind === 'unsupported' || lookUp.kind === 'misconfigured') {
    seen.unclear += 1;
    return null;
  }
  if (lookUp.kind === 'found' || lookUp.kind === 'ambiguous') return null;
  const judged = judgeGhost(process, key, { as: lookUp.kind, peer: deps.ne.identity });
  const neId = process.activation.services.get(key)?.neId ?? null;
  return judged === null ? null : conclude(deps, options, { process, judged, key, neId });
};
