import type { Finding } from '../../peers/finding.ts';
import type { LookUp } from '../../peers/outcome.ts';
import { compareCursors, START } from '../../ports/cursor.ts';
import type { NeService } from '../../ports/peers.ts';
import type { FeedEvent } from '../../ports/store.ts';
import type { Envelope } from '../../process/events.ts';
import { isClosed, isUndoing, type OrderProcess } from '../../process/process.ts';
import { type EverTold, everTold } from '../../reconcile/ever-told.ts';
import { Refusal } from '../../rules/refusal.ts';
import { ms } from '../../time/iso.ts';
import { MINUTE_MS } from '../../time/units.ts';
import type { SagaDeps } from '../deps.ts';
import { readOrder } from '../write-order.ts';
import { admitNe } from './inventory.ts';
import { readWhole } from './read-orders.ts';
import { confirmedLive, settleConfirmed } from './reconcile-service.ts';

/** How long to wait for an NE that does not say, or for the next order to be closed. */
const AGAIN_MS = MINUTE_MS;
/** Events without a closed order among them that are passed over in one go. */
const PASS_OVER = 1_000;

export type LookAfter = {
  readonly signal: AbortSignal;
  /** Something lives of an order that is over. */
  readonly onFinding: (finding: Finding) => void;
};

/** Where a sweep stands. The clock of the log only schedules: a time in the future counts from when it was first seen. */
export type AfterLooks = {
  /** Looks at every order whose time has come. Returns the milliseconds until the next sweep is due. */
  readonly sweep: (options: LookAfter) => Promise<number>;
};

/**
 * Each order that ended cancelled or returned is looked at once more, `ne.afterlookMinutes` after it was closed: by the
 * key of every service and by every id that the NE ever told of it. A clean look leaves nothing behind but the place in
 * the log up to which it was done; what lives is a fact, which opens the order again.
 */
export const afterLooks = (deps: SagaDeps): AfterLooks => {
  const { store, clock, policy } = deps;
  const afterMs = policy.ne.afterlookMinutes * MINUTE_MS;
  /** The order that is next, and when this process saw it first. */
  let next = { cursor: START, seenAt: 0 };

  const dueIn = (closed: FeedEvent): number => {
    const now = clock.now();
    const { cursor } = closed;
    if (compareCursors(next.cursor, cursor) !== 0) next = { cursor, seenAt: now };
    return Math.min(ms(closed.at), next.seenAt) + afterMs - now;
  };

  return {
    sweep: async (options) => {
      while (!options.signal.aborted) {
        const closed = await nextClosed(deps);
        if (closed === null) return AGAIN_MS;
        const wait = dueIn(closed);
        if (wait > 0) return Math.min(wait, AGAIN_MS);
        if (!(await lookAt(deps, closed, options))) return AGAIN_MS;
        await store.write((tx) => tx.comparisons.setLookedAfter(closed.cursor));
      }
      return AGAIN_MS;
    },
  };
};

/** The next order that was closed in the log; null: none yet. Long ways without one are not gone twice. */
const nextClosed = async ({ store }: SagaDeps): Promise<FeedEvent | null> => {
  const { closed, head, isFar } = await store.read(async ({ comparisons, events }) => {
    const after = await comparisons.lookedAfter();
    const [first] = await events.page({ after, limit: 1, types: ['OrderClosed'] });
    const isFar = compareCursors(await events.beforeLast(PASS_OVER), after) > 0;
    return { closed: first ?? null, head: await events.head(), isFar };
  });
  if (closed === null && isFar) {
    await store.write((tx) => tx.comparisons.setLookedAfter(head));
  }
  return closed;
};

/** false: the NE did not say, and the sweep must ask again. */
const lookAt = async (
  deps: SagaDeps,
  closed: Envelope,
  { signal, onFinding }: LookAfter,
): Promise<boolean> => {
  const read = await readTold(deps, closed.orderId);
  // The comparison names it.
  if (read === 'unreadable') return true;
  const { process, told } = read;
  // Opened again since, or closed anew: that closing is looked after by itself.
  const isThisEnd =
    isUndoing(process) && isClosed(process) && process.order.closed?.version === closed.version;
  if (!isThisEnd) return true;
  try {
    for (const [key, ids] of told) {
      const names = [key, ...(process.activation.services.get(key)?.names ?? [])];
      const live = await liveOf(deps, { key, names, ids }, signal);
      if (live === 'unclear') return false;
      if (live.length > 0) await record(deps, { orderId: closed.orderId, live }, { signal, onFinding });
    }
    return !signal.aborted;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
};

/** Every service that was ever requested, or may have been, with every id that the NE told of it. */
const readTold = async (
  deps: SagaDeps,
  orderId: string,
): Promise<{ readonly process: OrderProcess; readonly told: EverTold } | 'unreadable'> => {
  const read = (await readWhole(deps, [orderId], [])).get(orderId);
  return read === undefined ? 'unreadable' : { process: read.process, told: everTold(read.events) };
};

type Looked = {
  readonly key: string;
  /** Under which it is ours: the key, and what else the NE answered. */
  readonly names: readonly string[];
  readonly ids: ReadonlySet<string>;
};

/** What of a service is on, by its key and by each id. An NE that cannot look up by key has no more to say than its ids. */
const liveOf = async (
  deps: SagaDeps,
  { key, names, ids }: Looked,
  signal: AbortSignal,
): Promise<readonly NeService[] | 'unclear'> => {
  const live = new Map<string, NeService>();
  const byKey = await deps.ne.find(key, await admitNe(deps, signal));
  if (isUnanswered(byKey)) return 'unclear';
  for (const one of matchesOf(byKey)) live.set(one.neId, one);
  for (const neId of ids) {
    const byId = await deps.ne.read(neId, await admitNe(deps, signal));
    if (isUnanswered(byId)) return 'unclear';
    if (byId.kind === 'found' && names.includes(byId.value.key)) live.set(neId, { ...byId.value, key });
  }
  return [...live.values()];
};

const matchesOf = (lookUp: LookUp<NeService>): readonly NeService[] => {
  if (lookUp.kind === 'found') return [lookUp.value];
  return lookUp.kind === 'ambiguous' ? lookUp.matches.filter(({ state }) => state === 'active') : [];
};

const isUnanswered = (lookUp: LookUp<NeService>): boolean =>
  lookUp.kind === 'unknown' || lookUp.kind === 'misconfigured';

/** Each as a fact of the order as it is then: the one before it may have been reverted together with it. */
const record = async (
  deps: SagaDeps,
  { orderId, live }: { readonly orderId: string; readonly live: readonly NeService[] },
  { signal, onFinding }: LookAfter,
): Promise<void> => {
  for (const one of live) {
    const process = await deps.store.read((tx) => readOrder(tx, orderId));
    const confirmed = confirmedLive(process, one);
    const finding = confirmed === null ? null : await settleConfirmed(deps, confirmed, signal);
    if (finding !== null) onFinding(finding);
  }
};

/** The sweep for as long as the signal allows. */
export const keepLookingAfter = async (deps: SagaDeps, options: LookAfter): Promise<void> => {
  const looks = afterLooks(deps);
  while (!options.signal.aborted) {
    await deps.clock.wait(await looks.sweep(options), options.signal);
  }
};
