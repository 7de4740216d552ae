import type { Tx } from '../ports/store.ts';
import type { OrderProcess } from '../process/process.ts';
import type { Policy } from '../rules/policy.ts';
import type { Technician } from '../technicians/technician.ts';
import { iso, ms } from '../time/iso.ts';
import type { Slot } from '../time/slot.ts';
import { DAY_MS } from '../time/units.ts';
import { readTravel } from '../travel/read-travel.ts';
import type { AssignWorld, VisitRequest } from './types.ts';

/** What the choice of a technician needs to know of an order. */
export const visitRequest = ({ orderId, order, scheduling }: OrderProcess): VisitRequest => ({
  orderId,
  lines: order.lines,
  area: order.area,
  wishes: order.wishes,
  offered: scheduling.task?.slots ?? null,
});

export type WorldOptions = {
  /** A visit that may lie outside the search. */
  readonly slot?: Slot | undefined;
  /** Only this one may be chosen: no other calendar is read. */
  readonly technicianId?: string | undefined;
};

/** Technicians and their calendar from now to the end of the search, read inside the write that decides. */
export const readWorld = async (
  tx: Tx,
  { policy, now }: { readonly policy: Policy; readonly now: number },
  { slot, technicianId }: WorldOptions = {},
): Promise<AssignWorld> => {
  if (technicianId !== undefined) tx.needs({ technicians: [technicianId] });
  const from = slot === undefined ? now : Math.min(now, ms(slot.start));
  const to = Math.max(now + (policy.schedule.searchDays + 1) * DAY_MS, slot === undefined ? 0 : ms(slot.end));
  return {
    technicians: await technicians(tx, technicianId),
    occupied: await tx.calendar.between(iso(from - DAY_MS), iso(to + DAY_MS), technicianId),
    travel: await readTravel(tx, policy),
    policy,
    now,
  };
};

const technicians = async (tx: Tx, technicianId: string | undefined): Promise<readonly Technician[]> => {
  const named = technicianId === undefined ? null : await tx.technicians.get(technicianId);
  return named?.active === true ? [named] : tx.technicians.list();
};
