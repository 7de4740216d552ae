import { readReason } from '../../core/assign/reason.ts';
import type { DaySpan } from '../../core/time/day-span.ts';
import { daySpanText } from '../../core/time/day-span.ts';
import type { Slot } from '../../core/time/slot.ts';
import { assertNever } from '../../core/values/assert-never.ts';
import type { Texts } from '../../texts/catalogue.ts';
import type { View } from '../framework/print/view.ts';
import { slotText } from '../order/words.ts';

/** The words of one reason; one that is not known stays as it was written. */
export const reasonText = (text: string, { schedule }: Texts): string => {
  const { reasons, rules } = schedule;
  const reason = readReason(text);
  switch (reason.code) {
    case 'wish':
      return reasons.wish(reason.part);
    case 'wish-missed':
      return reasons.wishMissed(reason.part);
    case 'earliest':
      return reasons.earliest;
    case 'same-area':
      return reasons.sameArea(reason.visits);
    case 'load':
      return reasons.load(reason.visits, reason.limit);
    case 'travel':
      return reasons.travel(reason.minutes);
    case 'by-hand':
      return reasons.byHand;
    case 'forced':
      return reasons.forced(rules[reason.rule]);
    case 'reassigned':
      return reasons.reassigned;
    case 'agreed-slot':
      return reasons.agreedSlot;
    case 'AS_WRITTEN':
      return reason.text;
    default:
      return assertNever(reason);
  }
};

export const reasonsText = (codes: readonly string[], { t }: View): string =>
  codes.map((code) => reasonText(code, t)).join(', ');

/** A slot in a table, where "in 3 h" beside every one would only make the lines long. */
export const slotCell = (slot: Slot, view: View): string => slotText(slot, { ...view, tty: false });

/** `09:00-20:00` */
export const hoursText = (hours: DaySpan): string => daySpanText(hours);
