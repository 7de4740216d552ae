import { breakerNow, type NamedBreaker } from '../../peers/breaker.ts';
import { type BreakerRow, breakerRowFault, mendedBreakerRow } from '../../peers/breaker-row.ts';
import type { PeerLane } from '../../rules/lanes.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { AppDeps } from '../deps.ts';

/** The breakers of the configured peers. */
export type Breakers = Readonly<Record<PeerLane, NamedBreaker>>;

/** The breakers of the configured peers as they count now. A row that cannot be right is mended first. */
export const configuredNow = (stored: readonly BreakerRow[], { ne, tm }: Breakers): readonly BreakerRow[] =>
  [ne, tm].map(({ name, settings }) => {
    const found = stored.find((row) => row.name === name) ?? null;
    const row = found !== null && breakerRowFault(found) !== null ? mendedBreakerRow(found, name) : found;
    return breakerNow(row, name, settings).row;
  });

const isConfigured = ({ ne, tm }: Breakers, { name }: BreakerRow): boolean =>
  name === ne.name || name === tm.name;

/** The breakers of the configured peers as they count now, then those of peers that were configured before. */
export const readBreakers = async (
  { store }: { readonly store: Pick<AppDeps['store'], 'read'> },
  breakers: Breakers,
): Promise<readonly BreakerRow[]> => {
  const stored = await store.read((tx) => tx.breakers.list());
  const others = stored.filter((row) => breakerRowFault(row) === null && !isConfigured(breakers, row));
  return [...configuredNow(stored, breakers), ...others];
};

/** Breakers of the configured peers that let nothing pass at `now`, epoch ms; one whose time is over lets a request try. */
export const shutBreakers = (
  rows: readonly BreakerRow[],
  breakers: Breakers,
  now: number,
): readonly BreakerRow[] =>
  rows
    .filter((row) => row.state !== 'closed' && isConfigured(breakers, row))
    .filter(({ state, openUntil }) => state !== 'open' || openUntil === null || openUntil > now);

/** The peer whose breaker is meant by `ne`, `tm` or the breaker's full name. Throws Refusal BREAKER_NOT_FOUND. */
export const peerOfBreaker = (breakers: Breakers, name: string): PeerLane => {
  if (name === 'ne' || name === breakers.ne.name) return 'ne';
  if (name === 'tm' || name === breakers.tm.name) return 'tm';
  throw new Refusal('BREAKER_NOT_FOUND', {
    name,
    names: ['ne', 'tm', breakers.ne.name, breakers.tm.name],
  });
};
