import { hasOpenRequest } from '../../activation/requests.ts';
import { liftHold } from '../../order/decide.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { holdOf, type Step, type StepName } from '../../rules/step.ts';
import type { Settle } from '../../saga/steps/kinds.ts';
import type { CustomerCalled } from '../../scheduling/events.ts';
import type { SchedulingState } from '../../scheduling/state.ts';
import { ownClock } from '../../time/own-clock.ts';
import type { SagaDeps } from '../deps.ts';
import { append, project, readOrder } from '../write-order.ts';
import type { Job } from './job.ts';
import { withoutCustomer } from './peer-words.ts';

/**
 * A process that wakes after its lease still holds the answer to what it sent. What the peer confirmed is a fact and is
 * appended as that, naming its request, whatever others believed meanwhile; anything else only while that very
 * request is unanswered (rule 2). What follows from it, a hold or the next step, is for the worker that has the order now;
 * only what a customer agreed to becomes a visit, or a hold for want of a technician, in the same commit (rule 8).
 */
export const recordLate = async (
  deps: SagaDeps,
  { step, process, intent }: Job,
  judge: Settle,
): Promise<void> => {
  const isFactOf = FACTS[step.name];
  if (intent === null || isFactOf === undefined) return;
  const { store, policy, actor, clock } = deps;
  await store.write(
    async (tx) => {
      const context = { tx, policy, actor, now: clock.now() };
      const before = await readOrder(tx, process.orderId);
      const settling = { ...context, intent, stillAsked: false, own: ownClock(clock) };
      const judged = await judge(before, settling);
      const { events } = await withoutCustomer(tx, before.orderId, judged);
      const { process: told } = await append(context, before, isFactOf(events, before, intent));
      const { process: after } = await append(context, told, liftAnswered(told, step));
      await project(context, { before, after });
    },
    { orders: [process.orderId] },
  );
};

/** Who was to look what became of it need not, if nothing else of that service, or no other call, is unanswered. */
const liftAnswered = (process: OrderProcess, { name, subject }: Step): readonly NewEvent[] => {
  if (name === 'CallCustomer') {
    const { call, lastCallKey } = process.scheduling;
    return call === null ? liftHold(process, holdOf('CheckCall', lastCallKey)) : [];
  }
  const service = process.activation.services.get(subject ?? '');
  return service === undefined || hasOpenRequest(service)
    ? []
    : liftHold(process, holdOf('CheckService', subject));
};

/** Which events of an answer that came too late are facts all the same. */
type FactsOf = (events: readonly NewEvent[], process: OrderProcess, intent: string) => readonly NewEvent[];

const factsOfCreate: FactsOf = (events, { activation }, intent) =>
  events.filter((event) => {
    if (event.causationId !== intent) return false;
    if (event.type === 'ServiceActivated') return true;
    if (event.type !== 'ServiceInDoubt' && event.type !== 'ServiceNotFound') return false;
    if (event.type === 'ServiceInDoubt' && event.data.told !== undefined) return true;
    const request = [...activation.services.values()]
      .flatMap(({ requests }) => requests)
      .find((one) => one.intent === intent);
    return request?.outcome === 'open' && request.doubtedAt === null;
  });

const factsOfCall: FactsOf = (events, { scheduling }, intent) => {
  const [first] = events;
  if (first?.type === 'CustomerCalled') return isHeard(scheduling, first, intent) ? [] : events;
  const isOpen = scheduling.call?.intent === intent && scheduling.call.doubt === null;
  return isOpen ? events.filter(({ type }) => type === 'CallInDoubt' || type === 'CallNotPlaced') : [];
};

/** Another process has looked the call up meanwhile, or the desk gave another request for it the same answer. */
const isHeard = (
  { calls, appointments }: SchedulingState,
  { data: { callKey, appointmentId } }: CustomerCalled,
  intent: string,
): boolean =>
  (appointmentId !== undefined && appointments.has(appointmentId)) ||
  calls.some(
    ({ request, by, ...one }) =>
      request === intent || (request === null && by === 'desk' && one.callKey === callKey),
  );

/** The steps that ask for an effect. */
const FACTS: Partial<Record<StepName, FactsOf>> = {
  ActivateService: factsOfCreate,
  CallCustomer: factsOfCall,
};
