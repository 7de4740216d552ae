import type { Policy } from '../policy.ts';
import { type Span, slotGrid } from '../scheduling/slots.ts';
import type { Technician } from '../technician.ts';
import { fromLocal, weekdayOfDate } from '../time/zone.ts';

/** Slot starts and working times by day, each worked out once: a plan asks for the same few days a million times. */
export type Days = {
  /** Slot starts (epoch ms) of a local date, ascending. */
  readonly grid: (date: string) => readonly number[];
  /** Working time on a local date; null: a day off. */
  readonly working: (technician: Technician, date: string) => Span | null;
};

export const daysOf = (policy: Policy): Days => {
  const grids = new Map<string, readonly number[]>();
  const spans = new Map<string, Span>();
  const daysOff = new Map<Technician, ReadonlySet<string>>();

  const spanOn = (date: string, from: number, to: number): Span => {
    const key = `${date} ${from} ${to}`;
    const known = spans.get(key);
    if (known !== undefined) return known;
    const span = { start: fromLocal(date, from, policy.tz).at, end: fromLocal(date, to, policy.tz).at };
    spans.set(key, span);
    return span;
  };

  const offDays = (technician: Technician): ReadonlySet<string> => {
    const known = daysOff.get(technician) ?? new Set(technician.daysOff);
    daysOff.set(technician, known);
    return known;
  };

  return {
    grid: (date) => {
      const grid = grids.get(date) ?? slotGrid(date, policy);
      grids.set(date, grid);
      return grid;
    },
    working: (technician, date) => {
      if (offDays(technician).has(date)) return null;
      const hours = technician.hours[weekdayOfDate(date)];
      return hours === undefined ? null : spanOn(date, hours.from, hours.to);
    },
  };
};
