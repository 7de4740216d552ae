import type { SagaDeps } from '../deps.ts';
import { append, project, readOrder } from '../write-order.ts';
import type { Job } from './job.ts';

/**
 * A process that wakes after its lease may have sent something: it appends nothing but "in doubt", and only while that
 * very intent is unanswered (rule 2).
 */
export const markInDoubt = async (deps: SagaDeps, { step, intent }: Job): Promise<void> => {
  const key = step.subject;
  if (step.name !== 'ActivateService' || intent === null || key === null) return;
  const { store, policy, actor, clock } = deps;
  const orderId = key.slice(0, key.indexOf('/'));
  await store.write(async (tx) => {
    const context = { tx, policy, actor, now: clock.now() };
    const before = await readOrder(tx, orderId);
    const service = before.activation.services.get(key);
    const isUnanswered = service?.proof === 'unknown' && service.request?.intent === intent;
    if (!isUnanswered || service.request?.doubtedAt !== null) return;
    const data = { key, cause: { code: 'LEASE_LOST' } } as const;
    const { process } = await append(context, before, [
      { type: 'ServiceInDoubt', data, causationId: intent },
    ]);
    await project(context, { before, after: process });
  });
};
