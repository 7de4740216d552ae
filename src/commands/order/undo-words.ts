import type { UndoPlan } from '../../core/views/undo-plan.ts';
import type { View } from '../framework/print/view.ts';
import { dayAndTime } from './words.ts';

/** What would be undone, in one sentence; empty when there is nothing. */
export const undoText = ({ services, inDoubt, visit, recall }: UndoPlan, view: View): string => {
  const { sentence } = view.t.orders;
  return [
    ...(recall === null ? [] : [sentence.undoRecall(recall)]),
    ...(services === 0 ? [] : [sentence.undoServices(services)]),
    ...(inDoubt === 0 ? [] : [sentence.undoUnknown(inDoubt)]),
    ...(visit === null ? [] : [sentence.undoVisit(dayAndTime(visit.slot.start, view), visit.technicianId)]),
  ].join(', ');
};
