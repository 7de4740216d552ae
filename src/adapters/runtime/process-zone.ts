import { lendOffsets } from '../../core/time/offset.ts';

const MINUTE_MS = 60_000;

/**
 * Makes `tz` the zone of this process, whose clock then tells its offsets at no cost. Returns false, and leaves all as it
 * is, for a name that is not spelled as Intl spells it: for such a one the operating system may know other rules.
 */
export const useProcessZone = (tz: string): boolean => {
  if (!Intl.supportedValuesOf('timeZone').includes(tz)) return false;
  process.env.TZ = tz;
  lendOffsets(tz, (epochMs) => 0 - new Date(epochMs).getTimezoneOffset() * MINUTE_MS);
  return true;
};
