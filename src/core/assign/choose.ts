import { fitting, scoredTimes, searchedDates } from './candidates.ts';
import type { Asked, Indexed } from './rules.ts';
import { bestPossible, compareScored, rankedVisit, type Scored } from './score.ts';
import type { AssignOptions, Choice } from './types.ts';
import { whyNone } from './why-none.ts';

/** The best of one technician's day: the first time that meets the wish, else the first time. */
const bestOfDay = (times: Iterable<Scored>): { readonly best: Scored | null; readonly first: number } => {
  let best: Scored | null = null;
  let first = Number.POSITIVE_INFINITY;
  for (const time of times) {
    first = Math.min(first, time.visit.start);
    if (best === null || time.score > best.score) best = time;
    if (time.wish === null || time.wish.met) break;
  }
  return { best, first };
};

/**
 * The same visit that ranks first, found without ranking all: days are searched in order, and the search ends when no
 * later day can be better.
 */
export const chooseIndexed = (asked: Asked, options: AssignOptions, world: Indexed): Choice => {
  const { request } = asked;
  if (request.area === null && options.technicianId === undefined) {
    return { kind: 'none', why: ['AREA_UNKNOWN'] };
  }
  const technicians = fitting(request, options, world);
  const wished = (options.prefer ?? request.wishes.prefer) !== undefined;
  let best: Scored | null = null;
  let earliest = Number.POSITIVE_INFINITY;
  for (const [daysLater, date] of searchedDates(request, options, world).entries()) {
    if (best !== null && best.score >= bestPossible(daysLater, wished)) break;
    for (const technician of technicians) {
      const day = bestOfDay(scoredTimes(asked, technician, { date, daysLater }, options, world));
      earliest = Math.min(earliest, day.first);
      if (day.best !== null && (best === null || compareScored(day.best, best) < 0)) best = day.best;
    }
  }
  return best === null
    ? { kind: 'none', why: whyNone(asked, options, world) }
    : { kind: 'chosen', visit: rankedVisit(best, earliest) };
};
