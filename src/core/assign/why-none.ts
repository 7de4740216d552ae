import { HARD_RULES, type HardRule } from '../codes/hard-rule.ts';
import type { WhyNoneCode } from '../codes/why-none.ts';
import { visitAt } from '../scheduling/slots.ts';
import type { Technician } from '../technicians/technician.ts';
import { ms } from '../time/iso.ts';
import { dayLoad } from './calendar.ts';
import { searchedDates } from './candidates.ts';
import { type Asked, dayRules, type Indexed, personRules, timeRules } from './rules.ts';
import type { AssignOptions } from './types.ts';

/** Of the times of a day, the rule that the one that came furthest broke; rules are checked in the order of HARD_RULES. */
const dayLost = (
  asked: Asked,
  technician: Technician,
  date: string,
  options: AssignOptions,
  world: Indexed,
): HardRule => {
  const load = dayLoad(world.calendar.on(technician.technicianId, date), date, asked.request, world.travel);
  const [whole] = dayRules(asked.request, technician, date, load, world);
  if (whole !== undefined) return whole;
  let furthest: HardRule = 'HOURS';
  const times = options.at === undefined ? world.days.grid(date) : [world.days.timeAt(ms(options.at))];
  for (const { start } of times) {
    const visit = visitAt(start, asked.request.lines, world.policy);
    const [first] = timeRules(asked, technician, visit, date, world);
    if (first !== undefined && HARD_RULES.indexOf(first) > HARD_RULES.indexOf(furthest)) furthest = first;
  }
  return furthest;
};

/**
 * What stood in the way, most severe first, e.g. `AREA:12 SKILL:3 BUSY:28`. INACTIVE, AREA and SKILL count technicians,
 * the others count days of the technicians that were left; each is counted once, under the first rule that rules it out.
 */
export const whyNone = (asked: Asked, options: AssignOptions, world: Indexed): readonly WhyNoneCode[] => {
  const technicians = world.technicians.filter(
    ({ technicianId }) => options.technicianId === undefined || technicianId === options.technicianId,
  );
  if (technicians.length === 0) return ['NO_TECHNICIANS'];
  const counts = new Map<HardRule, number>();
  const count = (rule: HardRule): void => {
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
  };
  const dates = searchedDates(asked.request, options, world);
  for (const technician of technicians) {
    const [person] = personRules(asked.request, technician, world);
    if (person !== undefined) count(person);
    else for (const date of dates) count(dayLost(asked, technician, date, options, world));
  }
  return HARD_RULES.flatMap((rule) => {
    const n = counts.get(rule);
    return n === undefined ? [] : [`${rule}:${n}` as const];
  });
};
