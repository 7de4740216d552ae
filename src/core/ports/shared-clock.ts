import type { Clock } from './runtime.ts';
import type { Store } from './store.ts';

/**
 * The clock that everybody shares who writes to one database: leases, breakers and the times of events are by it. Its wall clock
 * is the database's, its monotonic ones are this process's. No bound of safety rests on it.
 */
export const sharedClock = (clock: Clock, store: Pick<Store, 'clockAhead'>): Clock => ({
  ...clock,
  now: () => clock.now() + store.clockAhead(),
});
