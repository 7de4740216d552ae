import { askedOf } from '../../assign/candidates.ts';
import { type Seat, seated } from '../../assign/seats.ts';
import { standingRequest } from '../../assign/stands.ts';
import { visitRequest } from '../../assign/visit-world.ts';
import type { HardRule } from '../../codes/hard-rule.ts';
import type { NewEvent } from '../../process/events.ts';
import { mustBeIn } from '../../process/legal.ts';
import type { OrderProcess } from '../../process/process.ts';
import { Refusal } from '../../rules/refusal.ts';
import { retimeVisit } from '../../scheduling/retime.ts';
import { spanOf } from '../../scheduling/slots.ts';
import type { Technician } from '../../technicians/technician.ts';
import { iso, ms } from '../../time/iso.ts';
import { type Slot, sameSlot } from '../../time/slot.ts';
import { DAY_MS } from '../../time/units.ts';
import { readTravel } from '../../travel/read-travel.ts';
import { occupiedBy } from '../../views/occupied.ts';
import { allow } from '../allow.ts';
import { changeOrder, writer } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';
import { knownTechnician } from '../technicians/technicians.ts';
import { within } from '../within.ts';
import { readOrder, type WriteContext } from '../write-order.ts';
import { holdPlanned, type PlannedVisit } from './plan-queue.ts';
import type { ProposedVisit } from './propose-plan.ts';

/**
 * A new plan in one write: who is only held is held anew, an agreed visit is shifted inside its window. Times may change hands,
 * so the rules are asked of all of them at once. What is not any more what it was planned from is left as it is, and so is whoever
 * would be in its way; the refusal in the result says why. Throws Refusal DENIED.
 */
export const applyReplan = async (
  deps: AppDeps,
  placed: readonly PlannedVisit[],
  { dryRun }: { readonly dryRun: boolean },
): Promise<readonly ProposedVisit[]> => {
  // Before the write, whose rollback would take the trace of a denial along.
  await allow(deps, 'schedule plan');
  return writer(
    deps,
    dryRun,
  )(async (tx) => {
    const write = { tx, policy: deps.policy, actor: deps.actor, now: deps.clock.now() };
    const refusals = new Map<string, Refusal>();
    const ready: Ready[] = [];
    for (const visit of placed) {
      try {
        ready.push(await readyFor(visit, write));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refusals.set(visit.orderId, error);
      }
    }
    const { kept, broken } = seated(
      ready.map(({ seat }) => seat),
      await worldOf(ready, write),
    );
    const isKept = new Set(kept.map(({ asked }) => asked.request.orderId));
    for (const { visit } of ready) {
      const { orderId } = visit;
      if (!isKept.has(orderId)) refusals.set(orderId, brokenBy(visit, broken.get(orderId) ?? []));
    }
    const inside = within(deps, tx);
    for (const { visit, events } of ready) {
      if (isKept.has(visit.orderId)) {
        await changeOrder(inside, visit.orderId, { command: 'schedule plan' }, () => events);
      }
    }
    return placed.map((visit): ProposedVisit => {
      const refusal = refusals.get(visit.orderId);
      return refusal === undefined ? { visit, kind: 'held' } : { visit, kind: 'refused', refusal };
    });
  });
};

type Ready = { readonly visit: PlannedVisit; readonly seat: Seat; readonly events: readonly NewEvent[] };

/** What the visit makes of the order as it is now. Throws what is against it. */
const readyFor = async (visit: PlannedVisit, write: WriteContext): Promise<Ready> => {
  const process = await readOrder(write.tx, visit.orderId);
  const events = decided(process, visit, write);
  const { from, slot, technicianId } = visit;
  const request = from === null ? visitRequest(process) : standingRequest(process, from);
  const technician = await knownTechnician(write.tx, technicianId);
  const [stood = null] = occupiedBy(process);
  return { visit, events, seat: { asked: askedOf(request), technician, visit: spanOf(slot), stood } };
};

const decided = (process: OrderProcess, planned: PlannedVisit, write: WriteContext): readonly NewEvent[] => {
  const { orderId, version, from, slot } = planned;
  const stale = new Refusal('STALE_VERSION', { orderId, expected: version, actual: process.version });
  if (from === null || from.promised === null) {
    const events = holdPlanned(process, planned, write);
    if (process.version !== version) throw stale;
    return events;
  }
  mustBeIn(process, 'schedule plan', ['scheduled']);
  // A note changes the order and not its visit.
  const { visit } = process.scheduling;
  const isAsPlanned =
    visit !== null && visit.technicianId === from.technicianId && sameSlot(visit.slot, from.slot);
  if (!isAsPlanned) throw stale;
  return retimeVisit(process, ms(slot.start));
};

/** All that the technicians of these visits do around them, without the orders that are to move. */
const worldOf = async (
  ready: readonly Ready[],
  { tx, policy, now }: WriteContext,
): Promise<Parameters<typeof seated>[1]> => {
  const slots = ready.flatMap(({ visit, seat: { stood } }): readonly Slot[] =>
    stood === null ? [visit.slot] : [visit.slot, stood.slot],
  );
  const starts = slots.map(({ start }) => ms(start));
  const ends = slots.map(({ end }) => ms(end));
  const moving = new Set(ready.map(({ visit }) => visit.orderId));
  const from = starts.reduce((a, b) => Math.min(a, b), now) - DAY_MS;
  const to = ends.reduce((a, b) => Math.max(a, b), now) + DAY_MS;
  const occupied = (await tx.calendar.between(iso(from), iso(to))).filter(
    ({ orderId }) => !moving.has(orderId),
  );
  const technicians = new Map<string, Technician>(
    ready.map(({ seat: { technician } }) => [technician.technicianId, technician]),
  );
  return {
    technicians: [...technicians.values()],
    occupied,
    travel: await readTravel(tx, policy),
    policy,
    now,
  };
};

const brokenBy = ({ orderId, slot, technicianId }: PlannedVisit, rules: readonly HardRule[]): Refusal =>
  rules.includes('BUSY')
    ? new Refusal('SLOT_TAKEN', { technicianId, at: slot.start, next: [] })
    : new Refusal('HARD_RULE', { orderId, technicianId, at: slot.start, rules });
