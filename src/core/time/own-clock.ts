/** The clock of a process, as far as it cannot be moved. */
type Running = { readonly boot: string; readonly uptime: () => number };

/**
 * Time as this process itself saw it pass, for what must not rest on a wall clock. It counts while the machine sleeps and
 * no step moves it.
 */
export type OwnClock = {
  readonly boot: string;
  /** Ms since that boot. */
  readonly uptime: () => number;
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

/** An event that was written with the boot and the uptime of its writer; of older ones neither is known. */
type Written = { readonly intent: string; readonly boot: string | null; readonly uptimeMs: number | null };

/**
 * From when on the own clock counts what follows an intent: from its writing, if that was in this boot, else from when this
 * process first read it.
 */
export const countedFrom = ({ intent, boot, uptimeMs }: Written, own: OwnClock): number => {
  const first = own.firstRead(intent);
  // A moved clock (OSS_NOW) may show an intent of a time that is still to come: that says nothing.
  const isOurs = boot === own.boot && uptimeMs !== null && uptimeMs <= own.uptime();
  return isOurs ? Math.min(first, uptimeMs) : first;
};
