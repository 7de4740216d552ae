import type { OrderProcess } from '../process/process.ts';
import { isUndoing } from '../process/process.ts';
import type { Occupied } from '../technicians/technician.ts';

/**
 * The technician's time that an order takes: what is proposed, what is agreed, and what a move asks for beside the old
 * visit. A final order and one that is undone take none.
 */
export const occupiedBy = (process: OrderProcess): readonly Occupied[] => {
  if (isUndoing(process) || process.fieldwork.completed !== null) return [];
  const { proposal, visit, move } = process.scheduling;
  const common = { orderId: process.orderId, area: process.order.area };
  return [
    ...(visit === null
      ? []
      : [{ ...common, technicianId: visit.technicianId, slot: visit.slot, kind: 'agreed' } as const]),
    ...(proposal === null || visit !== null
      ? []
      : [{ ...common, technicianId: proposal.technicianId, slot: proposal.slot, kind: 'held' } as const]),
    ...(move === null
      ? []
      : [{ ...common, technicianId: move.technicianId, slot: move.slot, kind: 'held' } as const]),
  ];
};
