import type { MemoryNe } from '../../src/adapters/memory/memory-ne.ts';
import type { MemoryTm } from '../../src/adapters/memory/memory-tm.ts';
import type { SagaDeps } from '../../src/core/app/deps.ts';
import type { NetworkElement, TmDesk } from '../../src/core/ports/peers.ts';
import type { Clock } from '../../src/core/ports/runtime.ts';
import type { Store } from '../../src/core/ports/store.ts';
import type { Refusal } from '../../src/core/rules/refusal.ts';
import type { Machine } from './machines.ts';

/** What happens to a process at one place of its code. */
export type Fate =
  | { readonly kind: 'lives' }
  /** The power goes before the commit, or after it. Elsewhere both are the same. */
  | { readonly kind: 'dies'; readonly commits: boolean }
  /** It stands still for so long, and wakes as if nothing had been. */
  | { readonly kind: 'sleeps'; readonly ms: number }
  /** The wall clock of its machine jumps. */
  | { readonly kind: 'steps'; readonly ms: number }
  /** Its machine sleeps, and all that runs on it. */
  | { readonly kind: 'suspends'; readonly ms: number };

export type Fates = (place: string) => Fate;

/** A process that may die or fall asleep at any commit, answer or crash point. */
export type Mortal = {
  readonly deps: SagaDeps;
  readonly isDead: () => boolean;
  /** The power is gone. */
  readonly kill: () => void;
  /** Resolves to true when it dies. */
  readonly death: Promise<true>;
  /** Permits of its peers that were given and neither used nor released. */
  readonly permits: () => number;
};

/** Thrown inside a dead process, where nobody is left to catch it. */
export class Death extends Error {
  override readonly name = 'Death';
}

/** Whoever awaits this has died: a dead process goes on with nothing, and cleans up nothing. */
const never = <T>(): Promise<T> => new Promise<T>(() => {});

type Peer = Pick<NetworkElement | TmDesk, 'admit'>;

/** Where a process lives. */
export type Place = {
  readonly peers: { readonly ne: MemoryNe; readonly tm: MemoryTm };
  readonly machine: Machine;
  /** Time as it really is. */
  readonly time: Clock;
  readonly fates: Fates;
  /** What the database says to everything now; null: it works. */
  readonly trouble: () => Refusal | null;
};

/** Lets a process be struck by fate. What it sent before its end still arrives, and is answered to nobody. */
export const mortal = (deps: SagaDeps, { peers, machine, time, fates, trouble }: Place): Mortal => {
  let dead = false;
  let sleepsUntil = 0;
  let tell: (dead: true) => void = () => {};
  const death = new Promise<true>((resolve) => {
    tell = resolve;
  });
  const kill = (): void => {
    dead = true;
    tell(true);
  };
  const clock = machine.clock();
  const sleepLeft = (): number => Math.max(sleepsUntil - time.monotonic(), machine.sleepsFor());

  const awake = async (): Promise<void> => {
    for (let left = sleepLeft(); !dead && left > 0; left = sleepLeft()) await time.wait(left);
    if (dead) await never();
  };
  const meet = (place: string): Fate => {
    const fate = fates(place);
    if (fate.kind === 'sleeps') sleepsUntil = Math.max(sleepsUntil, time.monotonic() + fate.ms);
    if (fate.kind === 'steps') machine.step(fate.ms);
    if (fate.kind === 'suspends') machine.suspend(fate.ms);
    return fate;
  };

  const mustWork = (): void => {
    const refusal = trouble();
    if (refusal !== null) throw refusal;
  };
  const read: Store['read'] = async (work) => {
    await awake();
    mustWork();
    return alive(deps.store.read)(work) as ReturnType<typeof work>;
  };
  const write: Store['write'] = async (work) => {
    await awake();
    mustWork();
    const fate = meet('write');
    const result = await deps.store
      .write(async (tx) => {
        if (dead) throw new Death();
        const done = await work(tx);
        if (dead || (fate.kind === 'dies' && !fate.commits)) throw new Death();
        return done;
      })
      .catch((error: unknown) => {
        if (!(error instanceof Death)) throw error;
        kill();
        return never<never>();
      });
    if (fate.kind === 'dies') kill();
    await awake();
    return result;
  };
  const alive =
    <A extends readonly unknown[], T>(call: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      if (dead) await never();
      const result = await call(...args);
      await awake();
      return result;
    };
  /** Inside a write nobody sleeps: the write itself does, before and after. */
  const admits =
    (peer: Peer): Peer['admit'] =>
    (breakers) =>
      breakers === undefined ? alive(peer.admit)() : peer.admit(breakers);
  const answered =
    <A extends readonly unknown[], T>(call: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      const result = await alive(call)(...args);
      if (meet('answer').kind === 'dies') kill();
      await awake();
      return result;
    };
  const waits: Clock = { ...clock, wait: alive(clock.wait) };
  const { ne, tm } = { ne: peers.ne.client(waits), tm: peers.tm.client(waits) };
  return {
    isDead: () => dead,
    kill,
    death,
    permits: () => ne.outstanding() + tm.outstanding(),
    deps: {
      ...deps,
      clock: waits,
      store: { ...deps.store, write, rehearse: alive(deps.store.rehearse), read },
      ne: {
        ...ne,
        admit: admits(ne),
        create: answered(ne.create),
        find: answered(ne.find),
        readMonitor: answered(ne.readMonitor),
        revert: answered(ne.revert),
        read: answered(ne.read),
        inventory: answered(ne.inventory),
      },
      tm: {
        ...tm,
        admit: admits(tm),
        searchSlots: answered(tm.searchSlots),
        readSearch: answered(tm.readSearch),
        call: answered(tm.call),
        inventory: answered(tm.inventory),
        findCall: answered(tm.findCall),
        readAppointment: answered(tm.readAppointment),
        changeAppointment: answered(tm.changeAppointment),
      },
      crashPoint: (name) => {
        if (!dead && meet(name).kind !== 'dies') return;
        kill();
        throw new Death();
      },
    },
  };
};
