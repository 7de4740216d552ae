import { anotherTechnician, brokenRules, chooseVisit, rankVisits } from '../../assign/assign.ts';
import type { ReasonCode } from '../../assign/reason.ts';
import type { AssignOptions, AssignWorld, RankedVisit, VisitRequest } from '../../assign/types.ts';
import { visitRequest } from '../../assign/visit-world.ts';
import type { HardRule } from '../../codes/hard-rule.ts';
import type { PartOfDay } from '../../order/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { CallVia } from '../../scheduling/events.ts';
import { slotOf, visitAt } from '../../scheduling/slots.ts';
import { iso, ms } from '../../time/iso.ts';
import type { Slot } from '../../time/slot.ts';

/** Which visit the desk wishes. */
export type VisitWish = {
  /** Technician id, or `auto`. */
  readonly technician: string;
  /** Epoch ms of the start, or `next`: the best one. */
  readonly at: number | 'next';
  readonly prefer?: PartOfDay | undefined;
  readonly via: CallVia;
  /** now: a person asks for the call, whatever the hour. hours: the worker calls within calling hours. */
  readonly call: 'now' | 'hours';
  /** The desk accepts a broken hard rule; a note of the order keeps why. */
  readonly force?: string | undefined;
};

export type ChosenVisit = Pick<RankedVisit, 'slot' | 'technicianId'> & {
  /** As `ReasonCode`; of a hold that stands already, as an older program may have written them. */
  readonly reasons: readonly string[];
  readonly choice: 'automatic' | 'by-hand';
};

/** Hard rules that not even a reason may break: the time is over, or the person is taken. */
const NEVER_FORCED: ReadonlySet<HardRule> = new Set(['PAST', 'BUSY']);

/** Whether a person may break all of these by saying why. */
export const mayBeForced = (rules: readonly HardRule[]): boolean =>
  !rules.some((rule) => NEVER_FORCED.has(rule));

/** How many free slots an error offers instead. */
const OFFERED_INSTEAD = 3;

/**
 * Who goes there and when. A proposal stands until the desk wishes something else.
 * Throws Refusal: NO_TECHNICIANS, TECHNICIAN_NOT_FOUND, NO_SLOT, SLOT_TAKEN, HARD_RULE, TIME_PASSED, AGREEMENT_REQUIRED.
 */
export const chosenVisit = (process: OrderProcess, world: AssignWorld, wish: VisitWish): ChosenVisit => {
  if (world.technicians.length === 0) throw new Refusal('NO_TECHNICIANS', {});
  const { agreed } = process.scheduling;
  if (agreed !== null && !isAgreedAnew(wish, agreed.slot)) {
    return forAgreed(process, world, wish, agreed.slot);
  }
  return presentHold(process, world, wish) ?? choose(process, world, wish);
};

/** The customer has agreed to another time than the one that no technician can keep. */
const isAgreedAnew = ({ via, at }: VisitWish, slot: Slot): boolean =>
  via === 'agreed' && at !== 'next' && at !== ms(slot.start);

const presentHold = (
  { scheduling: { proposal } }: OrderProcess,
  { now }: AssignWorld,
  { technician, at, prefer }: VisitWish,
): ChosenVisit | null => {
  const asksForNone = technician === 'auto' && at === 'next' && prefer === undefined;
  if (proposal === null || !asksForNone) return null;
  return ms(proposal.expiresAt) > now && ms(proposal.slot.start) >= now ? proposal : null;
};

const automatic = (visit: Omit<ChosenVisit, 'choice'>): ChosenVisit => ({ ...visit, choice: 'automatic' });

const choose = (process: OrderProcess, world: AssignWorld, wish: VisitWish): ChosenVisit => {
  const { orderId } = process;
  const request = visitRequest(process);
  const technicianId = wish.technician === 'auto' ? undefined : wish.technician;
  if (technicianId !== undefined) mustKnow(world, technicianId);
  if (wish.at === 'next') {
    const choice = chooseVisit(request, world, { technicianId, prefer: wish.prefer });
    if (choice.kind === 'none') throw new Refusal('NO_SLOT', { orderId, why: choice.why });
    return technicianId === undefined ? automatic(choice.visit) : { ...choice.visit, choice: 'by-hand' };
  }
  if (wish.at < world.now) throw new Refusal('TIME_PASSED', { at: iso(wish.at) });
  const slot = slotOf(visitAt(wish.at, request.lines, world.policy));
  if (technicianId !== undefined) return byHand(request, { technicianId, slot, force: wish.force }, world);
  const choice = chooseVisit(request, world, { at: iso(wish.at) });
  if (choice.kind === 'chosen') return automatic(choice.visit);
  const next = freeInstead(request, world, { from: iso(wish.at) });
  throw new Refusal('NO_SLOT', { orderId, why: choice.why, next });
};

const mustKnow = (world: AssignWorld, technicianId: string): void => {
  if (world.technicians.some((one) => one.technicianId === technicianId)) return;
  throw new Refusal('TECHNICIAN_NOT_FOUND', { technicianId });
};

/** Free starts from the wished time on, else the earliest ones; of one technician or of all. UTC ISO, ascending. */
export const freeInstead = (
  request: VisitRequest,
  world: AssignWorld,
  { from, ...options }: Pick<AssignOptions, 'technicianId'> & { readonly from: string },
): readonly string[] => {
  const free = rankVisits(request, world, { ...options, top: Number.POSITIVE_INFINITY })
    .map(({ slot }) => slot.start)
    .sort();
  const later = free.filter((start) => start > from);
  return (later.length > 0 ? later : free).slice(0, OFFERED_INSTEAD);
};

type ByHand = { readonly technicianId: string; readonly slot: Slot; readonly force: string | undefined };

/** A technician and a time chosen by a person: it names every broken hard rule, which a reason may force. */
const byHand = (
  request: VisitRequest,
  { technicianId, slot, force }: ByHand,
  world: AssignWorld,
): ChosenVisit => {
  const technician = world.technicians.find((one) => one.technicianId === technicianId);
  if (technician === undefined) throw new Refusal('TECHNICIAN_NOT_FOUND', { technicianId });
  const broken = brokenRules(request, technician, slot, world);
  if (broken.includes('BUSY')) {
    const next = freeInstead(request, world, { technicianId, from: slot.start });
    throw new Refusal('SLOT_TAKEN', { technicianId, at: slot.start, next });
  }
  if (broken.length > 0 && (force === undefined || !mayBeForced(broken))) {
    throw new Refusal('HARD_RULE', { orderId: request.orderId, technicianId, at: slot.start, rules: broken });
  }
  return {
    slot,
    technicianId,
    choice: 'by-hand',
    reasons: ['by-hand', ...broken.map((rule) => `forced:${rule}` as const)] satisfies readonly ReasonCode[],
  };
};

/** The customer has agreed to a time already: only who goes there is open. */
const forAgreed = (process: OrderProcess, world: AssignWorld, wish: VisitWish, slot: Slot): ChosenVisit => {
  const request = { ...visitRequest(process), offered: null, wishes: {} };
  if (wish.at !== 'next' && wish.at !== ms(slot.start)) {
    throw new Refusal('AGREEMENT_REQUIRED', { orderId: process.orderId });
  }
  if (wish.technician !== 'auto')
    return byHand(request, { technicianId: wish.technician, slot, force: wish.force }, world);
  const found = anotherTechnician(request, slot, world);
  if (found !== null) return automatic(found);
  throw new Refusal('NO_SLOT', { orderId: process.orderId, why: ['NOBODY_AT_AGREED_SLOT'] });
};
