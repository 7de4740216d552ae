import { breakerNow } from '../../peers/breaker.ts';
import type { Lane, PeerLane } from '../../rules/lanes.ts';
import type { AppDeps } from '../deps.ts';
import { isSomeRunning } from '../engine/worker-state.ts';
import { type Breakers, readBreakers } from '../peers/read-breakers.ts';
import { readWork } from '../worker/read-work.ts';

/** How the operation stands, in figures that a monitor watches. */
export type MonitorFigures = {
  readonly stages: Readonly<Record<string, number>>;
  readonly backlog: readonly { readonly lane: Lane; readonly due: number; readonly later: number }[];
  /** Orders that a process works on now. */
  readonly leased: number;
  /** Orders with a lane whose last try failed. */
  readonly failing: number;
  /** Orders that this program cannot read. */
  readonly aside: number;
  readonly isWorkerRunning: boolean;
  readonly breakers: Readonly<Record<PeerLane, 'closed' | 'open' | 'half-open'>>;
};

type Reading = Pick<AppDeps, 'store' | 'clock' | 'processes'>;

/** Throws the refusals of a database that does not answer. */
export const readFigures = async (deps: Reading, breakers: Breakers): Promise<MonitorFigures> => {
  const stages = await deps.store.read((tx) => tx.views.counts());
  const { backlog, leased, failing, aside, workers } = await readWork(deps);
  const rows = await readBreakers(deps, breakers);
  const stateOf = (lane: PeerLane) => {
    const { name, settings } = breakers[lane];
    return breakerNow(rows.find((row) => row.name === name) ?? null, name, settings).row.state;
  };
  return {
    stages,
    backlog,
    leased,
    failing: failing.length,
    aside: aside.length,
    isWorkerRunning: isSomeRunning(workers),
    breakers: { ne: stateOf('ne'), tm: stateOf('tm') },
  };
};
