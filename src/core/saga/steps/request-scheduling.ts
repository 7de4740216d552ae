import { latest, wantedServices } from '../../activation/wanted.ts';
import { holdOrder } from '../../order/decide.ts';
import type { Outcome } from '../../peers/outcome.ts';
import type { SlotOffer } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { offerOf, slotOf } from '../../scheduling/slots.ts';
import { iso, ms } from '../../time/iso.ts';
import { DAY_MS } from '../../time/units.ts';
import { later, NOTHING, notAdmitted, type RemoteStep, type StepIo } from './kinds.ts';
import { laterAfter } from './outcome-retry.ts';

/**
 * The scheduling call, which most desks answer at once. If it fails nothing is appended and the activation state stays as it was (rule 9);
 * when it succeeds, ActivationCompleted and SchedulingRequested arrive in one commit.
 */
export const requestScheduling: RemoteStep = {
  windowed: false,
  send: async (process, _step, io) => {
    const outcome = await searched(process, io);
    if (outcome === 'not-admitted') return notAdmitted;
    const peer = io.tm.identity;
    return (current, { stillAsked, policy, now }) => {
      if (outcome.kind === 'rejected') {
        const events = stillAsked
          ? holdOrder(current, 'RequestScheduling', 'RequestScheduling', { peer: outcome.code })
          : [];
        return { events, retry: null };
      }
      if (outcome.kind === 'accepted') {
        const { monitor: taskId } = outcome;
        const isNew = taskId !== null && taskId !== current.scheduling.search?.taskId;
        const started: NewEvent[] =
          stillAsked && isNew ? [{ type: 'SlotSearchStarted', data: { taskId, peer } }] : [];
        return { ...later({ code: 'NOT_FINISHED' }, now + policy.tm.pollMs, false), events: started };
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

/** The step reads a running search by its task, and searches anew when the desk has forgotten it or never ends it. */
const searched = async (
  { orderId, scheduling: { search } }: OrderProcess,
  { tm, policy, now, askToSend }: StepIo,
): Promise<Outcome<SlotOffer> | 'not-admitted'> => {
  const runs = search !== null && search.peer === tm.identity && now() < ms(search.at) + policy.tm.pollMaxMs;
  if (runs) {
    const sending = await askToSend();
    if (sending === null) return 'not-admitted';
    const read = await tm.readSearch(search.taskId, orderId, sending);
    if (read.kind !== 'gone') return read;
  }
  const sending = await askToSend();
  if (sending === null) return 'not-admitted';
  const to = iso(now() + policy.schedule.searchDays * DAY_MS);
  return tm.searchSlots({ orderId, from: iso(now()), to }, sending);
};

const activationCompleted = (process: OrderProcess): readonly NewEvent[] => {
  if (process.activation.completed !== null) return [];
  const services = wantedServices(process).flatMap(({ service }) => latest(process, service) ?? []);
  const equipmentId = services.find((service) => service.equipmentId !== null)?.equipmentId ?? null;
  return [
    { type: 'ActivationCompleted', data: { equipmentId, services: services.map(({ plan }) => plan.key) } },
  ];
};
