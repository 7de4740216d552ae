import { ms } from '../time/iso.ts';
import { HOUR_MS } from '../time/units.ts';

/** A person who enters it later than this after it happened must say yes once more, and the event is marked. */
export const LATE_ENTRY_HOURS = 24;

/** Whether what happened then was entered late. `at`: when it was entered. UTC ISO. */
export const isLateEntry = (occurredAt: string, at: string): boolean =>
  ms(at) - ms(occurredAt) > LATE_ENTRY_HOURS * HOUR_MS;
