import { hasOpenRequest } from '../../activation/requests.ts';
import { liftHold } from '../../order/decide.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { holdOf, type Step } from '../../rules/step.ts';
import type { Settle } from '../../saga/steps/kinds.ts';
import { ownClock } from '../../time/own-clock.ts';
import type { SagaDeps } from '../deps.ts';
import { append, project, readOrder } from '../write-order.ts';
import type { Job } from './job.ts';

/**
 * A process that wakes after its lease still holds the answer to what it sent. What the peer confirmed is a fact and is
 * appended as that, naming its request, whatever others believed meanwhile; anything else only while nobody has answered
 * that very request (rule 2). What follows from it, a hold or the next step, is for whoever has the order now.
 */
export const recordLate = async (
  deps: SagaDeps,
  { step, process, intent }: Job,
  judge: Settle,
): Promise<void> => {
  if (intent === null || step.name !== 'ActivateService') return;
  const { store, policy, actor, clock } = deps;
  await store.write(async (tx) => {
    const context = { tx, policy, actor, now: clock.now() };
    const before = await readOrder(tx, process.orderId);
    const settling = { ...context, intent, stillAsked: false, own: ownClock(clock) };
    const { events } = await judge(before, settling);
    const facts = events.filter((event) => isFactOf(event, before, intent));
    const { process: told } = await append(context, before, facts);
    const { process: after } = await append(context, told, liftAnswered(told, step));
    await project(context, { before, after });
  });
};

/** Who was to look what became of it need not, if nothing else of that service is unanswered. */
const liftAnswered = (process: OrderProcess, { subject }: Step): readonly NewEvent[] => {
  const service = process.activation.services.get(subject ?? '');
  return service === undefined || hasOpenRequest(service)
    ? []
    : liftHold(process, holdOf('CheckService', subject));
};

const isFactOf = (event: NewEvent, { activation }: OrderProcess, intent: string): boolean => {
  if (event.causationId !== intent) return false;
  if (event.type === 'ServiceActivated') return true;
  if (event.type !== 'ServiceInDoubt' && event.type !== 'ServiceNotFound') return false;
  if (event.type === 'ServiceInDoubt' && event.data.told !== undefined) return true;
  const request = [...activation.services.values()]
    .flatMap(({ requests }) => requests)
    .find((one) => one.intent === intent);
  return request?.outcome === 'open' && request.doubtedAt === null;
};
