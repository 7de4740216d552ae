import { latest, wantedServices } from '../../activation/wanted.ts';
import { holdOrder } from '../../order/decide.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { offerOf, slotOf } from '../../scheduling/slots.ts';
import { iso } from '../../time/iso.ts';
import { DAY_MS } from '../../time/units.ts';
import { NOTHING, notAdmitted, type RemoteStep } from './kinds.ts';
import { laterAfter } from './outcome-retry.ts';

/**
 * The synchronous scheduling call. If it fails nothing is appended and the activation state stays as it was (rule 9);
 * when it succeeds, ActivationCompleted and SchedulingRequested arrive in one commit.
 */
export const requestScheduling: RemoteStep = {
  windowed: false,
  send: async (process, _step, io) => {
    const sending = await io.leave();
    if (sending === null) return notAdmitted;
    const from = io.now();
    const to = from + io.policy.schedule.searchDays * DAY_MS;
    const search = { orderId: process.orderId, from: iso(from), to: iso(to) };
    const outcome = await io.tm.searchSlots(search, sending);
    return (current, { stillAsked }) => {
      if (outcome.kind === 'rejected') {
        const events = stillAsked
          ? holdOrder(current, 'RequestScheduling', 'RequestScheduling', outcome.code)
          : [];
        return { events, retry: null };
      }
      if (outcome.kind !== 'confirmed') return laterAfter(outcome);
      if (!stillAsked) return NOTHING;
      const { taskId } = outcome.value;
      // A desk may offer hundreds of half hours: touching ones say the same as one long one, in a tenth of the log.
      const slots = offerOf(outcome.value.slots).spans.map(slotOf);
      return {
        events: [...activationCompleted(current), { type: 'SchedulingRequested', data: { taskId, slots } }],
        retry: null,
      };
    };
  },
};

const activationCompleted = (process: OrderProcess): readonly NewEvent[] => {
  if (process.activation.completed !== null) return [];
  const services = wantedServices(process).flatMap(({ service }) => latest(process, service) ?? []);
  const equipmentId = services.find((service) => service.equipmentId !== null)?.equipmentId ?? null;
  return [
    { type: 'ActivationCompleted', data: { equipmentId, services: services.map(({ plan }) => plan.key) } },
  ];
};
