import type { DayOptions } from '../../core/app/field/field-visits.ts';
import type { CommandContext } from '../framework/run/context.ts';

/** What the readings of the field are given: a store to read from, and one to write a clear reading down in. */
export const readingDeps = async ({ services, globals }: CommandContext) => ({
  deps: {
    store: await services.store('read'),
    clock: services.clock,
    policy: services.policy,
    actor: services.actor,
    via: services.via,
  },
  options: {
    showPii: globals.showPii,
    writable: () => services.store('write'),
  } satisfies Pick<DayOptions, 'showPii' | 'writable'>,
});
