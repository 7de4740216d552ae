import type { MemoryClock } from '../../src/adapters/memory/memory-clock.ts';
import { Refusal } from '../../src/core/rules/refusal.ts';
import { iso, ms } from '../../src/core/time/iso.ts';
import { HOUR_MS } from '../../src/core/time/units.ts';
import type { Machine } from './machines.ts';
import type { StormyPeers } from './peers.ts';
import type { Random } from './random.ts';
import type { Ways } from './ways.ts';

export type WeatherOptions = {
  readonly time: MemoryClock;
  readonly ways: Ways;
  readonly peers: StormyPeers;
  readonly machines: readonly [Machine, ...Machine[]];
  readonly chaos: Random;
  /** Asked of each; false: it does not happen. */
  readonly happens: () => boolean;
  /** Whether an appointment is on the log. */
  readonly isKnown: (appointmentId: string) => Promise<boolean>;
  /** All that runs on a machine ends. */
  readonly powerCut: (machine: Machine) => void;
  readonly note: (line: string) => void;
};

/** What happens without any process or person of ours: to the network, the desk, the machines and the database. */
export type Weather = {
  /** Goes on until that monotonic moment of `time`. */
  readonly until: (moment: number) => Promise<void>;
  /** What the database says now to everything it is asked; null: it works. */
  readonly trouble: () => Refusal | null;
  /** It works again. */
  readonly calm: () => void;
};

/** No honest life asks the database so often before time goes on. */
const MOST_AT_ONCE = 20_000;

/** By how much wall clocks jump: what a clock drifts, a minute, and a wrong time zone. */
export const stepOf = (chaos: Random): number =>
  chaos.pick([-1, 1]) * chaos.pick([chaos.between(500, 6_500), 61_000, 9 * HOUR_MS]);

export const napOf = (chaos: Random): number => chaos.pick([chaos.between(500, 20_000), 61_000, 600_000]);

export const weather = (options: WeatherOptions): Weather => {
  const { time, ways, peers, machines, chaos, happens, isKnown, powerCut, note } = options;
  let failsUntil = 0;
  /** How often the database was asked in this moment. */
  let asked = 0;
  let askedAt = -1;
  let restore: (() => void) | null = null;

  const deskActs = async (): Promise<void> => {
    const open = peers.tm.ledger().appointments.filter(({ status }) => status === 'confirmed');
    const [first, ...rest] = open;
    const act = chaos.pick(['moves', 'cancels', 'forgets'] as const);
    const days = chaos.between(1, 3);
    if (first === undefined) return;
    const { appointmentId, start, end } = chaos.pick([first, ...rest]);
    // What it forgets before anybody of ours knows of it never was (docs/reliability.md).
    if (act === 'forgets' && !(await isKnown(appointmentId))) return;
    if (!happens()) return;
    note(`the desk ${act} ${appointmentId} by itself`);
    const later = (at: string): string => iso(ms(at) + days * 24 * HOUR_MS);
    peers.tm.byItself(
      appointmentId,
      act === 'forgets'
        ? 'forgotten'
        : act === 'cancels'
          ? { status: 'cancelled' }
          : { slot: { start: later(start), end: later(end) } },
    );
  };
  const backsUp = (): void => {
    if (restore === null) {
      restore = peers.ne.backup();
      return;
    }
    if (!happens()) return;
    note('the NE is restored from a backup');
    restore();
    restore = null;
  };
  const clocksMove = (): void => {
    const one = chaos.pick(machines);
    const step = stepOf(chaos);
    const nap = napOf(chaos);
    const what = chaos.pick(['step', 'step', 'right', 'nap', 'boot'] as const);
    if (!happens()) return;
    note(`${one.name}: ${what} ${what === 'step' ? step : what === 'nap' ? nap : ''}`);
    if (what === 'step') one.step(step);
    else if (what === 'right') one.setRight();
    else if (what === 'nap') one.suspend(nap);
    else {
      powerCut(one);
      one.reboot();
    }
  };
  const diskFails = (): void => {
    const forMs = chaos.between(500, 60_000);
    if (!happens()) return;
    note(`the database fails for ${forMs} ms`);
    failsUntil = time.monotonic() + forMs;
  };
  const kinds: readonly (() => void | Promise<void>)[] = [
    ...(ways.deskActs ? [deskActs, deskActs] : []),
    ...(ways.restores ? [backsUp, backsUp] : []),
    ...(ways.clocks ? [clocksMove] : []),
    ...(ways.disk ? [diskFails] : []),
  ];

  return {
    until: async (moment) => {
      const [first, ...rest] = kinds;
      if (first === undefined) return;
      for (;;) {
        await time.wait(chaos.between(500, 15_000));
        if (time.monotonic() >= moment) return;
        await chaos.pick([first, ...rest])();
      }
    },
    trouble: () => {
      const now = time.monotonic();
      asked = now === askedAt ? asked + 1 : 1;
      askedAt = now;
      if (asked > MOST_AT_ONCE) throw new Error('somebody works on and on without a pause');
      return now < failsUntil ? new Refusal('DATABASE_BUSY', { database: 'oss.db' }) : null;
    },
    calm: () => {
      failsUntil = 0;
    },
  };
};
