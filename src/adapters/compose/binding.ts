import type { Binding } from '../../core/peers/binding.ts';
import { BUILT_IN_PEER, bindingText, samePeers } from '../../core/peers/binding.ts';
import type { Clock } from '../../core/ports/runtime.ts';
import type { Tx } from '../../core/ports/store.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { iso } from '../../core/time/iso.ts';
import type { Settings } from '../config/settings.ts';

/** The peers that the configuration names, as a database is bound to them. */
export const configuredBinding = ({ simulated, ne, tm }: Settings, clock: Clock): Binding => ({
  simulated,
  ne: ne.url ?? BUILT_IN_PEER,
  tm: tm.url ?? BUILT_IN_PEER,
  at: iso(clock.now()),
});

/**
 * Binds a database at its first write, and refuses other peers later (rule 4): no missing variable lets a
 * simulator activate real orders. Throws Refusal BOUND_ELSEWHERE.
 */
export const ensureBound = async (
  { meta, needs }: Pick<Tx, 'meta' | 'needs'>,
  configured: Binding,
): Promise<void> => {
  const bound = await meta.binding();
  if (bound === null) {
    needs({ tables: ['binding'] });
    return meta.bind(configured);
  }
  if (samePeers(bound, configured)) return;
  throw new Refusal('BOUND_ELSEWHERE', { bound: bindingText(bound), configured: bindingText(configured) });
};
