import type { Slot } from '../../core/time/slot.ts';
import { DAY_MS } from '../../core/time/units.ts';
import { toLocal } from '../../core/time/zone.ts';

const SLOT_MS = 30 * 60_000;
/** The desk's day in minutes: 09:00 to 20:00. */
const OPENS = 9 * 60;
const CLOSES = 20 * 60;
/** A search that asks for more days gets the first of them. */
const MAX_DAYS = 31;

/**
 * The desk's slots inside a span of time: half an hour each, one after the other, 09:00 to 20:00 of every local day.
 * Times are epoch ms, `to` is exclusive.
 */
export const deskSlots = (from: number, to: number, tz: string): readonly Slot[] => {
  const end = Math.min(to, from + MAX_DAYS * DAY_MS);
  const slots: Slot[] = [];
  // Every zone in use is offset by whole quarters of an hour, so that local half hours begin at quarters of UTC.
  const quarter = SLOT_MS / 2;
  for (let start = Math.ceil(from / quarter) * quarter; start + SLOT_MS <= end; start += quarter) {
    const minutes = toLocal(start, tz).minutes;
    if (minutes % 30 === 0 && minutes >= OPENS && minutes < CLOSES) slots.push(halfHour(start));
  }
  return slots;
};

/** Every search asks for the same few hundred half hours. */
const halfHours = new Map<number, Slot>();
const HALF_HOURS_KEPT = 10_000;

const halfHour = (start: number): Slot => {
  const known = halfHours.get(start);
  if (known !== undefined) return known;
  if (halfHours.size >= HALF_HOURS_KEPT) halfHours.clear();
  const slot = slotAt(start, SLOT_MS);
  halfHours.set(start, slot);
  return slot;
};

/**
 * Another slot of the same length as the offered one: later the same day while the desk's day lasts, else at the
 * same time of the next day.
 */
export const otherSlot = (offered: Slot, hours: number, tz: string): Slot => {
  const start = Date.parse(offered.start);
  const length = Date.parse(offered.end) - start;
  const later = start + hours * 60 * 60_000;
  const from = toLocal(later, tz).minutes;
  const sameDay = from > toLocal(start, tz).minutes && from + length / 60_000 <= CLOSES;
  return slotAt(sameDay ? later : start + DAY_MS, length);
};

/** A time when the customer wants to be called back: two hours on, at a full half hour, within the desk's day. */
export const callBackAt = (at: number, tz: string): string => {
  const wanted = Math.ceil((at + 2 * 60 * 60_000) / SLOT_MS) * SLOT_MS;
  const [slot] = deskSlots(wanted, wanted + 2 * DAY_MS, tz);
  return slot?.start ?? new Date(wanted).toISOString();
};

const slotAt = (start: number, length: number): Slot => ({
  start: new Date(start).toISOString(),
  end: new Date(start + length).toISOString(),
});
