import { ms } from './iso.ts';

/** A half-open span of time, both ends UTC ISO 8601 with milliseconds. */
export type Slot = { readonly start: string; readonly end: string };

/** Whether both are the same time, however it is written. */
export const sameSlot = (a: Slot, b: Slot): boolean => ms(a.start) === ms(b.start) && ms(a.end) === ms(b.end);
