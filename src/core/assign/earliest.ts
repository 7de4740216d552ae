import { fitting, openDay, scoredVisits, searchedDates } from './candidates.ts';
import type { Asked, Indexed } from './rules.ts';
import type { AssignOptions } from './types.ts';

/** Whether the query names a day, a time or a technician: then what is found first need not be the earliest of all. */
export const isRestricted = ({ at, date, technicianId }: AssignOptions): boolean =>
  at !== undefined || date !== undefined || technicianId !== undefined;

/**
 * The earliest start (epoch ms) that breaks no hard rule, whatever day, time or technician the query names; Infinity: none.
 * For an order without area only the technician who was named can go.
 */
export const earliestStart = (asked: Asked, { technicianId }: AssignOptions, world: Indexed): number => {
  const { request } = asked;
  const anybody: AssignOptions = request.area === null ? { technicianId } : {};
  const technicians = fitting(request, anybody, world);
  for (const [daysLater, date] of searchedDates(request, anybody, world).entries()) {
    const starts = technicians.flatMap((technician) => {
      const day = openDay(asked, technician, date, daysLater, world);
      if (day === null) return [];
      const [first] = scoredVisits(asked, day, anybody, world);
      return first === undefined ? [] : [first.visit.start];
    });
    if (starts.length > 0) return Math.min(...starts);
  }
  return Number.POSITIVE_INFINITY;
};
