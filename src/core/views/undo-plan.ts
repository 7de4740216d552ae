import type { OrderProcess } from '../process/process.ts';
import type { Slot } from '../time/slot.ts';

/** What a cancel or a return would have to take back. */
export type UndoPlan = {
  /** Services that are on. */
  readonly services: number;
  /** Services that must be looked up first. */
  readonly inDoubt: number;
  readonly visit: { readonly slot: Slot; readonly technicianId: string } | null;
  /** The technician who has the work in hand. */
  readonly recall: string | null;
};

/** What a cancel or a return of the order as it is now would set in motion. */
export const undoPlan = ({ activation, scheduling, fieldwork }: OrderProcess): UndoPlan => {
  const proofs = [...activation.services.values()].map(({ proof }) => proof);
  const { visit, proposal } = scheduling;
  const held = visit ?? proposal;
  return {
    services: proofs.filter((proof) => proof === 'on').length,
    inDoubt: proofs.filter((proof) => proof === 'unknown').length,
    visit: held === null ? null : { slot: held.slot, technicianId: held.technicianId },
    recall: fieldwork.dispatched === null ? null : (visit?.technicianId ?? null),
  };
};
