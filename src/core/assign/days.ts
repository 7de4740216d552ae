import type { PartOfDay } from '../order/events.ts';
import type { Policy } from '../rules/policy.ts';
import { partOfDay, type Span, slotGrid } from '../scheduling/slots.ts';
import type { Technician } from '../technicians/technician.ts';
import { fromLocal, weekdayOfDate } from '../time/zone.ts';

export type GridTime = { readonly start: number; readonly part: PartOfDay };

/** Slot starts and working times by day, each worked out once: a plan asks for the same few days a million times. */
export type Days = {
  /** Slot starts (epoch ms) of a local date, ascending. */
  readonly grid: (date: string) => readonly GridTime[];
  /** A start off the grid. */
  readonly timeAt: (start: number) => GridTime;
  /** Working time on a local date; null: a day off. */
  readonly working: (technician: Technician, date: string) => Span | null;
};

export const daysOf = (policy: Policy): Days => {
  const grids = new Map<string, readonly GridTime[]>();
  const workingTimes = new Map<Technician, Map<string, Span | null>>();

  const timeAt = (start: number): GridTime => ({ start, part: partOfDay(start, policy.tz) });

  const workOut = (technician: Technician, date: string): Span | null => {
    const hours = technician.hours[weekdayOfDate(date)];
    if (hours === undefined || technician.daysOff.includes(date)) return null;
    return {
      start: fromLocal(date, hours.from, policy.tz).at,
      end: fromLocal(date, hours.to, policy.tz).at,
    };
  };

  return {
    timeAt,
    grid: (date) => {
      const known = grids.get(date);
      if (known !== undefined) return known;
      const grid = slotGrid(date, policy).map(timeAt);
      grids.set(date, grid);
      return grid;
    },
    working: (technician, date) => {
      const known = workingTimes.get(technician) ?? new Map<string, Span | null>();
      workingTimes.set(technician, known);
      const span = known.get(date);
      if (span !== undefined) return span;
      const worked = workOut(technician, date);
      known.set(date, worked);
      return worked;
    },
  };
};
