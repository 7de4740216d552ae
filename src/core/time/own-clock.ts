import { ms } from './iso.ts';

/** The clocks of a process: the one that cannot be moved, and the wall clock (`now`, epoch ms). */
type Running = { readonly boot: string; readonly uptime: () => number; readonly now: () => number };

/**
 * Time as this process itself saw it pass, for what must not rest on a wall clock. It counts while the machine sleeps and
 * no step moves it.
 */
export type OwnClock = {
  readonly boot: string;
  /** Ms since that boot. */
  readonly uptime: () => number;
  /** The wall clock, epoch ms: it may only let something count later. */
  readonly now: () => number;
  /** When this process first read that event (its id), on `uptime`; now, when it never did. */
  readonly firstRead: (eventId: string) => number;
};

/** More than are open at once; who forgets one waits longer, and believes nothing earlier. */
const MOST_REMEMBERED = 20_000;

/** By how it is read, so that a clock that was wrapped is the same one. */
const clocks = new WeakMap<Running['uptime'], OwnClock>();

/** The one of this process: what it has read is remembered as long as it lives. */
export const ownClock = (clock: Running): OwnClock => {
  const known = clocks.get(clock.uptime);
  if (known !== undefined) return known;
  const read = new Map<string, number>();
  const own: OwnClock = {
    boot: clock.boot,
    uptime: clock.uptime,
    now: clock.now,
    firstRead: (eventId) => {
      const at = read.get(eventId);
      if (at !== undefined) return at;
      const now = clock.uptime();
      if (read.size >= MOST_REMEMBERED)
        for (const first of [...read.keys()].slice(0, 1_000)) read.delete(first);
      read.set(eventId, now);
      return now;
    },
  };
  clocks.set(clock.uptime, own);
  return own;
};

/** An event (`intent`: its id) that was written with the boot and the uptime of its writer; of older ones neither is known. */
type Written = {
  readonly intent: string;
  readonly at: string;
  readonly boot: string | null;
  readonly uptimeMs: number | null;
};

/** Two clocks of one machine that nobody touches differ by less. */
const APART_MS = 1_000;

/**
 * From when on the own clock counts what follows an event: from its writing, if that was in this boot, else from when this
 * process first read it. Machines that were cloned while they ran are of one boot, and each has an uptime of its own: the
 * wall clock must agree that it is so long ago. After one was set back, who waits waits for one bound more at most.
 */
export const countedFrom = ({ intent, at, boot, uptimeMs }: Written, own: OwnClock): number => {
  const first = own.firstRead(intent);
  // A moved clock (OSS_NOW) may show an intent of a time that is still to come: that says nothing.
  const isOurs = boot === own.boot && uptimeMs !== null && uptimeMs <= own.uptime();
  if (!isOurs) return first;
  const ago = own.now() - ms(at);
  // By a wall clock that was put right since, the event is still to come.
  const byWall = ago < 0 ? uptimeMs : own.uptime() - ago - APART_MS;
  return Math.min(first, Math.max(uptimeMs, byWall));
};
