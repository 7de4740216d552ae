import type { PartOfDay } from '../order/events.ts';
import type { Policy } from '../rules/policy.ts';
import type { Skill } from '../technicians/technician.ts';
import { iso, ms } from '../time/iso.ts';
import type { Slot } from '../time/slot.ts';
import { MINUTE_MS } from '../time/units.ts';
import { fromLocal, toLocal } from '../time/zone.ts';
import type { Lines } from '../values/lines.ts';

/** A half-open span in epoch ms: what the rules compute with, while events and views hold ISO texts. */
export type Span = { readonly start: number; readonly end: number };

export const spanOf = (slot: Slot): Span => ({ start: ms(slot.start), end: ms(slot.end) });
export const slotOf = (span: Span): Slot => ({ start: iso(span.start), end: iso(span.end) });

/** How long a visit for these lines lasts, in minutes. */
export const visitMinutes = (lines: Lines, policy: Policy): number =>
  policy.visits.firstLineMinutes +
  Math.max(0, lines.internet + lines.tv - 1) * policy.visits.extraLineMinutes;

/** The visit that starts at `start` (epoch ms). */
export const visitAt = (start: number, lines: Lines, policy: Policy): Span => ({
  start,
  end: start + visitMinutes(lines, policy) * MINUTE_MS,
});

/** What a technician must know for these lines. */
export const neededSkills = (lines: Lines): readonly Skill[] => [
  ...(lines.internet > 0 ? (['internet'] as const) : []),
  ...(lines.tv > 0 ? (['tv'] as const) : []),
];

/** am: before 12:00, pm: 12:00 to 18:00, evening: from 18:00. By when the visit starts, in the operator's zone. */
export const partOfDay = (start: number, tz: string): PartOfDay => {
  const { minutes } = toLocal(start, tz);
  if (minutes < 12 * 60) return 'am';
  return minutes < 18 * 60 ? 'pm' : 'evening';
};

/** Starts (epoch ms) of the slot grid of one local day, ascending. A start that the clocks skip is left out. */
export const slotGrid = (date: string, policy: Policy): readonly number[] => {
  const starts: number[] = [];
  // A step of 0 would never end.
  const step = Math.max(1, policy.visits.slotMinutes);
  for (let minutes = 0; minutes < 1440; minutes += step) {
    const { at, exact } = fromLocal(date, minutes, policy.tz);
    if (exact) starts.push(at);
  }
  return starts;
};

/** What the desk offered, made ready for many checks. */
export type Offer = { readonly starts: ReadonlySet<number>; readonly spans: readonly Span[] };

/** Slots that touch or overlap become one span, so that a long visit may lie over several short slots. */
export const offerOf = (offered: readonly Slot[]): Offer => {
  const spans: Span[] = [];
  const sorted = offered.map(spanOf).sort((a, b) => a.start - b.start);
  for (const next of sorted) {
    const last = spans.at(-1);
    if (last !== undefined && next.start <= last.end) {
      spans[spans.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
    } else spans.push(next);
  }
  return { starts: new Set(sorted.map((span) => span.start)), spans };
};

/**
 * Some desks offer whole slots and some offer times of arrival: a visit is offered when it begins with a slot of the
 * desk, or lies within its slots.
 */
export const isOffered = (offer: Offer, visit: Span): boolean =>
  offer.starts.has(visit.start) ||
  offer.spans.some((span) => span.start <= visit.start && visit.end <= span.end);
