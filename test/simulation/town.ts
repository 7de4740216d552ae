import { setMaxListeners } from 'node:events';
import type { MemoryProcesses } from '../../src/adapters/memory/memory-processes.ts';
import type { AppDeps } from '../../src/core/app/deps.ts';
import { afterChange } from '../../src/core/app/engine/after-change.ts';
import { drain } from '../../src/core/app/engine/drain.ts';
import { GIVE_UP_MS, isPassing } from '../../src/core/app/engine/trouble.ts';
import { afterLooks } from '../../src/core/app/reconcile/after-looks.ts';
import { compareAndKeep } from '../../src/core/app/reconcile/compare-peers.ts';
import type { Finding } from '../../src/core/peers/finding.ts';
import type { Clock } from '../../src/core/ports/runtime.ts';
import { Refusal } from '../../src/core/rules/refusal.ts';
import { COMMANDS, place } from './commands.ts';
import type { Machine } from './machines.ts';
import { type Fates, type Mortal, mortal } from './mortal.ts';
import type { StormyPeers } from './peers.ts';
import type { Random } from './random.ts';

export type TownOptions = {
  readonly base: Omit<AppDeps, 'clock'>;
  /** Time as it really is. */
  readonly time: Clock;
  readonly machines: readonly [Machine, ...Machine[]];
  readonly peers: StormyPeers;
  /** What the database says to everything now; null: it works. */
  readonly trouble: () => Refusal | null;
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
  /** All that runs on that machine is gone. */
  readonly powerCut: (machine: Machine) => void;
  /** One worker until nothing technical is left. */
  readonly drain: (waitMs: number) => Promise<void>;
  /** What a worker does beside its orders: it looks after those that are over, and compares. Returns what was found. */
  readonly lookBack: () => Promise<readonly Finding[]>;
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

export const town = (options: TownOptions): Town => {
  const { base, time, machines, peers, chaos, fates, trouble, happens, processes, note } = options;
  const acknowledged: string[] = [];
  const promised: string[] = [];
  const faults: string[] = [];
  const alive = new Map<Mortal, Machine>();
  let present: Fates = fates;
  let born = 0;

  const failed = (who: string, error: unknown): void => {
    faults.push(`${who} failed: ${error instanceof Error ? error.stack : String(error)}`);
  };

  /** Runs one process to its end or its death. Returns whether it died. */
  const live = async (kind: string, life: (deps: Mortal['deps']) => Promise<void>): Promise<boolean> => {
    born += 1;
    const drawn = chaos.pick(machines);
    // What judges the end has the clock of the first machine.
    const machine = kind === 'last' ? machines[0] : drawn;
    const owner = `${kind}/${born}/0`;
    const process = mortal(
      {
        ...base,
        clock: machine.clock(),
        processes: processes.as(owner),
        ne: peers.ne,
        tm: peers.tm,
        crashPoint: () => {},
      },
      { peers, machine, time, fates: present, trouble },
    );
    alive.set(process, machine);
    const died = await Promise.race([
      life(process.deps).then(
        () => false,
        (error: unknown) => {
          // A worker that gives up on its database ends, and whoever watches over it starts another.
          if (isPassing(error)) return true;
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
    while (time.monotonic() < until) {
      const [name, act] = chaos.pick(COMMANDS);
      const [first = '', ...rest] = acknowledged;
      await command(name, act, chaos.pick([first, ...rest]));
      await time.wait(chaos.between(0, 4_000));
    }
  };

  const worker = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const concurrency = chaos.between(1, 4);
      const options = {
        ...{ concurrency, drain: false, waitMs: 0, patienceMs: GIVE_UP_MS },
        ...{ signal, closedLanes, places: PLACES },
      };
      const died = await live('worker', async (deps) => {
        await drain(deps, options);
      });
      if (died) await time.wait(chaos.between(0, 20_000), signal);
    }
  };
  const closedLanes = async () => new Map();

  return {
    orders: async () => {
      for (let left = chaos.between(1, 4); left > 0; left -= 1) await command('place', place, '');
    },
    storm: async ({ workers, ms }) => {
      const over = new AbortController();
      // Eight workers wait for it, each in more than one place.
      setMaxListeners(0, over.signal);
      const until = time.monotonic() + ms;
      const crew = Array.from({ length: workers }, () => worker(over.signal));
      const crowd = Array.from({ length: chaos.between(1, 3) }, () => people(until));
      await Promise.all([...crowd, time.wait(ms)]);
      over.abort();
      await Promise.all(crew);
    },
    command,
    calm: () => {
      present = LIVES;
    },
    powerCut: (machine) => {
      for (const [process, on] of alive) if (on === machine) process.kill();
    },
    drain: async (waitMs) => {
      const { signal } = new AbortController();
      const options = { concurrency: 4, drain: true, waitMs, signal, closedLanes, places: PLACES };
      await live('last', async (deps) => {
        await drain(deps, options);
      });
    },
    lookBack: async () => {
      const findings: Finding[] = [];
      const { signal } = new AbortController();
      await live('last', async (deps) => {
        await afterLooks(deps).sweep({ signal, onFinding: (finding) => findings.push(finding) });
        for await (const finding of compareAndKeep(deps, { signal })) findings.push(finding);
      });
      return findings;
    },
    acknowledged: () => acknowledged,
    promised: () => promised,
    faults: () => faults,
    permits: () => [...alive.keys()].reduce((sum, process) => sum + process.permits(), 0),
  };
};
