import { wantedKeys } from '../activation/wanted.ts';
import type { Cause } from '../codes/cause.ts';
import { type HoldCause, holdCode } from '../codes/hold-cause.ts';
import type { NewEvent } from '../process/events.ts';
import { mustBeGoing, mustBeIn, mustBeOpen, mustExist } from '../process/legal.ts';
import type { OrderProcess } from '../process/process.ts';
import { LOST_SERVICE_STEP } from '../rules/lost-service.ts';
import type { Policy } from '../rules/policy.ts';
import type { CancelCode } from '../rules/reason-codes.ts';
import { Refusal } from '../rules/refusal.ts';
import { NO_TECHNICIAN_HOLD } from '../scheduling/no-technician.ts';
import { neededSkills, visitMinutes } from '../scheduling/slots.ts';
import type { Skill } from '../technicians/technician.ts';
import { ms } from '../time/iso.ts';
import type { Slot } from '../time/slot.ts';
import { canonicalJson } from '../values/canonical-json.ts';
import { areSameLines, flatLines, type Lines, linesOf } from '../values/lines.ts';
import type { ClientTerms } from './client-terms.ts';
import type { ContactField, OrderPlaced, TermsChanged } from './events.ts';
import { isHeld } from './state.ts';

const checkLines = ({ internet, tv }: Lines, policy: Policy): void => {
  const { minInternetCount, maxLines } = policy.orders;
  if (internet + tv < 1) throw new Refusal('NO_LINES', { internet, tv });
  if (internet < minInternetCount) throw new Refusal('TOO_FEW_INTERNET', { internet, min: minInternetCount });
  if (internet + tv > maxLines) throw new Refusal('TOO_MANY_LINES', { lines: internet + tv, max: maxLines });
};

/** A new order. Needs no peer: order entry works 24 hours a day. */
export const placeOrder = (data: OrderPlaced['data'], policy: Policy): readonly NewEvent[] => {
  checkLines(linesOf(data), policy);
  return [{ type: 'OrderPlaced', data }];
};

/**
 * Other counts of lines: the wanted set moves with them. The same counts again change nothing. An agreed visit must be
 * long enough, and its technician able; what is only held is given up when it is not. `skills`: of the technician who is
 * to come; undefined: not checked.
 */
export const amendLines = (
  process: OrderProcess,
  lines: Lines,
  policy: Policy,
  skills?: readonly Skill[],
): readonly NewEvent[] => {
  mustBeGoing(process, 'order amend');
  const { order, scheduling, fieldwork } = process;
  if (areSameLines(lines, order.lines)) return [];
  checkLines(lines, policy);
  if (fieldwork.started !== null) {
    throw new Refusal('ILLEGAL_IN_STAGE', {
      orderId: process.orderId,
      command: 'order amend',
      stage: process.stage,
      allowed: null,
    });
  }
  const { orderId } = process;
  const needed = visitMinutes(lines, policy);
  const isShort = (slot: Slot): boolean => minutesOf(slot) < needed;
  const lacking = skills === undefined ? [] : neededSkills(lines).filter((skill) => !skills.includes(skill));
  const slot = scheduling.move?.slot ?? scheduling.visit?.slot ?? scheduling.agreed?.slot;
  if (slot !== undefined && isShort(slot)) {
    throw new Refusal('VISIT_TOO_SHORT', { orderId, minutes: minutesOf(slot), needed });
  }
  const technicianId = scheduling.move?.technicianId ?? scheduling.visit?.technicianId;
  if (technicianId !== undefined && lacking.length > 0) {
    throw new Refusal('VISIT_SKILL', { orderId, technicianId, skills: lacking });
  }
  const { call, proposal } = scheduling;
  const isUnfit = proposal !== null && (isShort(proposal.slot) || lacking.length > 0);
  // The desk asks the customer for just this visit now.
  if (isUnfit && call !== null) throw new Refusal('CALL_RUNNING', { orderId, callKey: call.callKey });
  const released: readonly NewEvent[] = isUnfit ? [{ type: 'VisitReleased', data: { why: 'amended' } }] : [];
  const amended: NewEvent = {
    type: 'OrderAmended',
    data: flatLines(lines),
  };
  return [amended, ...released, ...releaseUnwanted({ ...process, order: { ...order, lines } })];
};

const minutesOf = (slot: Slot): number => (ms(slot.end) - ms(slot.start)) / 60_000;

/** Unwanting a service releases its hold (rule 7). */
const releaseUnwanted = (process: OrderProcess): readonly NewEvent[] => {
  const wanted = wantedKeys(process);
  return process.order.holds
    .filter(({ step }) => step === 'ActivateService' || step === 'CheckService' || step === LOST_SERVICE_STEP)
    .filter(({ hold, step }) => !wanted.has(hold.slice(step.length + 1)))
    .map(({ hold }) => ({ type: 'HoldReleased', data: { hold, action: 'released' } }));
};

/** Which contact fields changed; the values are in the vault. `area`: the new address's area, when it moved. */
export const changeContact = (
  process: OrderProcess,
  fields: readonly ContactField[],
  area: string | null | undefined,
): readonly NewEvent[] => {
  mustBeOpen(process);
  if (fields.length === 0) return [];
  const moved = area !== undefined && area !== process.order.area;
  if (moved && process.activation.services.size > 0) {
    throw new Refusal('AREA_FIXED', {
      orderId: process.orderId,
      from: process.order.area ?? '-',
      to: area ?? '-',
    });
  }
  return [{ type: 'ContactChanged', data: { fields, ...(moved ? { area } : {}) } }];
};

/** What the client says of the order now; the same again changes nothing. */
export const changeTerms = (process: OrderProcess, asked: TermsChanged['data']): readonly NewEvent[] => {
  mustBeGoing(process, 'order amend');
  const { terms, priority, wishes } = process.order;
  const known: { terms: ClientTerms | null } & Omit<TermsChanged['data'], 'terms'> = {
    terms,
    priority,
    wishes,
  };
  const isSame = canonicalJson({ ...known, ...asked }) === canonicalJson(known);
  return isSame ? [] : [{ type: 'TermsChanged', data: asked }];
};

/** A free text on the order, whatever its stage. */
export const addNote = (process: OrderProcess, textId: string): readonly NewEvent[] => {
  mustExist(process);
  return [{ type: 'NoteAdded', data: { textId } }];
};

/** A final intent. Cancelling a cancelled order again is "already so": no event. */
export const cancelOrder = (
  process: OrderProcess,
  { code, textId }: { readonly code: CancelCode; readonly textId?: string },
): readonly NewEvent[] => {
  mustExist(process);
  if (process.order.cancelled !== null) return [];
  mustBeGoing(process, 'order cancel');
  return [
    {
      type: 'OrderCancelled',
      data: { code, stage: process.stage, ...(textId === undefined ? {} : { textId }) },
    },
    ...releaseForUndo(process),
  ];
};

/** With a final intent to undo, nothing waits for a person any more but a revert that the peer refuses. */
export const releaseForUndo = (process: OrderProcess): readonly NewEvent[] =>
  process.order.holds
    .filter(({ step }) => step !== 'RevertService')
    .map(({ hold }) => ({ type: 'HoldReleased', data: { hold, action: 'released' } }));

/** The order itself is held for a person, once a cause. */
export const holdOrder = (
  process: OrderProcess,
  hold: string,
  step: string,
  why: HoldCause,
  said?: Cause,
): readonly NewEvent[] => {
  const cause = holdCode(why);
  return process.order.holds.some((held) => held.hold === hold && held.cause === cause)
    ? []
    : [{ type: 'OrderHeld', data: { hold, step, cause, ...(said === undefined ? {} : { said }) } }];
};

/** The answer that the hold waited for has come: no person needs to look any more. */
export const liftHold = (process: OrderProcess, hold: string): readonly NewEvent[] =>
  isHeld(process.order, hold) ? [{ type: 'HoldReleased', data: { hold, action: 'released' } }] : [];

/** A person says: try that again. Holds of the order's own (no peer's refusal) are simply lifted. */
export const retryHold = (process: OrderProcess, hold: string, textId?: string): readonly NewEvent[] => {
  mustBeOpen(process);
  if (!isHeld(process.order, hold)) {
    const holds = process.order.holds.map((held) => held.hold);
    throw new Refusal('HOLD_NOT_FOUND', { orderId: process.orderId, hold, holds });
  }
  return [
    { type: 'HoldReleased', data: { hold, action: 'retry', ...(textId === undefined ? {} : { textId }) } },
  ];
};

/** Stages in which the desk may work on the order; another hold is mended first. */
export const mustBeAtTheDesk = (process: OrderProcess, command: string): void => {
  if (process.stage === 'held' && isHeld(process.order, NO_TECHNICIAN_HOLD)) return;
  mustBeIn(process, command, ['tm-queue', 'customer-pending']);
};
