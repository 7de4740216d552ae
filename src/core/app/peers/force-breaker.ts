import { forceClose, forceOpen, type NamedBreaker } from '../../peers/breaker.ts';
import type { BreakerRow } from '../../peers/breaker-row.ts';
import type { Tx } from '../../ports/store.ts';
import { iso } from '../../time/iso.ts';
import { allowOnly } from '../allow.ts';
import type { AppDeps } from '../deps.ts';

type Forcing = Pick<AppDeps, 'store' | 'clock' | 'actor'>;

const ROLES = ['supervisor', 'noc', 'system'] as const;

/** Opens a breaker by hand until `until` (epoch ms): nothing is sent to that peer. Audited. Throws Refusal DENIED. */
export const openByHand = async (
  deps: Forcing,
  { name, settings }: NamedBreaker,
  { until, reason }: { readonly until: number; readonly reason: string },
): Promise<BreakerRow> => {
  await allowOnly(deps, ROLES, 'breaker open');
  return deps.store.write(async (tx) => {
    const by = { until, actor: deps.actor, reason };
    const { row, expectedGen } = forceOpen(await tx.breakers.get(name), name, settings, by);
    await tx.breakers.compareAndSet(row, expectedGen);
    await audit(deps, tx, name, { to: 'open', until: iso(until), reason });
    return row;
  });
};

/** Closes a breaker by hand, also one that was opened so. null: it is closed already. Throws Refusal DENIED. */
export const closeByHand = async (
  deps: Forcing,
  { name, settings }: NamedBreaker,
  { reason }: { readonly reason: string },
): Promise<BreakerRow | null> => {
  await allowOnly(deps, ROLES, 'breaker close');
  return deps.store.write(async (tx) => {
    const change = forceClose(await tx.breakers.get(name), name, settings);
    if (change === null) return null;
    await tx.breakers.compareAndSet(change.row, change.expectedGen);
    await audit(deps, tx, name, { to: 'closed', reason });
    return change.row;
  });
};

/** In the transaction of the row, which nobody else can change meanwhile. */
const audit = (
  { clock, actor }: Forcing,
  tx: Tx,
  subject: string,
  detail: Readonly<Record<string, string>>,
): Promise<void> => tx.audit.add({ at: iso(clock.now()), actor, action: 'breaker.force', subject, detail });
