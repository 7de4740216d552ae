import { Refusal } from '../rules/refusal.ts';
import { iso } from '../time/iso.ts';
import { type Role, roleOf } from '../values/actor.ts';
import type { AppDeps } from './deps.ts';

type Asking = Pick<AppDeps, 'store' | 'clock' | 'actor'>;

/** Only these roles may run a command. Another one is refused (DENIED), which leaves an audit row. */
export const allowOnly = async (
  { store, clock, actor }: Asking,
  roles: readonly Role[],
  command: string,
): Promise<void> => {
  const role = roleOf(actor);
  if (role !== null && roles.includes(role)) return;
  const at = iso(clock.now());
  await store.write((tx) => tx.audit.add({ at, actor, action: 'denied', subject: command, detail: {} }));
  throw new Refusal('DENIED', { actor, command, roles, whose: null });
};
