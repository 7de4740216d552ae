import type { HardRule } from '../../core/assign/types.ts';
import type { PartOfDay } from '../../core/order/events.ts';
import type { DaySpan } from '../../core/time/day-span.ts';
import { daySpanText } from '../../core/time/day-span.ts';
import type { Slot } from '../../core/time/slot.ts';
import type { Texts } from '../../texts/catalogue.ts';
import type { View } from '../framework/print/view.ts';
import { slotText } from '../order/words.ts';

type Schedule = Texts['schedule'];

const isPart = (text: string): text is PartOfDay => text === 'am' || text === 'pm' || text === 'evening';
const isRule = (text: string, rules: Schedule['rules']): text is HardRule => Object.hasOwn(rules, text);

/** The words of one reason code (see `RankedVisit`); a code that is not known stays as it is. */
const reasonText = (code: string, { schedule }: Texts): string => {
  const { reasons, rules } = schedule;
  const colon = code.indexOf(':');
  const [name, value] = colon === -1 ? [code, ''] : [code.slice(0, colon), code.slice(colon + 1)];
  switch (name) {
    case 'wish':
      return isPart(value) ? reasons.wish(value) : code;
    case 'wish-missed':
      return isPart(value) ? reasons.wishMissed(value) : code;
    case 'earliest':
      return reasons.earliest;
    case 'same-area':
      return reasons.sameArea(Number(value));
    case 'load': {
      const [visits = '', limit = ''] = value.split('/');
      return reasons.load(Number(visits), Number(limit));
    }
    case 'by-hand':
      return reasons.byHand;
    case 'forced':
      return reasons.forced(isRule(value, rules) ? rules[value] : value);
    case 'reassigned':
      return reasons.reassigned;
    case 'agreed-slot':
      return reasons.agreedSlot;
    default:
      return code;
  }
};

export const reasonsText = (codes: readonly string[], { t }: View): string =>
  codes.map((code) => reasonText(code, t)).join(', ');

/** A slot in a table, where "in 3 h" beside every one would only make the lines long. */
export const slotCell = (slot: Slot, view: View): string => slotText(slot, { ...view, tty: false });

/** `09:00-20:00` */
export const hoursText = (hours: DaySpan): string => daySpanText(hours);
