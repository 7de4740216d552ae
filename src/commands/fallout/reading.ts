import type { AppDeps } from '../../core/app/deps.ts';
import type { CommandContext } from '../framework/run/context.ts';

/** What reading holds needs. */
export const readingDeps = async ({
  services,
}: CommandContext): Promise<Pick<AppDeps, 'store' | 'clock' | 'policy'>> => ({
  store: await services.store('read'),
  clock: services.clock,
  policy: services.policy,
});
