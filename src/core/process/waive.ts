import { absentFrom } from '../activation/absence.ts';
import { hasOpenRequest } from '../activation/requests.ts';
import { isOff } from '../activation/wanted.ts';
import type { Hold } from '../order/state.ts';
import type { NeTiming } from '../rules/policy.ts';
import { Refusal } from '../rules/refusal.ts';
import { openAppointments } from '../scheduling/state.ts';
import type { OwnClock } from '../time/own-clock.ts';
import type { NewEvent } from './events.ts';
import { mustBeOpen } from './legal.ts';
import { isUndoing, type OrderProcess } from './process.ts';

/** By what it is judged whether a proof may still be had; `now`: epoch ms. */
export type Waiving = { readonly timing: NeTiming; readonly own: OwnClock; readonly now: number };

const SERVICE_STEPS: ReadonlySet<string> = new Set(['CheckService', 'RevertService']);

/**
 * A person says: no proof of what this hold waits for will ever come. What it is about stays *unproven*, and the order may
 * end. Only of an order that is undone, and only when every way to a proof is closed: the bound of each request is over,
 * and the peer did not simply say no. Throws Refusal ORDER_CLOSED, ILLEGAL_IN_STAGE, STILL_PROVABLE,
 * NOT_TO_WAIVE.
 */
export const waiveHold = (process: OrderProcess, hold: Hold, waiving: Waiving): readonly NewEvent[] => {
  mustBeOpen(process);
  const subject = hold.hold.slice(hold.step.length + 1);
  if (hold.step === 'CloseAppointment') return waiveAppointments([subject], hold);
  if (!isUndoing(process)) {
    throw new Refusal('ILLEGAL_IN_STAGE', {
      orderId: process.orderId,
      command: 'fallout waive',
      stage: process.stage,
      allowed: ['cancelling', 'returning'],
    });
  }
  if (hold.step === 'CancelSchedule') {
    const open = openAppointments(process.scheduling).map(([appointmentId]) => appointmentId);
    return waiveAppointments(open, hold);
  }
  if (SERVICE_STEPS.has(hold.step)) return waiveService(process, { key: subject, hold }, waiving);
  throw new Refusal('NOT_TO_WAIVE', { orderId: process.orderId, step: hold.step });
};

const waiveAppointments = (appointmentIds: readonly string[], { cause }: Hold): readonly NewEvent[] =>
  appointmentIds.map((appointmentId) => ({ type: 'AppointmentWaived', data: { appointmentId, cause } }));

const waiveService = (
  { orderId, activation }: OrderProcess,
  { key, hold }: { readonly key: string; readonly hold: Hold },
  { timing, own, now }: Waiving,
): readonly NewEvent[] => {
  const service = activation.services.get(key);
  if (service === undefined) throw new Error(`${orderId}: ${hold.hold} is about an unknown service`);
  if (isOff(service) || service.waived) return [];
  // The NE says that it is on, and that it stays: that is a proof, and not of its end.
  const isRefused = hold.step === 'RevertService' && service.revert?.code === hold.cause;
  if (isRefused) throw new Refusal('NOT_TO_WAIVE', { orderId, step: hold.step });
  const wait = hasOpenRequest(service) ? absentFrom(service, { timing, own }) - own.uptime() : 0;
  if (wait > 0) {
    const detail = { orderId, service: service.plan.service };
    throw new Refusal('STILL_PROVABLE', detail, { retryAt: now + wait });
  }
  return [{ type: 'ServiceWaived', data: { key, cause: hold.cause } }];
};

/** What an order ended without a proof of: services by name, appointments by the desk's id. */
export const unprovenOf = ({
  activation,
  scheduling,
}: Pick<OrderProcess, 'activation' | 'scheduling'>): readonly string[] => [
  ...[...activation.services.values()].flatMap(({ plan, waived }) => (waived ? [plan.service] : [])),
  ...[...scheduling.appointments].flatMap(([id, { waived }]) => (waived ? [id] : [])),
];
