import type { Warning } from '../../core/codes/warning.ts';
import type { Binding } from '../../core/peers/binding.ts';
import { afterAnswer, isMixed } from '../../core/peers/binding.ts';
import type { Store } from '../../core/ports/store.ts';

export type Hear = (peer: 'ne' | 'tm', by: 'simulator' | 'real') => Promise<void>;

/**
 * Learns from the answers of peers with a URL whether they are simulators, and writes it into the binding once. Order
 * entry asks no peer, so this cannot be known before the first answer. Never rejects: the outcome of a request is worth
 * more than this.
 */
export const answeredBy = (store: Store, warn: (warning: Warning) => void): Hear => {
  const known = new Map<'ne' | 'tm', 'simulator' | 'real'>();
  let hasWarned = false;

  const learn = async (next: (bound: Binding) => Binding): Promise<Binding | null> => {
    const bound = await store.read((tx) => tx.meta.binding());
    if (bound === null || next(bound) === bound) return bound;
    return store.write(
      async ({ meta }) => {
        // Another process may have learnt it, or bound the database anew, since it was read.
        const now = await meta.binding();
        if (now === null) return null;
        const learnt = next(now);
        if (learnt !== now) await meta.bind(learnt);
        return learnt;
      },
      { tables: ['binding'] },
    );
  };

  return async (peer, by) => {
    if (known.get(peer) === by) return;
    try {
      const bound = await learn((binding) => afterAnswer(binding, peer, by));
      if (bound === null) return;
      known.set(peer, by);
      if (!isMixed(bound) || hasWarned) return;
      hasWarned = true;
      warn({ code: 'PEERS_MIXED', peer, by });
    } catch (error) {
      const told = error instanceof Error ? error.message : String(error);
      warn({ code: 'ANSWERER_NOT_NOTED', peer, error: told });
    }
  };
};
