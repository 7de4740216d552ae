import type { HardRule } from '../codes/hard-rule.ts';
import { slotOf } from '../scheduling/slots.ts';
import type { Technician } from '../technicians/technician.ts';
import type { Slot } from '../time/slot.ts';
import { addDays } from '../time/zone.ts';
import { askedOf } from './candidates.ts';
import { bestVisit } from './choose.ts';
import { daysOf } from './days.ts';
import { type Indexed, personRules } from './rules.ts';
import type { AssignOptions, VisitRequest } from './types.ts';

/**
 * What alone would have to be otherwise for an order to have a place: a skill or an area more for somebody, a visit more on a
 * full day, an hour more at either end of it, a day off that is worked, a time that the desk did not offer, a day before the wished
 * one, or a search of a week more. With who would go then, and when.
 */
export type Relaxation = {
  readonly what: RelaxedRule;
  readonly technicianId: string;
  readonly slot: Slot;
};

export type RelaxedRule =
  | Extract<HardRule, 'SKILL' | 'AREA' | 'DAILY_LIMIT' | 'HOURS' | 'DAY_OFF' | 'NOT_OFFERED' | 'NOT_BEFORE'>
  | 'LATER';

export const RELAXED: readonly RelaxedRule[] = [
  'NOT_OFFERED',
  'NOT_BEFORE',
  'LATER',
  'HOURS',
  'DAILY_LIMIT',
  'DAY_OFF',
  'SKILL',
  'AREA',
];

const MORE_MINUTES = 60;
const MORE_DAYS = 7;

type Relaxed = { readonly request: VisitRequest; readonly world: Indexed; readonly options: AssignOptions };

/** The single changes that would place an order that has no place, the least first. */
export const relaxations = (
  request: VisitRequest,
  options: AssignOptions,
  world: Indexed,
): readonly Relaxation[] =>
  request.area === null
    ? []
    : RELAXED.flatMap((what) => {
        const otherwise = relaxed(what, { request, world, options });
        const found =
          otherwise === null
            ? null
            : bestVisit(askedOf(otherwise.request), otherwise.options, otherwise.world);
        if (found === null) return [];
        const { technician, visit } = found.best;
        return [{ what, technicianId: technician.technicianId, slot: slotOf(visit) }];
      });

/** Only who is otherwise can give a place to an order that has none: nobody else is asked again. null: nothing is otherwise. */
const relaxed = (what: RelaxedRule, given: Relaxed): Relaxed | null => {
  const { request, world, options } = given;
  const people = (
    change: (one: Technician) => Partial<Technician>,
    isOther: (one: Technician) => boolean = () => true,
  ): Relaxed => {
    const technicians = world.technicians.filter(isOther).map((one) => ({ ...one, ...change(one) }));
    return { ...given, world: { ...world, technicians } };
  };
  const breaks = (rule: HardRule) => (one: Technician) => personRules(request, one, world).includes(rule);
  switch (what) {
    case 'SKILL':
      return people(() => ({ skills: ['internet', 'tv'] }), breaks('SKILL'));
    case 'AREA':
      return people(
        ({ areas }) => ({ areas: request.area === null ? areas : [...areas, request.area] }),
        breaks('AREA'),
      );
    case 'DAILY_LIMIT':
      return people(({ dailyLimit }) => ({ dailyLimit: dailyLimit + 1 }));
    case 'DAY_OFF':
      return people(
        () => ({ daysOff: [] }),
        ({ daysOff }) => daysOff.length > 0,
      );
    case 'HOURS':
      return people(({ hours }) => ({
        hours: Object.fromEntries(
          Object.entries(hours).map(([day, { from, to }]) => [
            day,
            { from: Math.max(0, from - MORE_MINUTES), to: Math.min(1_440, to + MORE_MINUTES) },
          ]),
        ),
      }));
    case 'NOT_OFFERED':
      if (request.offered === null) return null;
      return { ...given, request: { ...request, offered: null } };
    case 'NOT_BEFORE': {
      const { notBefore, ...wishes } = request.wishes;
      if (notBefore === undefined) return null;
      return { ...given, request: { ...request, wishes } };
    }
    case 'LATER': {
      const policy = {
        ...world.policy,
        schedule: { ...world.policy.schedule, searchDays: world.policy.schedule.searchDays + MORE_DAYS },
      };
      const { date } = options;
      if (date !== undefined) return { ...given, options: { ...options, date: addDays(date, 1) } };
      return { ...given, world: { ...world, policy, days: daysOf(policy) } };
    }
  }
};
