import type { CustomerAnswer } from '../../src/adapters/memory/memory-desk.ts';
import {
  type FaultRates,
  type NextFault,
  type PeerFault,
  seededFaults,
} from '../../src/adapters/memory/memory-faults.ts';
import { type MemoryNe, memoryNe, type NeOperation } from '../../src/adapters/memory/memory-ne.ts';
import { type MemoryTm, memoryTm, type TmOperation } from '../../src/adapters/memory/memory-tm.ts';
import type { Clock } from '../../src/core/ports/runtime.ts';
import { iso } from '../../src/core/time/iso.ts';
import type { Random } from './random.ts';
import { nameOf, type Ways } from './ways.ts';

/** A network and a desk that go wrong as the seed says, until they are calmed. */
export type StormyPeers = {
  readonly ne: MemoryNe;
  readonly tm: MemoryTm;
  /** From now on all goes well and at once. What is under way still arrives. */
  readonly calm: () => void;
};

type Rate = { readonly probability: number; readonly fault: PeerFault };

/**
 * Late effects come within what rule 3 allows: a create starts at most 2 s after its intent, its caller leaves after at
 * most 5 s, and the peer may work on it for 3 s more.
 */
const LATEST_MS = 7_500;

const lost = (chaos: Random, scale: number): readonly Rate[] => [
  { probability: 0.06 * scale, fault: { fault: 'lost-before' } },
  { probability: 0.06 * scale, fault: { fault: 'lost-after' } },
  { probability: 0.04 * scale, fault: { fault: 'late-after', ms: chaos.between(1, LATEST_MS) } },
  { probability: 0.04 * scale, fault: { fault: 'garbage' } },
];

const refused = (chaos: Random, scale: number, now: number): readonly Rate[] => [
  { probability: 0.03 * scale, fault: { fault: 'not-sent' } },
  { probability: 0.02 * scale, fault: { fault: 'busy', retryAt: now + chaos.between(500, 20_000) } },
  { probability: 0.01 * scale, fault: { fault: 'misconfigured' } },
];

/** Work that outlasts `settleMs` may only go on for a caller who knows of it: rule 3 is the peer's promise too. */
const monitors = (chaos: Random, scale: number, longestMs: number): readonly Rate[] => [
  { probability: 0.05 * scale, fault: { fault: 'monitor', ms: chaos.between(100, longestMs) } },
  {
    probability: 0.01 * scale,
    fault: { fault: 'monitor', ms: chaos.between(100, longestMs), code: 'NO_PORT' },
  },
];

type Status = Extract<PeerFault, { fault: 'answered-after' }>['status'];

/** A gateway that has handed the request on answers by itself. */
const gatewaySays = (
  chaos: Random,
  { gateway }: Ways,
  statuses: readonly [Status, ...Status[]],
): readonly Rate[] =>
  gateway
    ? [
        { probability: 0.05, fault: { fault: 'answered-after', status: chaos.pick(statuses) } },
        { probability: 0.05, fault: { fault: 'answered-after', status: chaos.pick(statuses) } },
      ]
    : [];

const ANY_STATUS = [400, 401, 409, 422, 429, 503] as const;
/** What a look-up is answered with is no doubt about an effect; 400 and 422 say that it cannot be had. */
const OF_READS = [401, 409, 429, 503] as const;

/** Old states, and lists that are empty or end too early. */
const oldNews = (chaos: Random, { caches }: Ways): readonly Rate[] =>
  caches ? [{ probability: 0.1, fault: { fault: 'cached', ageMs: chaos.between(1, 120) * 1000 } }] : [];
const WRONG_LISTS: readonly Rate[] = [
  { probability: 0.05, fault: { fault: 'blank' } },
  { probability: 0.05, fault: { fault: 'cut' } },
];

type Makes = { readonly now: number; readonly longestMs: number; readonly ways: Ways };

/** What becomes of a create that is taken on. */
const takenOn = (chaos: Random, scale: number, { longestMs, ways }: Makes): readonly Rate[] => [
  ...monitors(chaos, scale, longestMs),
  { probability: 0.03 * scale, fault: { fault: 'accepted', ms: chaos.between(100, longestMs) } },
  ...(ways.endlessMonitors
    ? [
        {
          probability: 0.05,
          fault: { fault: 'monitor', ms: chaos.between(100, 2_500), isEndless: true },
        } as const,
      ]
    : []),
  ...(ways.doubles ? [{ probability: 0.1, fault: { fault: 'duplicate' } } as const] : []),
];

const neRates = (chaos: Random, scale: number, makes: Makes): FaultRates<NeOperation | 'admit'> => {
  const { now, ways } = makes;
  const faults = [...lost(chaos, scale), ...refused(chaos, scale, now)];
  const reads = [...faults, ...gatewaySays(chaos, ways, OF_READS)];
  const rejects = { probability: 0.03 * scale, fault: { fault: 'reject', code: 'NO_FREE_PORT' } } as const;
  return {
    admit: [
      {
        probability: 0.02 * scale,
        fault: { fault: 'breaker-open', retryAt: now + chaos.between(0, 30_000) },
      },
      { probability: 0.02 * scale, fault: { fault: 'bulkhead-full' } },
    ],
    create: [...faults, ...gatewaySays(chaos, ways, ANY_STATUS), ...takenOn(chaos, scale, makes), rejects],
    find: [...reads, ...oldNews(chaos, ways), { probability: 0.01 * scale, fault: { fault: 'no-lookup' } }],
    readMonitor: reads,
    revert: [...faults, ...gatewaySays(chaos, ways, ANY_STATUS), rejects],
    read: [...reads, ...oldNews(chaos, ways)],
    inventory: [...reads, ...oldNews(chaos, ways), ...WRONG_LISTS],
  };
};

const tmRates = (
  chaos: Random,
  scale: number,
  { now, ways }: Pick<Makes, 'now' | 'ways'>,
): FaultRates<TmOperation | 'admit'> => {
  const faults = [...lost(chaos, scale), ...refused(chaos, scale, now)];
  const rejects = { probability: 0.02 * scale, fault: { fault: 'reject', code: 'CLOSED' } } as const;
  const gateway = gatewaySays(chaos, ways, ANY_STATUS);
  return {
    admit: [{ probability: 0.02 * scale, fault: { fault: 'bulkhead-full' } }],
    search: [
      ...faults,
      ...gateway,
      { probability: 0.05 * scale, fault: { fault: 'monitor', ms: chaos.between(100, 30_000) } },
      rejects,
    ],
    readSearch: faults,
    call: [...faults, ...gateway, rejects],
    findCall: [...faults, { probability: 0.01 * scale, fault: { fault: 'no-lookup' } }],
    read: faults,
    change: [...faults, ...gateway, rejects],
    inventory: [...faults, ...WRONG_LISTS],
  };
};

type Unreached = 'NO_ANSWER' | 'BUSY' | 'REFUSED' | 'WRONG_NUMBER';

const answers = (chaos: Random, clock: Clock): (() => CustomerAnswer) => {
  const goodness = chaos.next();
  return () => {
    const afterMs = chaos.is(0.3) ? chaos.between(100, 20_000) : 0;
    if (chaos.is(0.4 + goodness * 0.6)) return { outcome: 'AGREED', afterMs };
    if (chaos.is(0.2)) {
      return { outcome: 'CALLBACK', at: iso(clock.now() + chaos.between(60, 7_200) * 1000), afterMs };
    }
    const outcome = chaos.pick<Unreached>(['NO_ANSWER', 'BUSY', 'REFUSED', 'WRONG_NUMBER']);
    return { outcome, afterMs };
  };
};

const unlessSpared =
  <O extends string>(next: NextFault<O>, happens: () => boolean): NextFault<O> =>
  (operation, key) => {
    const fault = next(operation, key);
    return fault !== null && happens() ? fault : null;
  };

type Storm = {
  readonly ways: Ways;
  /** No process dies or sleeps in this life. */
  readonly safe: boolean;
  /** Asked of each fault that would strike. */
  readonly happens: () => boolean;
};

export const stormyPeers = (chaos: Random, clock: Clock, { ways, safe, happens }: Storm): StormyPeers => {
  const seed = chaos.below(2 ** 31);
  const slow = chaos.pick([0, 0, 50, 400]);
  const longestMs = safe && slow === 0 ? 30_000 : 2_500;
  const makes = { now: clock.now(), longestMs, ways };
  const neFaults = seededFaults(seed, neRates(chaos, chaos.pick([0, 1, 1, 2, 4]), makes));
  const tmFaults = seededFaults(seed + 1, tmRates(chaos, chaos.pick([0, 1, 1, 2, 4]), makes));
  const slowness = chaos.fork();
  const replicas = chaos.fork();
  const books = chaos.fork();
  let stormy = true;
  const latencyMs = (): number => {
    if (!stormy || slow === 0) return 0;
    return slowness.is(0.03) ? slowness.between(3_000, 7_000) : slowness.between(0, slow);
  };
  const { lag, reusesIds, deskRecordsMs } = ways;
  // Not to be sent twice is the console's own duty: half of the peers do nothing for it.
  const ne = memoryNe({
    clock,
    nextFault: unlessSpared(neFaults.nextFault, happens),
    latencyMs,
    idempotent: chaos.is(0.5),
    revertVerb: chaos.is(0.3) ? 'delete' : 'patch',
    lagMs: () => (lag.flaps ? replicas.between(0, lag.mostMs) : lag.mostMs),
    reusesIds,
    nameOf: nameOf(ways.names),
  });
  const tm = memoryTm({
    clock,
    nextFault: unlessSpared(tmFaults.nextFault, happens),
    latencyMs,
    idempotent: chaos.is(0.5),
    answer: answers(chaos.fork(), clock),
    recordsAfterMs: () => (deskRecordsMs === 0 ? 0 : books.between(0, deskRecordsMs)),
  });
  return {
    ne,
    tm,
    calm: () => {
      stormy = false;
      neFaults.on = false;
      tmFaults.on = false;
    },
  };
};
