import { DAY_MS, HOUR_MS } from './units.ts';

const QUARTER_MS = HOUR_MS / 4;

/** How far the local clock is ahead of UTC at a moment, in ms. */
export type OffsetOf = (epochMs: number) => number;

type Zone = {
  readonly measure: OffsetOf;
  /** Offset of a whole UTC day; null when the clocks change within it. */
  readonly byDay: Map<number, number | null>;
  readonly byQuarter: Map<number, number>;
};

const zones = new Map<string, Zone>();

/** More days than any run needs; a hostile input may not grow the cache for ever. */
const DAYS_KEPT = 20_000;

const byIntl = (tz: string): OffsetOf => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: tz,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (epochMs) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(epochMs)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    const wall = Date.UTC(year, month - 1, day, hour, minute, second);
    return wall - Math.floor(epochMs / 1000) * 1000;
  };
};

let lent: (tz: string) => OffsetOf | null = () => null;

/**
 * Sets a lender that knows the offsets of some zones without Intl; the first use of a zone calls it. To make Intl's first
 * formatter takes a fifth of the time that Node needs to start, and a command may want a single local time.
 */
export const lendOffsets = (lender: (tz: string) => OffsetOf | null): void => {
  lent = lender;
  zones.clear();
};

const zoneOf = (tz: string): Zone => {
  const known = zones.get(tz);
  if (known !== undefined) return known;
  const measure = lent(tz) ?? byIntl(tz);
  const zone: Zone = { measure, byDay: new Map(), byQuarter: new Map() };
  zones.set(tz, zone);
  return zone;
};

const quarterOffset = (zone: Zone, epochMs: number): number => {
  const quarter = Math.floor(epochMs / QUARTER_MS);
  const known = zone.byQuarter.get(quarter);
  if (known !== undefined) return known;
  if (zone.byQuarter.size >= DAYS_KEPT) zone.byQuarter.clear();
  // Today's zones change their clocks on a quarter of an hour of UTC, so its start speaks for all of it.
  const offset = zone.measure(quarter * QUARTER_MS);
  zone.byQuarter.set(quarter, offset);
  return offset;
};

/**
 * How far the local clock is ahead of UTC at a moment, in ms. It asks Intl once for a UTC day of a zone, or once for a
 * quarter of an hour on the days on which the clocks change: asking costs microseconds, and plans ask very often.
 * Throws RangeError on a zone that Intl does not know.
 */
export const offsetAt = (epochMs: number, tz: string): number => {
  const zone = zoneOf(tz);
  const day = Math.floor(epochMs / DAY_MS);
  const known = zone.byDay.get(day);
  if (known !== undefined) return known ?? quarterOffset(zone, epochMs);
  if (zone.byDay.size >= DAYS_KEPT) zone.byDay.clear();
  const first = zone.measure(day * DAY_MS);
  const whole = first === zone.measure((day + 1) * DAY_MS - 1) ? first : null;
  zone.byDay.set(day, whole);
  return whole ?? quarterOffset(zone, epochMs);
};

/** The usual ones; to ask Intl for one costs a tenth of a command's start. */
const USUAL_ZONES: readonly string[] = ['Asia/Seoul', 'UTC'];

/** An IANA zone that this Node knows. Plain offsets (`+09:00`) are none: they know no summer time. */
export const isZone = (tz: string): boolean => {
  if (USUAL_ZONES.includes(tz)) return true;
  if (!/^[A-Za-z]/.test(tz)) return false;
  try {
    zoneOf(tz);
    return true;
  } catch {
    return false;
  }
};
