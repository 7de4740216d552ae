import type { NeTiming } from '../../src/core/rules/policy.ts';
import type { Random } from './random.ts';

/** How the peers of one life behave, beside what goes wrong with single requests. */
export type Ways = {
  /** What the operator is told of this NE. */
  readonly timing: Pick<NeTiming, 'consistencyMs' | 'isKeyProven'>;
  /** How old what a read shows may be, ms. `flaps`: each read comes from a replica of its own. */
  readonly lag: { readonly mostMs: number; readonly flaps: boolean };
  /** Reads may be answered out of a cache, which says so. */
  readonly caches: boolean;
  /** A gateway sends on what it is given, and may then answer by itself. */
  readonly gateway: boolean;
  /** A freed id is given to the next service. */
  readonly reusesIds: boolean;
  /** What becomes of a service's name. */
  readonly names: 'kept' | 'shouted' | 'cut' | 'dropped';
  /** The NE is restored from a backup now and then. */
  readonly restores: boolean;
  /** Now and then it makes two services for one create. */
  readonly doubles: boolean;
  /** Monitors that never end, although the service is there. */
  readonly endlessMonitors: boolean;
  /** How late the desk writes down whom it has called, ms at most. */
  readonly deskRecordsMs: number;
  /** The desk moves, cancels and forgets appointments by itself. */
  readonly deskActs: boolean;
  /** Wall clocks jump, machines sleep and are restarted. */
  readonly clocks: boolean;
  /** The database fails for a while. */
  readonly disk: boolean;
  /** More than one machine, whose clocks differ. */
  readonly machines: 1 | 2;
};

/**
 * What no program can know at once (docs/reliability.md, "What rests on the peers"): there the promise is that it is found
 * and undone by the next comparisons.
 */
export const isBeyondKnowing = ({ timing, lag, restores, doubles, deskRecordsMs }: Ways): boolean =>
  lag.mostMs > timing.consistencyMs || restores || doubles || deskRecordsMs > 0;

/** Nothing is lost on the way between a process and its record of an answer: long work may go on for who knows of it. */
export const isSteady = ({ clocks, disk }: Ways): boolean => !clocks && !disk;

/** Most lives have some of these ways, few have all. */
export const drawWays = (chaos: Random): Ways => {
  const consistencyMs = chaos.pick([0, 0, 2_000, 5_000]);
  const names = chaos.is(0.88) ? 'kept' : chaos.pick(['shouted', 'cut', 'dropped'] as const);
  const isKeyProven = chaos.is(consistencyMs === 0 ? 0.75 : 0.35) && names === 'kept';
  const within = chaos.pick([0, consistencyMs, chaos.between(0, consistencyMs)]);
  const mostMs = chaos.is(0.06) ? consistencyMs + chaos.between(500, 20_000) : within;
  return {
    timing: { consistencyMs, isKeyProven },
    lag: { mostMs, flaps: chaos.is(0.6) },
    caches: chaos.is(0.2),
    gateway: chaos.is(0.35),
    // Where neither names nor ids last, nothing tells whose a service is.
    reusesIds: chaos.is(0.2) && names !== 'dropped',
    names,
    restores: chaos.is(0.06) && names !== 'dropped',
    // A double under a name that nobody told of is nobody's.
    doubles: chaos.is(0.04) && names === 'kept',
    endlessMonitors: chaos.is(0.06),
    deskRecordsMs: chaos.is(0.06) ? chaos.between(500, 20_000) : 0,
    deskActs: chaos.is(0.25),
    clocks: chaos.is(0.35),
    disk: chaos.is(0.15),
    machines: chaos.is(0.25) ? 2 : 1,
  };
};

/** What stands out in them, for the trace. */
export const showWays = (ways: Ways): string =>
  Object.entries(ways)
    .filter(([, value]) => value !== false && value !== 'kept' && value !== 0 && value !== 1)
    .map(([name, value]) =>
      value === true ? name : `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`,
    )
    .join(' ');

/** How an NE of that kind writes a name down. */
export const nameOf =
  (names: Ways['names']) =>
  (asked: string): string | null => {
    switch (names) {
      case 'kept':
        return asked;
      case 'shouted':
        return asked.toUpperCase();
      case 'cut':
        return asked.slice(0, 20);
      case 'dropped':
        return null;
    }
  };
