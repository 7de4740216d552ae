import { technicianForAgreed } from '../../assign/agreed-technician.ts';
import { anotherTechnician, brokenRules } from '../../assign/assign.ts';
import type { AssignWorld, VisitRequest } from '../../assign/types.ts';
import { readWorld, visitRequest } from '../../assign/visit-world.ts';
import { mustBeAtTheDesk } from '../../order/decide.ts';
import type { NewEvent } from '../../process/events.ts';
import { mustBeGoing } from '../../process/legal.ts';
import { isGoing, type OrderProcess } from '../../process/process.ts';
import { Refusal } from '../../rules/refusal.ts';
import { arrivalWindow } from '../../scheduling/arrival-window.ts';
import { afterCall } from '../../scheduling/calling-hours.ts';
import { ringTimes } from '../../scheduling/calls.ts';
import { moveVisit as decideMove, nextCallKey, recordAnswer, releaseVisit } from '../../scheduling/decide.ts';
import type { CallOutcome } from '../../scheduling/events.ts';
import { slotOf, visitAt, visitMinutes } from '../../scheduling/slots.ts';
import type { AgreedVisit } from '../../scheduling/state.ts';
import { iso, ms } from '../../time/iso.ts';
import type { Slot } from '../../time/slot.ts';
import { MINUTE_MS } from '../../time/units.ts';
import { type Change, type ChangeOptions, changeOrder } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';
import { putOptionalText, putText } from '../put-text.ts';
import { knownTechnician } from '../technicians/technicians.ts';
import type { WriteContext } from '../write-order.ts';
import { isAgreedAlready } from './assign-visit.ts';
import { freeInstead, mayBeForced } from './choose-visit.ts';

type Options = Omit<ChangeOptions, 'command' | 'content'>;

/**
 * Frees a proposal that is not agreed yet; nothing held is "already so". Throws VISIT_AGREED, CALL_RUNNING,
 * ILLEGAL_IN_STAGE.
 */
export const unassignVisit = (deps: AppDeps, orderId: string, options: Options): Promise<Change> =>
  changeOrder(deps, orderId, { ...options, command: 'schedule unassign' }, (process) => {
    const { proposal, visit, call } = process.scheduling;
    if (proposal !== null || visit !== null || call !== null) return releaseVisit(process);
    mustBeAtTheDesk(process, 'schedule unassign');
    return [];
  });

/** A call that a person made, as it went. `at`: the callback time, or the agreed start; epoch ms. */
export type CallByHand = {
  readonly outcome: CallOutcome;
  readonly at?: number | undefined;
  readonly note?: string | undefined;
};

/**
 * Records a call made by a person the same way as the desk's. AGREED needs a slot: the present proposal's, or `at`.
 * Throws CALL_RUNNING, NOTHING_HELD, TIME_PASSED, SLOT_TAKEN, ILLEGAL_IN_STAGE.
 */
export const recordCall = (
  deps: AppDeps,
  orderId: string,
  { call, ...options }: Options & { readonly call: CallByHand },
): Promise<Change> =>
  changeOrder(
    deps,
    orderId,
    { ...options, command: 'schedule call', content: call },
    async (process, write) => {
      if (
        call.outcome === 'AGREED' &&
        isAgreedAlready(process, { technician: 'auto', at: call.at ?? 'next' })
      )
        return [];
      mustBeAtTheDesk(process, 'schedule call');
      if (call.at !== undefined && call.at < write.now)
        throw new Refusal('TIME_PASSED', { at: iso(call.at) });
      const running = process.scheduling.call;
      if (running !== null) throw new Refusal('CALL_RUNNING', { orderId, callKey: running.callKey });
      const noted = await putOptionalText(deps, write, { orderId, text: call.note });
      return call.outcome === 'AGREED'
        ? agreedByHand(process, write, call.at, noted)
        : notAgreed(process, write, { call, noted });
    },
  );

/** The vault id of what was said, if anything was. */
type Noted = { readonly textId?: string };

const markOf = async (tx: WriteContext['tx']): Promise<string | null> => (await tx.meta.keyMarks()).current;

const agreedByHand = async (
  process: OrderProcess,
  { tx, policy, now }: WriteContext,
  at: number | undefined,
  noted: Noted,
): Promise<readonly NewEvent[]> => {
  const { proposal, agreed } = process.scheduling;
  const slot = at === undefined ? proposal?.slot : slotOf(visitAt(at, process.order.lines, policy));
  if (slot === undefined) throw new Refusal('NOTHING_HELD', { orderId: process.orderId });
  if (ms(slot.start) < now) throw new Refusal('TIME_PASSED', { at: slot.start });
  const technicianId = await technicianForAgreed(process, slot, { tx, policy, now });
  const answer = {
    callKey: nextCallKey(process, await markOf(tx)),
    outcome: 'AGREED',
    slot,
    ...arrivalWindow(slot, policy),
    // The time that no technician could keep, said again: the desk has its appointment already.
    ...(agreed?.appointmentId && ms(agreed.slot.start) === ms(slot.start)
      ? { appointmentId: agreed.appointmentId }
      : {}),
    nextCallAt: null,
    by: 'by-hand',
    ...noted,
  } as const;
  return recordAnswer(process, answer, { going: isGoing(process), technicianId });
};

const notAgreed = async (
  process: OrderProcess,
  { tx, policy, now }: WriteContext,
  { call, noted }: { readonly call: CallByHand; readonly noted: Noted },
): Promise<readonly NewEvent[]> => {
  const callTimes = [...ringTimes(process.scheduling, now), now];
  const { nextCallAt } = afterCall({
    outcome: call.outcome,
    callbackAt: call.at ?? null,
    now,
    callTimes,
    policy,
  });
  const answer = {
    callKey: nextCallKey(process, await markOf(tx)),
    outcome: call.outcome,
    nextCallAt,
    ...(nextCallAt === null ? {} : { expiresAt: nextCallAt + policy.schedule.holdMinutes * MINUTE_MS }),
    by: 'by-hand',
    ...noted,
  } as const;
  return recordAnswer(process, answer, { going: isGoing(process), technicianId: null });
};

export type VisitMove = {
  /** Epoch ms of the new start; undefined: the same time. */
  readonly at?: number | undefined;
  /** How long it is to last; what the lines need is the least. undefined: that, or as before at the same time. */
  readonly minutes?: number | undefined;
  /** undefined: the same technician. auto: the best other one. */
  readonly technicianId?: string | undefined;
  /** The customer has agreed to the new time. */
  readonly agreed: boolean;
  readonly code: string;
  /** A broken hard rule is accepted; why is kept as a note of the order. */
  readonly force?: string | undefined;
};

/**
 * Another time or another technician for an agreed visit. The overlap rule is checked in the write that asks.
 * Throws AGREEMENT_REQUIRED, TECHNICIAN_NOT_FOUND, HARD_RULE, SLOT_TAKEN, MOVE_RUNNING, ILLEGAL_IN_STAGE.
 */
export const moveVisit = (
  deps: AppDeps,
  orderId: string,
  { move, ...options }: Options & { readonly move: VisitMove },
): Promise<Change> =>
  changeOrder(
    deps,
    orderId,
    { ...options, command: 'schedule move', content: move },
    async (process, write) => {
      const { tx, policy, now } = write;
      const { visit } = process.scheduling;
      if (visit === null) {
        mustBeGoing(process, 'schedule move');
        throw new Refusal('NO_VISIT', { orderId, stage: process.stage });
      }
      const slot = slotOfMove(visit.slot, move, visitMinutes(process.order.lines, policy));
      const world = await readWorld(tx, { policy, now }, { slot });
      const request = { ...visitRequest(process), offered: null, wishes: {} };
      const technicianId =
        move.technicianId === 'auto'
          ? somebodyElse(request, slot, { world, visit })
          : (move.technicianId ?? visit.technicianId);
      const events = decideMove(process, { slot, technicianId, code: move.code, agreed: move.agreed });
      if (events.length === 0) return events;
      if (ms(slot.start) < now) throw new Refusal('TIME_PASSED', { at: slot.start });
      const technician = await knownTechnician(tx, technicianId);
      const rules = brokenRules(request, technician, slot, world);
      if (rules.includes('BUSY')) {
        const next = freeInstead(request, world, { technicianId, from: slot.start });
        throw new Refusal('SLOT_TAKEN', { technicianId, at: slot.start, next });
      }
      if (rules.length === 0) return events;
      if (move.force === undefined || !mayBeForced(rules)) {
        throw new Refusal('HARD_RULE', { orderId, technicianId, at: iso(ms(slot.start)), rules });
      }
      const textId = await putText(deps, write, { orderId, text: move.force });
      return [...events, { type: 'NoteAdded', data: { textId } }];
    },
  );

const slotOfMove = (present: Slot, { at, minutes }: VisitMove, needed: number): Slot => {
  if (at === undefined && minutes === undefined) return present;
  const start = at ?? ms(present.start);
  return slotOf({ start, end: start + Math.max(minutes ?? 0, needed) * MINUTE_MS });
};

const somebodyElse = (
  request: VisitRequest,
  slot: Slot,
  { world, visit }: { readonly world: AssignWorld; readonly visit: AgreedVisit },
): string => {
  const found = anotherTechnician(request, slot, world, [visit.technicianId]);
  if (found !== null) return found.technicianId;
  throw new Refusal('NO_SLOT', { orderId: request.orderId, why: ['NOBODY_AT_AGREED_SLOT'] });
};
