import { admitBreaker, type NamedBreaker } from '../../peers/breaker.ts';
import { type Lane, PEER_LANES, type PeerLane } from '../../rules/lanes.ts';
import type { AppDeps } from '../deps.ts';

/** What bounds the work on each peer: its breaker, and how many requests it takes at once. */
export type PeerBounds = Readonly<Record<PeerLane, NamedBreaker & { readonly bulkhead: number }>>;

/**
 * Lanes that can take no work now because their peer's breaker is open, with the moment to come back (epoch ms; endless
 * when the row names none). A breaker that waits for its probe is open to the one that makes it.
 */
export const closedLanes = async (
  { store, clock, processes }: Pick<AppDeps, 'store' | 'clock' | 'processes'>,
  bounds: PeerBounds,
): Promise<ReadonlyMap<Lane, number>> => {
  const rows = await store.read(async ({ breakers }) => ({
    ne: await breakers.get(bounds.ne.name),
    tm: await breakers.get(bounds.tm.name),
  }));
  const closed = new Map<Lane, number>();
  for (const lane of PEER_LANES) {
    const { name, settings } = bounds[lane];
    const admission = admitBreaker(rows[lane], clock.now(), settings, { name, owner: processes.self });
    if (admission.kind === 'refused') closed.set(lane, admission.retryAt ?? Number.POSITIVE_INFINITY);
  }
  return closed;
};

/** Requests in flight that each lane has room for. Local steps need no peer. */
export const lanePlaces = ({ ne, tm }: PeerBounds, concurrency: number): Readonly<Record<Lane, number>> => ({
  local: concurrency,
  ne: ne.bulkhead,
  tm: tm.bulkhead,
});

/** More orders at once than the peers take together would only wait for a place. */
export const mostAtOnce = ({ ne, tm }: PeerBounds): number => ne.bulkhead + tm.bulkhead;
