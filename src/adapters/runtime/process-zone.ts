import type { OffsetOf } from '../../core/time/offset.ts';
import { MINUTE_MS } from '../../core/time/units.ts';

/** How Intl spells nearly every operator's zone: the list of all takes a millisecond to make. */
const USUAL: readonly string[] = ['Asia/Seoul', 'UTC'];

/**
 * The offsets of a zone from the clock of this process, which is set to that zone. null, and nothing is set, for a name
 * that is not spelled as Intl spells it: for such a one the operating system may know other rules.
 */
export const processZone = (tz: string): OffsetOf | null => {
  if (!USUAL.includes(tz) && !Intl.supportedValuesOf('timeZone').includes(tz)) return null;
  process.env.TZ = tz;
  return (epochMs) => 0 - new Date(epochMs).getTimezoneOffset() * MINUTE_MS;
};
