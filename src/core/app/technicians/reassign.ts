import { anotherTechnician, brokenRules, chooseVisit } from '../../assign/assign.ts';
import { readWorld, visitRequest } from '../../assign/visit-world.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { Refusal } from '../../rules/refusal.ts';
import { moveVisit, proposeVisit } from '../../scheduling/decide.ts';
import type { Occupied } from '../../technicians/technician.ts';
import type { Slot } from '../../time/slot.ts';
import { type Change, type ChangeOptions, changeOrder } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';
import type { WriteContext } from '../write-order.ts';
import { knownTechnician } from './technicians.ts';

const CODE = 'TECHNICIAN_UNAVAILABLE';

export type Reassignment = Omit<ChangeOptions, 'command' | 'content'> & {
  readonly from: string;
  /** A technician id, or `auto`: the best other one. */
  readonly to: string;
};

/**
 * Gives what stands in one technician's calendar to another. An agreed visit keeps its time, so the desk phones no customer, and a
 * dispatched technician is recalled; a held one keeps its time too if a technician is free then, else it gets the best other.
 * Throws NO_SLOT, SLOT_TAKEN, HARD_RULE, TECHNICIAN_NOT_FOUND, ILLEGAL_IN_STAGE, CALL_RUNNING, MOVE_RUNNING.
 */
export const reassignVisit = (
  deps: AppDeps,
  { orderId, kind, slot }: Occupied,
  { from, to, ...options }: Reassignment,
): Promise<Change> =>
  changeOrder(deps, orderId, { ...options, command: 'technician off' }, async (process, write) => {
    const { visit, proposal } = process.scheduling;
    const present = kind === 'agreed' ? visit : proposal;
    // Another change has moved it meanwhile: there is nothing left to do.
    if (present === null || present.technicianId !== from || present.slot.start !== slot.start) return [];
    return kind === 'agreed' ? agreed(process, write, { from, to }) : held(process, write, { from, to });
  });

type FromTo = { readonly from: string; readonly to: string };

const agreed = async (
  process: OrderProcess,
  write: WriteContext,
  { from, to }: FromTo,
): Promise<readonly NewEvent[]> => {
  const slot = process.scheduling.visit?.slot;
  if (slot === undefined) return [];
  const technicianId = await whoGoes(process, write, { slot, from, to });
  if (technicianId === null) throw noneAt(process);
  return moveVisit(process, { slot, technicianId, code: CODE, agreed: false });
};

const held = async (
  process: OrderProcess,
  write: WriteContext,
  { from, to }: FromTo,
): Promise<readonly NewEvent[]> => {
  const { proposal } = process.scheduling;
  if (proposal === null) return [];
  const { slot, via, callAt, expiresAt } = proposal;
  const kept = { via, callAt, expiresAt, choice: to === 'auto' ? 'automatic' : 'by-hand' } as const;
  const technicianId = await whoGoes(process, write, { slot, from, to });
  if (technicianId !== null) {
    return proposeVisit(process, { ...kept, slot, technicianId, reasons: ['reassigned'] });
  }
  const { tx, policy, now } = write;
  const choice = chooseVisit(visitRequest(process), await readWorld(tx, { policy, now }));
  if (choice.kind === 'none') throw new Refusal('NO_SLOT', { orderId: process.orderId, why: choice.why });
  const { visit } = choice;
  return proposeVisit(process, {
    ...kept,
    slot: visit.slot,
    technicianId: visit.technicianId,
    reasons: ['reassigned', ...visit.reasons],
  });
};

/** null: no technician is free then. One who is named must be. */
const whoGoes = async (
  process: OrderProcess,
  { tx, policy, now }: WriteContext,
  { slot, from, to }: FromTo & { readonly slot: Slot },
): Promise<string | null> => {
  const world = await readWorld(tx, { policy, now }, { slot });
  const request = { ...visitRequest(process), offered: null, wishes: {} };
  if (to === 'auto') return anotherTechnician(request, slot, world, [from])?.technicianId ?? null;
  const rules = brokenRules(request, await knownTechnician(tx, to), slot, world);
  if (rules.includes('BUSY')) {
    throw new Refusal('SLOT_TAKEN', { technicianId: to, at: slot.start, next: [] });
  }
  if (rules.length === 0) return to;
  throw new Refusal('HARD_RULE', { orderId: process.orderId, technicianId: to, at: slot.start, rules });
};

const noneAt = ({ orderId }: OrderProcess): Refusal =>
  new Refusal('NO_SLOT', { orderId, why: ['NOBODY_AT_AGREED_SLOT'] });
