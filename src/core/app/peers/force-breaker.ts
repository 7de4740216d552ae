import { breakerNow, forceClose, forceOpen, type NamedBreaker } from '../../peers/breaker.ts';
import type { BreakerRow } from '../../peers/breaker-row.ts';
import type { Tx } from '../../ports/store.ts';
import type { PeerLane } from '../../rules/lanes.ts';
import { iso } from '../../time/iso.ts';
import { allow } from '../allow.ts';
import { type Recorded, record } from '../audit.ts';
import type { AppDeps } from '../deps.ts';
import { wakeLane } from '../engine/wake-lane.ts';
import { lastingText } from '../lasting-text.ts';

type Forcing = Recorded & Pick<AppDeps, 'store'>;

/** Opens a breaker by hand until `until` (epoch ms): nothing is sent to that peer. Audited. Throws Refusal DENIED. */
export const openByHand = async (
  deps: Forcing,
  { name, settings }: NamedBreaker,
  { until, reason }: { readonly until: number; readonly reason: string },
): Promise<BreakerRow> => {
  await allow(deps, 'breaker open');
  return deps.store.write(async (tx) => {
    const lasting = await lastingText(tx, reason);
    const by = { until, actor: deps.actor, reason: lasting };
    const { row, expectedGen } = forceOpen(await tx.breakers.get(name), name, settings, by);
    await tx.breakers.compareAndSet(row, expectedGen);
    await audit(deps, tx, name, { to: 'open', until: iso(until), reason: lasting });
    return row;
  });
};

/** `already`: it was closed before, and nothing was changed. */
export type Closed = { readonly status: 'done' | 'already'; readonly row: BreakerRow };

/**
 * Closes a breaker by hand, also one that was opened so, and lets the orders that wait for its peer go on at once.
 * Audited. Throws Refusal DENIED.
 */
export const closeByHand = async (
  deps: Forcing & Pick<AppDeps, 'policy'>,
  lane: PeerLane,
  { name, settings }: NamedBreaker,
  { reason }: { readonly reason: string },
): Promise<Closed> => {
  await allow(deps, 'breaker close');
  const closed = await deps.store.write(async (tx): Promise<Closed> => {
    const stored = await tx.breakers.get(name);
    const change = forceClose(stored, name, settings);
    if (change === null) return { status: 'already', row: breakerNow(stored, name, settings).row };
    await tx.breakers.compareAndSet(change.row, change.expectedGen);
    await audit(deps, tx, name, { to: 'closed', reason: await lastingText(tx, reason) });
    return { status: 'done', row: change.row };
  });
  if (closed.status === 'done') await wakeLane(deps, lane);
  return closed;
};

/** In the transaction of the row, which no other process can change meanwhile. */
const audit = (
  call: Forcing,
  tx: Tx,
  subject: string,
  detail: Readonly<Record<string, string>>,
): Promise<void> => record(tx, call, { action: 'breaker.force', subject, detail });
