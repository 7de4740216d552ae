import type { MemoryProcesses } from '../../src/adapters/memory/memory-processes.ts';
import type { AppDeps } from '../../src/core/app/deps.ts';
import { afterChange } from '../../src/core/app/engine/after-change.ts';
import { drain } from '../../src/core/app/engine/drain.ts';
import { Refusal } from '../../src/core/rules/refusal.ts';
import { COMMANDS, place } from './commands.ts';
import { type Fates, type Mortal, mortal } from './mortal.ts';
import type { StormyPeers } from './peers.ts';
import type { Random } from './random.ts';

export type TownOptions = {
  readonly base: AppDeps;
  readonly peers: StormyPeers;
  readonly chaos: Random;
  readonly fates: Fates;
  /** Asked of each command; false: nobody gives it. */
  readonly happens: () => boolean;
  readonly processes: MemoryProcesses;
  readonly note: (line: string) => void;
};

type Act = (typeof COMMANDS)[number][1];

/** The people and workers of one schedule. */
export type Town = {
  /** The first orders come in. */
  readonly orders: () => Promise<void>;
  /** Workers run and people give commands for so long; resolves when everybody is done, dead or asleep no more. */
  readonly storm: (options: { readonly workers: number; readonly ms: number }) => Promise<void>;
  readonly command: (name: string, act: Act, orderId: string) => Promise<void>;
  /** Nobody dies or sleeps from now on. */
  readonly calm: () => void;
  /** One worker until nothing technical is left. */
  readonly drain: (waitMs: number) => Promise<void>;
  /** Orders that a person was told of. */
  readonly acknowledged: () => readonly string[];
  /** Event ids that a person was told of. */
  readonly promised: () => readonly string[];
  /** What no process may do: fail with anything but a refusal. */
  readonly faults: () => readonly string[];
  readonly permits: () => number;
};

const LIVES: Fates = () => ({ kind: 'lives' });
const PLACES = { local: 100, ne: 8, tm: 4 };

export const town = ({ base, peers, chaos, fates, happens, processes, note }: TownOptions): Town => {
  const { clock } = base;
  const acknowledged: string[] = [];
  const promised: string[] = [];
  const faults: string[] = [];
  const alive = new Set<Mortal>();
  let present: Fates = fates;
  let born = 0;

  const failed = (who: string, error: unknown): void => {
    faults.push(`${who} failed: ${error instanceof Error ? error.stack : String(error)}`);
  };

  /** Runs one process to its end or its death. Returns whether it died. */
  const live = async (kind: string, life: (deps: Mortal['deps']) => Promise<void>): Promise<boolean> => {
    born += 1;
    const owner = `${kind}/${born}/0`;
    const process = mortal(
      { ...base, processes: processes.as(owner), ne: peers.ne, tm: peers.tm, crashPoint: () => {} },
      peers,
      present,
    );
    alive.add(process);
    const died = await Promise.race([
      life(process.deps).then(
        () => false,
        (error: unknown) => {
          if (!process.isDead()) failed(owner, error);
          return process.isDead();
        },
      ),
      process.death,
    ]);
    if (!died) return false;
    alive.delete(process);
    // A process of another host is not known to be dead: only its lease frees what it held.
    if (chaos.is(0.7)) processes.die(owner);
    return true;
  };

  const command: Town['command'] = async (name, act, orderId) => {
    const claim = chaos.is(0.5);
    const own = chaos.fork();
    if (!happens()) return;
    await live('command', async (deps) => {
      try {
        const change = await act(deps, orderId, { chaos: own, claim });
        note(`${name} ${orderId}: ${change?.status ?? 'done'}`);
        if (change === null) return;
        if (change.process.version === change.events.length) acknowledged.push(change.process.orderId);
        promised.push(...change.events.map(({ eventId }) => eventId));
        if (!claim) return;
        const signal = new AbortController().signal;
        await afterChange(deps, change, { inlineMs: 1_500, signal });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        note(`${name} ${orderId}: ${error.code}`);
      }
    });
  };

  const people = async (until: number): Promise<void> => {
    while (clock.monotonic() < until) {
      const [name, act] = chaos.pick(COMMANDS);
      const [first = '', ...rest] = acknowledged;
      await command(name, act, chaos.pick([first, ...rest]));
      await clock.wait(chaos.between(0, 6_000));
    }
  };

  const worker = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const concurrency = chaos.between(1, 4);
      const options = { concurrency, drain: false, waitMs: 0, signal, closedLanes, places: PLACES };
      const died = await live('worker', async (deps) => {
        await drain(deps, options);
      });
      if (died) await clock.wait(chaos.between(0, 20_000), signal);
    }
  };
  const closedLanes = async () => new Map();

  return {
    orders: async () => {
      for (let left = chaos.between(1, 4); left > 0; left -= 1) await command('place', place, '');
    },
    storm: async ({ workers, ms }) => {
      const over = new AbortController();
      const until = clock.monotonic() + ms;
      const crew = Array.from({ length: workers }, () => worker(over.signal));
      const crowd = Array.from({ length: chaos.between(1, 3) }, () => people(until));
      await Promise.all([...crowd, clock.wait(ms)]);
      over.abort();
      await Promise.all(crew);
    },
    command,
    calm: () => {
      present = LIVES;
    },
    drain: async (waitMs) => {
      const { signal } = new AbortController();
      const options = { concurrency: 4, drain: true, waitMs, signal, closedLanes, places: PLACES };
      await live('last', async (deps) => {
        await drain(deps, options);
      });
    },
    acknowledged: () => acknowledged,
    promised: () => promised,
    faults: () => faults,
    permits: () => [...alive].reduce((sum, process) => sum + process.permits(), 0),
  };
};
