import type { PeerLane } from '../../rules/lanes.ts';
import type { AppDeps } from '../deps.ts';
import { type Breakers, readBreakers, shutBreakers } from '../peers/read-breakers.ts';

/** Whether requests go to each peer now; orders are taken either way. */
export type Readiness = Readonly<Record<PeerLane, 'asked' | 'left alone'>>;

/** Throws the refusals of a database that does not answer. */
export const readReadiness = async (
  { store, clock }: Pick<AppDeps, 'store' | 'clock'>,
  breakers: Breakers,
): Promise<Readiness> => {
  const shut = shutBreakers(await readBreakers({ store }, breakers), breakers, clock.now());
  const standing = (lane: PeerLane) =>
    shut.some(({ name }) => name === breakers[lane].name) ? 'left alone' : 'asked';
  return { ne: standing('ne'), tm: standing('tm') };
};
