import { addDays, toLocal } from '../time/zone.ts';
import type { Report } from './report.ts';
import { isWithin, type Window } from './samples.ts';

/** What was placed and what ended on one operator-local day. */
export type ReportDay = {
  readonly date: string;
  readonly placed: number;
  readonly completed: number;
  readonly returned: number;
  readonly cancelled: number;
};

type Figure = Exclude<keyof ReportDay, 'date'>;

/** One row a day, from the first to the last day of the window on which anything happened, empty days included. */
export const reportDays = (report: Report, window: Window, tz: string): readonly ReportDay[] => {
  const counts = new Map<string, Record<Figure, number>>();
  const add = (figure: Figure, moments: readonly number[]): void => {
    for (const at of moments) {
      if (!isWithin(at, window)) continue;
      const { date } = toLocal(at, tz);
      const day = counts.get(date) ?? { placed: 0, completed: 0, returned: 0, cancelled: 0 };
      day[figure] += 1;
      counts.set(date, day);
    }
  };
  add('placed', report.placed);
  add('completed', report.leadGross.at);
  add('returned', report.returned.at);
  add('cancelled', report.cancelled.at);
  const dates = [...counts.keys()].sort();
  const [first] = dates;
  const last = dates.at(-1);
  if (first === undefined || last === undefined) return [];
  const days: ReportDay[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) {
    days.push({ date, ...(counts.get(date) ?? { placed: 0, completed: 0, returned: 0, cancelled: 0 }) });
  }
  return days;
};
