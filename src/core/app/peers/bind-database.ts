import { type Binding, isMixed, samePeers } from '../../peers/binding.ts';
import { iso } from '../../time/iso.ts';
import { allow } from '../allow.ts';
import type { AppDeps } from '../deps.ts';

/** The database itself, also one that is bound to other peers. */
type Binder = Pick<AppDeps, 'clock' | 'actor'> & { readonly store: Pick<AppDeps['store'], 'write'> };

/** Binds a database to other peers than its own, and writes down who did it and why. already: it is bound to them. */
export const bindDatabase = async (
  { store, clock, actor }: Binder,
  binding: Binding,
  { reason }: { readonly reason: string },
): Promise<'done' | 'already'> => {
  await allow({ store, clock, actor }, 'db bind');
  return store.write(async ({ meta, audit }) => {
    const before = await meta.binding();
    // Peers that answered in two ways are bound anew, and what they are is learnt again.
    if (before !== null && samePeers(before, binding) && !isMixed(before)) return 'already';
    await meta.bind(binding);
    await audit.add({
      at: iso(clock.now()),
      actor,
      action: 'db.bind',
      subject: 'database',
      detail: {
        reason,
        fromNe: before?.ne ?? '',
        fromTm: before?.tm ?? '',
        toNe: binding.ne,
        toTm: binding.tm,
      },
    });
    return 'done';
  });
};
