import type { Services } from '../../adapters/compose.ts';
import { admitBreaker } from '../../core/peers/breaker.ts';
import type { Lane } from '../../core/rules/lanes.ts';

/**
 * Lanes that can take no work now because their peer's breaker is open, with the moment to come back (epoch ms; endless
 * when nobody said). A breaker that waits for its probe is open to the one that makes it.
 */
export const closedLanes = async (services: Services): Promise<ReadonlyMap<Lane, number>> => {
  const { breakers, clock, processes } = services;
  const store = await services.store('write');
  const rows = await store.read(async (tx) => ({
    ne: await tx.breakers.get(breakers.ne.name),
    tm: await tx.breakers.get(breakers.tm.name),
  }));
  const closed = new Map<Lane, number>();
  for (const lane of ['ne', 'tm'] as const) {
    const { name, settings } = breakers[lane];
    const admission = admitBreaker(rows[lane], clock.now(), settings, { name, owner: processes.self });
    if (admission.kind === 'refused') closed.set(lane, admission.retryAt ?? Number.POSITIVE_INFINITY);
  }
  return closed;
};

/** Requests in flight that each lane has room for. Local steps need no peer. */
export const lanePlaces = ({ settings }: Services, concurrency: number): Readonly<Record<Lane, number>> => ({
  local: concurrency,
  ne: settings.ne.bulkhead,
  tm: settings.tm.bulkhead,
});

/** More orders at once than the peers take together would only wait for a place. */
export const mostAtOnce = ({ settings }: Services): number => settings.ne.bulkhead + settings.tm.bulkhead;
