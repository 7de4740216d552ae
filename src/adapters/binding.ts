import type { Clock } from '../core/ports/runtime.ts';
import type { Binding, Meta } from '../core/ports/store.ts';
import { Refusal } from '../core/refusal.ts';
import { iso } from '../core/time/iso.ts';
import type { Settings } from './config/settings.ts';

/** The peers that the configuration names, as a database is bound to them. */
export const configuredBinding = ({ simulated, ne, tm }: Settings, clock: Clock): Binding => ({
  simulated,
  ne: ne.url ?? 'simulated',
  tm: tm.url ?? 'simulated',
  at: iso(clock.now()),
});

/** How a binding is told in one line. */
const bindingText = ({ simulated, ne, tm }: Binding): string =>
  simulated ? 'simulators' : `NE ${ne}, TM ${tm}`;

/**
 * Binds a database at its first write, and refuses other peers later (rule 4): nobody activates real orders on a
 * simulator because a variable was missing. Throws Refusal BOUND_ELSEWHERE.
 */
export const ensureBound = async (meta: Meta, configured: Binding): Promise<void> => {
  const bound = await meta.binding();
  if (bound === null) return meta.bind(configured);
  if (bound.simulated === configured.simulated && bound.ne === configured.ne && bound.tm === configured.tm)
    return;
  throw new Refusal('BOUND_ELSEWHERE', { bound: bindingText(bound), configured: bindingText(configured) });
};
