import { callTimes, dueCallTime } from '../../assign/automatic-visit.ts';
import { readReason } from '../../assign/reason.ts';
import { readWorld } from '../../assign/visit-world.ts';
import { mustBeAtTheDesk } from '../../order/decide.ts';
import type { NewEvent } from '../../process/events.ts';
import { isGoing, type OrderProcess } from '../../process/process.ts';
import { proposeVisit } from '../../scheduling/decide.ts';
import { ms } from '../../time/iso.ts';
import { type Change, type ChangeOptions, changeOrder } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';
import { putText } from '../put-text.ts';
import type { WriteContext } from '../write-order.ts';
import { type ChosenVisit, chosenVisit, type VisitWish } from './choose-visit.ts';

export type AssignOptions = Omit<ChangeOptions, 'command' | 'content'> & {
  readonly wish: VisitWish;
  /** Default `schedule assign`. `schedule call` is the same with the customer phoned for what is held. */
  readonly command?: 'schedule assign' | 'schedule call';
};

/**
 * Holds a technician's time for an order and makes the call due. It reads the calendar in the write that holds, so
 * that of any number of orders that want one slot exactly one gets it.
 * Throws Refusal: ILLEGAL_IN_STAGE, CALL_RUNNING, TECHNICIAN_NOT_FOUND, NO_TECHNICIANS, NO_SLOT, SLOT_TAKEN, HARD_RULE,
 * TIME_PASSED, AGREEMENT_REQUIRED.
 */
export const assignVisit = (
  deps: AppDeps,
  orderId: string,
  { wish, command = 'schedule assign', ...options }: AssignOptions,
): Promise<Change> =>
  changeOrder(deps, orderId, { ...options, command, content: wish }, (process, write) =>
    decideVisit(process, write, { deps, wish, command }),
  );

type Deciding = { readonly deps: AppDeps; readonly wish: VisitWish; readonly command: string };

const decideVisit = async (
  process: OrderProcess,
  write: WriteContext,
  { deps, wish, command }: Deciding,
): Promise<readonly NewEvent[]> => {
  const { tx, policy, now } = write;
  if (isAgreedAlready(process, wish)) return [];
  mustBeAtTheDesk(process, command);
  const technicianId = wish.technician === 'auto' ? undefined : wish.technician;
  const slot = process.scheduling.agreed?.slot;
  const world = await readWorld(tx, { policy, now }, { slot, technicianId });
  const chosen = chosenVisit(process, world, wish);
  if (isTheSame(process, chosen, wish)) return [];
  const { choice, reasons } = chosen;
  const callAt = wish.call === 'now' ? now : dueCallTime(process, now, policy);
  const times = callTimes(callAt, policy.schedule.holdMinutes);
  const proposal = {
    slot: chosen.slot,
    technicianId: chosen.technicianId,
    via: wish.via,
    ...times,
    choice,
    reasons,
  };
  const events = proposeVisit(process, proposal);
  const isForced = reasons.some((reason) => readReason(reason).code === 'forced');
  if (!isForced || wish.force === undefined) return events;
  // The order keeps why a rule was broken.
  const textId = await putText(deps, write, { orderId: process.orderId, text: wish.force });
  return [...events, { type: 'NoteAdded', data: { textId } }];
};

/** The customer has agreed to just what the desk wishes: already so. */
export const isAgreedAlready = (
  process: OrderProcess,
  wish: Pick<VisitWish, 'technician' | 'at'>,
): boolean => {
  const { visit } = process.scheduling;
  return (
    isGoing(process) &&
    visit !== null &&
    (wish.technician === 'auto' || wish.technician === visit.technicianId) &&
    (wish.at === 'next' || wish.at === ms(visit.slot.start))
  );
};

/** The desk wishes the very proposal that stands: already so. */
const isTheSame = (
  { scheduling: { proposal } }: OrderProcess,
  chosen: ChosenVisit,
  wish: VisitWish,
): boolean =>
  proposal !== null &&
  proposal.technicianId === chosen.technicianId &&
  proposal.slot.start === chosen.slot.start &&
  proposal.via === wish.via &&
  wish.call === 'hours';
