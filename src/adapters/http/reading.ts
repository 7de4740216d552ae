import type { Slot } from '../../core/time/slot.ts';
import { isUnfit } from '../../core/values/clean-text.ts';
import { HIDDEN } from '../../core/values/personal-words.ts';

/** Small readers of what a peer tells: each gives null for what it cannot use, and nothing is copied blindly. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

const MAX_ID = 256;

/** No secret was quoted in it, nothing in it acts on a terminal, and every database can keep it. */
const isFit = (text: string): boolean => text.length <= MAX_ID && !isUnfit(text) && !text.includes(HIDDEN);

/** An id that can stand in a path of its own and in the log. A number counts as its text, while JSON can hold it exactly. */
export const idOf = (value: unknown): string | null => {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null;
  if (typeof value !== 'string' || value === '') return null;
  return !isFit(value) || value.includes(' ') || /^\.{1,2}$/.test(value) ? null : value;
};

/** A name that can stand in the log; null: there is none, or none that can. */
export const nameOf = (value: unknown): string | null => {
  const name = textOf(value);
  return name !== null && isFit(name) ? name : null;
};

/** A time without its offset would mean another moment on every machine. */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** Any ISO date-time with an offset, as UTC ISO with milliseconds. */
export const momentOf = (value: unknown): string | null => {
  if (typeof value !== 'string' || !DATE_TIME.test(value)) return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
};

/** A TMF TimePeriod with both ends, the second after the first. */
export const slotOf = (value: unknown): Slot | null => {
  if (!isObject(value)) return null;
  const start = momentOf(value.startDateTime);
  const end = momentOf(value.endDateTime);
  return start !== null && end !== null && start < end ? { start, end } : null;
};

export const periodOf = (slot: Slot): { readonly startDateTime: string; readonly endDateTime: string } => ({
  startDateTime: slot.start,
  endDateTime: slot.end,
});

/** The order that a service key or a call key belongs to. */
export const orderOf = (key: string): string => key.split('/', 1)[0] ?? key;
