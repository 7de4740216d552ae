import { fitting, openDay, scoredVisits, searchedDates, wishedPart } from './candidates.ts';
import { earliestStart, isRestricted } from './earliest.ts';
import type { Asked, Indexed } from './rules.ts';
import { bestPossible, compareScored, rankedVisit, type Scored, scoreOf } from './score.ts';
import type { AssignOptions, Choice } from './types.ts';
import { whyNone } from './why-none.ts';

/** The best visit, or what stood in the way of every one. */
export const chooseIndexed = (asked: Asked, options: AssignOptions, world: Indexed): Choice => {
  if (asked.request.area === null && options.technicianId === undefined) {
    return { kind: 'none', why: ['AREA_UNKNOWN'] };
  }
  const found = bestVisit(asked, options, world);
  if (found === null) return { kind: 'none', why: whyNone(asked, options, world) };
  const earliest = isRestricted(options) ? earliestStart(asked, options, world) : found.earliest;
  return { kind: 'chosen', visit: rankedVisit(found.best, earliest) };
};

/** `earliest`: the first start (epoch ms) of all that the options allow. */
export type BestVisit = { readonly best: Scored; readonly earliest: number };

/**
 * The visit that ranks first, found without ranking all: days are searched in order until no later day can be better,
 * and of a technician's day, where ways are not known, only the first time that meets the wish, or else the first time, can be
 * best. null: there is none.
 */
export const bestVisit = (asked: Asked, options: AssignOptions, world: Indexed): BestVisit | null => {
  const { request } = asked;
  const technicians = fitting(request, options, world);
  const weights = world.policy.plan;
  const wished = wishedPart(request, options) !== null;
  let best: Scored | null = null;
  let earliest = Number.POSITIVE_INFINITY;
  for (const [daysLater, date] of searchedDates(request, options, world).entries()) {
    if (best !== null && best.score >= bestPossible(daysLater, wished, weights)) break;
    // The earliest time of all is on the first day that has any: later days need not be looked through for it.
    const firstDay = earliest === Number.POSITIVE_INFINITY;
    for (const technician of technicians) {
      const day = openDay(asked, technician, date, daysLater, world);
      if (day === null) continue;
      const bound = scoreOf(technician, day.load, daysLater, {
        wish: wished ? { met: true } : null,
        travelAdded: null,
        weights,
      });
      const mayWin = best === null || bound >= best.score;
      if (!mayWin && !firstDay) continue;
      for (const scored of scoredVisits(asked, day, options, world)) {
        earliest = Math.min(earliest, scored.visit.start);
        if (!mayWin) break;
        if (best === null || compareScored(scored, best) < 0) best = scored;
        // Another time of the day may have a shorter way, if the lengths of ways are known.
        if (scored.travel === null && (scored.wish === null || scored.wish.met)) break;
      }
    }
  }
  return best === null ? null : { best, earliest };
};
