import { readReason } from '../core/assign/reason.ts';
import { assertNever } from '../core/values/assert-never.ts';
import type { Texts } from './catalogue.ts';

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

/** Why a visit was chosen, in words. `codes`: as the log has them. */
export const reasonsText = (codes: readonly string[], t: Texts): string =>
  codes.map((code) => reasonText(code, t)).join(', ');
