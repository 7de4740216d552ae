import { type Binding, isMixed, samePeers } from '../../peers/binding.ts';
import { allow } from '../allow.ts';
import { type Recorded, record } from '../audit.ts';
import type { AppDeps } from '../deps.ts';
import { lastingText } from '../lasting-text.ts';

/** The database itself, also one that is bound to other peers. */
type Binder = Recorded & { readonly store: Pick<AppDeps['store'], 'write'> };

/** Binds a database to other peers than its own, and writes down who did it and why. already: it is bound to them. */
export const bindDatabase = async (
  { store, ...call }: Binder,
  binding: Binding,
  { reason }: { readonly reason: string },
): Promise<'done' | 'already'> => {
  await allow({ store, ...call }, 'db bind');
  return store.write(async (tx) => {
    const { meta } = tx;
    const before = await meta.binding();
    // Peers that answered in two ways are bound anew, and what they are is learnt again.
    if (before !== null && samePeers(before, binding) && !isMixed(before)) return 'already';
    await meta.bind(binding);
    await record(tx, call, {
      action: 'db.bind',
      subject: 'database',
      detail: {
        reason: await lastingText(tx, reason),
        fromNe: before?.ne ?? '',
        fromTm: before?.tm ?? '',
        toNe: binding.ne,
        toTm: binding.tm,
      },
    });
    return 'done';
  });
};
