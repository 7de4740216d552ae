import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './units.ts';

export type RelativeUnit = 'second' | 'minute' | 'hour' | 'day';

/** A span in the largest unit that says enough; negative when it is past. The face words it ("in 25 min"). */
export type Relative = { readonly unit: RelativeUnit; readonly n: number };

/** Under 90 seconds in seconds, under 90 minutes in minutes, under 36 hours in hours, else in days; rounded, never -0. */
export const relative = (spanMs: number): Relative => {
  const size = Math.abs(spanMs);
  const [unit, unitMs]: readonly [RelativeUnit, number] =
    size < 90 * SECOND_MS
      ? ['second', SECOND_MS]
      : size < 90 * MINUTE_MS
        ? ['minute', MINUTE_MS]
        : size < 36 * HOUR_MS
          ? ['hour', HOUR_MS]
          : ['day', DAY_MS];
  const n = Math.round(size / unitMs);
  return { unit, n: n === 0 || spanMs >= 0 ? n : -n };
};
