import type { Envelope } from '../process/events.ts';

/** Why a technician was chosen, as the log tells it. */
export type VisitChoice = {
  /** null: the customer agreed to a time that was not proposed, or it was moved. */
  readonly choice: 'automatic' | 'by-hand' | null;
  /** Codes, see `core/assign/reason.ts`; a way names the version of the areas that it was reckoned by. */
  readonly reasons: readonly string[];
};

/** What was said when this visit was proposed, the last time. */
export const visitChoice = (
  events: readonly Envelope[],
  visit: { readonly technicianId: string; readonly start: string },
): VisitChoice => {
  // A visit that was shifted inside its window is still the one that was proposed.
  const shifted = events.findLast(
    (event) =>
      event.type === 'VisitRetimed' &&
      event.data.technicianId === visit.technicianId &&
      event.data.slot.start === visit.start,
  );
  if (shifted?.type === 'VisitRetimed') {
    const { technicianId, from } = shifted.data;
    return visitChoice(events.slice(0, events.indexOf(shifted)), { technicianId, start: from.start });
  }
  const proposed = events.findLast(
    (event) =>
      event.type === 'VisitProposed' &&
      event.data.technicianId === visit.technicianId &&
      event.data.slot.start === visit.start,
  );
  const told = proposed?.type === 'VisitProposed' ? proposed.data : null;
  return { choice: told?.choice ?? null, reasons: told?.reasons ?? [] };
};
