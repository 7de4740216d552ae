import type { AssignWorld, HardRule, RankedVisit, VisitRequest } from '../assign/types.ts';
import { anotherTechnician, brokenRules, chooseVisit, rankVisits } from '../assign.ts';
import type { NewEvent } from '../events.ts';
import { mustBeAtTheDesk } from '../order/decide.ts';
import type { PartOfDay } from '../order/events.ts';
import type { OrderProcess } from '../process.ts';
import { Refusal } from '../refusal.ts';
import { callTimes } from '../scheduling/automatic-visit.ts';
import { nextCallTime } from '../scheduling/calling-hours.ts';
import { proposeVisit } from '../scheduling/decide.ts';
import type { CallVia, Slot, VisitProposed } from '../scheduling/events.ts';
import { slotOf, visitAt } from '../scheduling/slots.ts';
import { readWorld, visitRequest } from '../scheduling/visit-world.ts';
import { iso, ms } from '../time/iso.ts';
import { type Change, type ChangeOptions, changeOrder } from './change-order.ts';
import type { AppDeps } from './deps.ts';
import type { WriteContext } from './write-order.ts';

export type VisitWish = {
  /** Technician id, or `auto`. */
  readonly technician: string;
  /** Epoch ms of the start, or `next`: the best one. */
  readonly at: number | 'next';
  readonly prefer?: PartOfDay | undefined;
  readonly via: CallVia;
  /** now: a person asks for the call, whatever the hour. hours: the worker calls within calling hours. */
  readonly call: 'now' | 'hours';
  /** A broken hard rule is accepted, with this reason on the log. */
  readonly force?: string | undefined;
};

/** Hard rules that not even a reason may break: the time is over, or the person is taken. */
const NEVER_FORCED: ReadonlySet<HardRule> = new Set(['PAST', 'BUSY']);

/** How many free slots an error offers instead. */
const OFFERED_INSTEAD = 3;

/**
 * Holds a technician's time for an order and makes the call due. The calendar is read in the write that holds, so that
 * of any number who want one slot exactly one gets it.
 * Throws Refusal: ILLEGAL_IN_STAGE, TECHNICIAN_NOT_FOUND, NO_TECHNICIANS, NO_SLOT, SLOT_TAKEN, HARD_RULE, TIME_PASSED.
 */
export const assignVisit = (
  deps: AppDeps,
  orderId: string,
  { wish, ...options }: Omit<ChangeOptions, 'command' | 'content'> & { readonly wish: VisitWish },
): Promise<Change> =>
  changeOrder(deps, orderId, { ...options, command: 'schedule assign', content: wish }, (process, write) =>
    decideVisit(process, write, wish),
  );

/** The same as a decision inside any write. */
export const decideVisit = async (
  process: OrderProcess,
  { tx, policy, now }: WriteContext,
  wish: VisitWish,
): Promise<readonly NewEvent[]> => {
  mustBeAtTheDesk(process, 'schedule assign');
  const { agreed } = process.scheduling;
  const world = await readWorld(tx, { policy, now }, agreed?.slot);
  if (world.technicians.length === 0) throw new Refusal('NO_TECHNICIANS', {});
  const chosen =
    agreed === null ? choose(process, world, wish) : forAgreed(process, world, wish, agreed.slot);
  if (isTheSame(process, chosen, wish)) return [];
  const callAt = wish.call === 'now' ? now : nextCallTime(now, policy);
  const proposal: VisitProposed['data'] = {
    slot: chosen.slot,
    technicianId: chosen.technicianId,
    via: wish.via,
    ...callTimes(callAt, policy.schedule.holdMinutes),
    choice: wish.technician === 'auto' ? 'automatic' : 'by-hand',
    reasons: chosen.reasons,
  };
  return proposeVisit(process, proposal);
};

type Chosen = Pick<RankedVisit, 'slot' | 'technicianId' | 'reasons'>;

/** The very hold that stands, asked for again: already so. */
const isTheSame = ({ scheduling: { proposal } }: OrderProcess, chosen: Chosen, wish: VisitWish): boolean =>
  proposal !== null &&
  proposal.technicianId === chosen.technicianId &&
  proposal.slot.start === chosen.slot.start &&
  proposal.via === wish.via &&
  wish.call === 'hours';

const choose = (process: OrderProcess, world: AssignWorld, wish: VisitWish): Chosen => {
  const request = visitRequest(process);
  const technicianId = wish.technician === 'auto' ? undefined : wish.technician;
  if (technicianId !== undefined) mustKnow(world, technicianId);
  if (wish.at === 'next') {
    const choice = chooseVisit(request, world, { technicianId, prefer: wish.prefer });
    if (choice.kind === 'none') throw new Refusal('NO_SLOT', { orderId: process.orderId, why: choice.why });
    return choice.visit;
  }
  if (wish.at < world.now) throw new Refusal('TIME_PASSED', { at: iso(wish.at) });
  const slot = slotOf(visitAt(wish.at, request.lines, world.policy));
  if (technicianId === undefined) {
    const choice = chooseVisit(request, world, { at: iso(wish.at) });
    if (choice.kind === 'none') throw new Refusal('NO_SLOT', { orderId: process.orderId, why: choice.why });
    return choice.visit;
  }
  return byHand(request, { technicianId, slot, force: wish.force }, world);
};

const mustKnow = (world: AssignWorld, technicianId: string): void => {
  if (world.technicians.some((one) => one.technicianId === technicianId)) return;
  throw new Refusal('TECHNICIAN_NOT_FOUND', { technicianId });
};

/** A technician and a time chosen by a person: every broken hard rule is named, and may be forced with a reason. */
const byHand = (
  request: VisitRequest,
  {
    technicianId,
    slot,
    force,
  }: { readonly technicianId: string; readonly slot: Slot; readonly force: string | undefined },
  world: AssignWorld,
): Chosen => {
  const technician = world.technicians.find((one) => one.technicianId === technicianId);
  if (technician === undefined) throw new Refusal('TECHNICIAN_NOT_FOUND', { technicianId });
  const broken = brokenRules(request, technician, slot, world);
  if (broken.includes('BUSY')) {
    const free = rankVisits(request, world, { technicianId, top: OFFERED_INSTEAD });
    throw new Refusal('SLOT_TAKEN', {
      technicianId,
      at: slot.start,
      next: free.map((visit) => visit.slot.start),
    });
  }
  const mayForce = force !== undefined && !broken.some((rule) => NEVER_FORCED.has(rule));
  if (broken.length > 0 && !mayForce) {
    throw new Refusal('HARD_RULE', { orderId: request.orderId, technicianId, at: slot.start, rules: broken });
  }
  return { slot, technicianId, reasons: ['by-hand', ...broken.map((rule) => `forced:${rule}`)] };
};

/** The customer has agreed to a time already: only who goes there is open. */
const forAgreed = (process: OrderProcess, world: AssignWorld, wish: VisitWish, slot: Slot): Chosen => {
  const request = { ...visitRequest(process), offered: null, wishes: {} };
  if (wish.at !== 'next' && wish.at !== ms(slot.start)) {
    throw new Refusal('AGREEMENT_REQUIRED', { orderId: process.orderId });
  }
  if (wish.technician !== 'auto')
    return byHand(request, { technicianId: wish.technician, slot, force: wish.force }, world);
  const found = anotherTechnician(request, slot, world);
  if (found !== null) return found;
  throw new Refusal('NO_SLOT', { orderId: process.orderId, why: ['NOBODY_AT_AGREED_SLOT'] });
};
