import { offsetAt } from '../../core/time/offset.ts';
import { HOUR_MS } from '../../core/time/units.ts';

/** Beyond this the day is said as well. */
const SAME_DAY_MS = 12 * HOUR_MS;

/**
 * A moment soon to come, to the second and with its zone, for it is compared with other clocks: `14:03:20 (+09:00)`.
 * null: the time is unknown.
 */
export const untilText = (
  { view, now }: { readonly view: { readonly tz: string }; readonly now: () => number },
  at: number,
): string | null => {
  if (!Number.isFinite(at)) return null;
  // A wall clock behind the moment would come back too early.
  const second = Math.ceil(at / 1_000) * 1_000;
  const offset = offsetAt(second, view.tz);
  const wall = new Date(second + offset).toISOString();
  const sign = offset < 0 ? '-' : '+';
  const span = new Date(Math.abs(offset)).toISOString().slice(11, 16);
  const day = second - now() > SAME_DAY_MS ? `${wall.slice(0, 10)} ` : '';
  return `${day}${wall.slice(11, 19)} (${sign}${span})`;
};
