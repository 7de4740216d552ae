import type { Envelope } from '../process/events.ts';

/** Which services live, of open orders and of those that were undone. Opaque to callers; changed in place. */
export type Orphans = {
  readonly live: Map<string, Set<string>>;
  /** Closed at least once as cancelled or returned. */
  readonly undone: Set<string>;
};

export const noOrphans = (): Orphans => ({ live: new Map(), undone: new Set() });

/** Adds one event of the log, in commit order and from its beginning; the accumulator is changed in place. */
export const foldOrphans = (orphans: Orphans, event: Envelope): Orphans => {
  const { live, undone } = orphans;
  const { orderId } = event;
  switch (event.type) {
    case 'ServiceActivated':
    case 'ServiceFound':
      live.set(orderId, (live.get(orderId) ?? new Set()).add(event.data.key));
      return orphans;
    case 'ServiceReverted':
    case 'ServiceNotFound':
      live.get(orderId)?.delete(event.data.key);
      return orphans;
    case 'OrderClosed':
      if (event.data.outcome !== 'completed') undone.add(orderId);
      else live.delete(orderId);
      if (live.get(orderId)?.size === 0) live.delete(orderId);
      return orphans;
    default:
      // No other event says that a service lives or that it does not.
      return orphans;
  }
};

/** Services proven on under an order that was closed as cancelled or returned. Must be 0. */
export const orphanCount = ({ live, undone }: Orphans): number =>
  [...live].reduce((all, [orderId, keys]) => all + (undone.has(orderId) ? keys.size : 0), 0);
