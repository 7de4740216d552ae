import type { Policy } from '../rules/policy.ts';
import { iso, ms } from '../time/iso.ts';
import type { Slot } from '../time/slot.ts';
import { MINUTE_MS } from '../time/units.ts';

/**
 * When the customer is told that somebody arrives for a visit of that slot: from its start, for `visits.windowMinutes`. {}:
 * at its start, without play.
 */
export const arrivalWindow = ({ start }: Slot, { visits }: Policy): { readonly window?: Slot } =>
  visits.windowMinutes === 0
    ? {}
    : { window: { start, end: iso(ms(start) + visits.windowMinutes * MINUTE_MS) } };

/** The window that was told for one slot, where it is this one that was agreed; {}: another time, or no play. */
export const sameWindow = (
  told: { readonly slot: Slot; readonly window?: Slot } | null,
  slot: Slot,
): { readonly window?: Slot } =>
  told?.window !== undefined && ms(told.slot.start) === ms(slot.start) ? { window: told.window } : {};

/** By when a visit that was promised so is over, if it lasts as long as it was planned for, epoch ms. */
export const promisedEnd = (slot: Slot, window: Slot | undefined): number =>
  ms(slot.end) + (window === undefined ? 0 : ms(window.end) - ms(slot.start));
