import { technicianForAgreed } from '../../assign/agreed-technician.ts';
import { liftHold } from '../../order/decide.ts';
import { isHeld } from '../../order/state.ts';
import type { Finding } from '../../peers/finding.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { mostChanges } from '../../reconcile/share.ts';
import { lookAtAppointment } from '../../saga/steps/appointment-look.ts';
import {
  type AgreedAppointment,
  actOf,
  agreedAppointment,
  type DeskAct,
  holdLostAppointment,
  recordDeskAct,
} from '../../scheduling/desk-acts.ts';
import { LOST_APPOINTMENT_HOLD } from '../../scheduling/lost-appointment.ts';
import { ms } from '../../time/iso.ts';
import type { SagaDeps } from '../deps.ts';
import { readOrder, type WriteContext } from '../write-order.ts';
import { admitTo } from './inventory.ts';
import { mendOrder } from './mend-order.ts';
import type { ReconcileOptions, Seen } from './reconcile-options.ts';

/** The appointment of an agreed visit that is still to come, and that no person has vouched for. */
export const watchedAppointment = (process: OrderProcess, now: number): AgreedAppointment | null => {
  const agreed = agreedAppointment(process);
  if (agreed === null || process.scheduling.visit?.vouched === true) return null;
  return ms(agreed.slot.end) > now ? agreed : null;
};

/** What a tally of both sides counts: the appointment at its time. */
export const appointmentName = ({ appointmentId, slot }: AgreedAppointment): string =>
  `${appointmentId} ${ms(slot.start)} ${ms(slot.end)}`;

/** What the log expects to find at the desk; null: nothing. What was missed before is looked at whatever is found. */
export const expectedName = (process: OrderProcess, now: number): string | null => {
  const agreed = watchedAppointment(process, now);
  if (agreed === null) return null;
  return isMissed(process) ? `missed ${agreed.appointmentId}` : appointmentName(agreed);
};

/** Whether to look the order's appointment up at the desk, given what the tally says. */
export const isSuspect = (
  process: OrderProcess,
  now: number,
  differs: (name: string) => boolean,
): boolean => {
  const agreed = watchedAppointment(process, now);
  return agreed !== null && (isMissed(process) || differs(appointmentName(agreed)));
};

const isMissed = ({ order }: OrderProcess): boolean => isHeld(order, LOST_APPOINTMENT_HOLD);

/** What is confirmed of one visit: an act of the desk, an appointment that is lost, or one that is back. */
type Confirmed = {
  readonly process: OrderProcess;
  readonly finding: Omit<Finding, 'state'>;
  readonly what: DeskAct | 'lost' | 'back';
};

/**
 * Looks at each visit that the desk does not seem to keep as it was agreed. What it did by itself is recorded, and the
 * calendar, the queue and the technician follow; what it does not know any more holds the order, as long as that is not too
 * much at once.
 */
export async function* settleVisits(
  deps: SagaDeps,
  options: ReconcileOptions,
  { orderIds, seen }: { readonly orderIds: readonly string[]; readonly seen: Seen },
): AsyncGenerator<Finding> {
  const { fix, signal, maxShare = deps.policy.reconcile.maxShare } = options;
  const all: Confirmed[] = [];
  for (const orderId of orderIds) {
    if (signal?.aborted === true) return;
    const looked = await lookAtVisit(deps, orderId, signal);
    if (looked === 'unclear') seen.unclear += 1;
    else if (looked !== null) all.push(looked);
  }
  const lost = all.filter(({ what }) => what === 'lost').length;
  const isTooMuch = fix && lost > mostChanges(seen.appointments, maxShare);
  for (const one of all) {
    const isLost = one.what === 'lost';
    if (!fix) yield { ...one.finding, state: isLost ? 'by-hand' : 'open' };
    else if (isLost && isTooMuch) yield { ...one.finding, state: 'held-back' };
    else if (await record(deps, one, signal)) yield { ...one.finding, state: isLost ? 'by-hand' : 'fixed' };
  }
}

const lookAtVisit = async (
  deps: SagaDeps,
  orderId: string,
  signal: AbortSignal | undefined,
): Promise<Confirmed | 'unclear' | null> => {
  const { store, clock, tm, policy } = deps;
  const process = await store.read((tx) => readOrder(tx, orderId));
  const agreed = watchedAppointment(process, clock.now());
  if (agreed === null) return null;
  const { appointmentId } = agreed;
  const kept = process.scheduling.appointments.get(appointmentId);
  const admitted = { peer: 'TM', clock, signal, timeoutMs: policy.tm.timeoutMs } as const;
  const look = await lookAtAppointment(tm, { appointmentId, kept }, async () => admitTo(tm, admitted));
  if (look.kind === 'unclear' || look.kind === 'not-admitted') return 'unclear';
  const common = { key: kept?.callKey ?? appointmentId, orderId, neId: null, stage: process.stage };
  if (look.kind === 'lost') {
    const detail = { code: 'UNKNOWN_TO_DESK', appointmentId } as const;
    return { process, what: 'lost', finding: { ...common, kind: 'lost-appointment', detail } };
  }
  const act = actOf(process, look.appointment);
  if (act !== null) return { process, what: act, finding: { ...common, ...toldOf(act) } };
  if (!isMissed(process)) return null;
  const detail = { code: 'SHOWN_BY_DESK_AGAIN', appointmentId } as const;
  return { process, what: 'back', finding: { ...common, kind: 'lost-appointment', detail } };
};

const toldOf = (act: DeskAct): Pick<Finding, 'kind' | 'detail'> =>
  act.kind === 'moved'
    ? {
        kind: 'moved-by-desk',
        detail: { code: 'MOVED_BY_DESK', appointmentId: act.appointmentId, ...act.slot },
      }
    : {
        kind: 'cancelled-by-desk',
        detail: { code: 'ENDED_BY_DESK', appointmentId: act.appointmentId, reason: act.code },
      };

/** false: the order has changed since, and what was seen may be old. */
const record = async (
  deps: SagaDeps,
  { process, what }: Confirmed,
  signal: AbortSignal | undefined,
): Promise<boolean> => {
  if (what === 'lost' && isMissed(process)) return true;
  const decide = async (current: OrderProcess, context: WriteContext): Promise<readonly NewEvent[]> => {
    if (current.version !== process.version) return [];
    if (what === 'lost') return holdLostAppointment(current);
    if (what === 'back') return liftHold(current, LOST_APPOINTMENT_HOLD);
    const technicianId =
      what.kind === 'moved' ? await technicianForAgreed(current, what.slot, context) : null;
    return recordDeskAct(current, what, technicianId);
  };
  return mendOrder(deps, process.orderId, { decide, signal });
};
