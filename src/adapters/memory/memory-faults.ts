import { chance } from '../simulators/chance.ts';

/** What goes wrong with one request. "after": the effect has happened, and the caller does not know. */
export type PeerFault =
  /** No effect, no answer. */
  | { readonly fault: 'lost-before' }
  | { readonly fault: 'lost-after' }
  /** No answer; the effect happens when the caller has gone. */
  | { readonly fault: 'late-after'; readonly ms: number }
  /** The effect happens, and the answer cannot be read. */
  | { readonly fault: 'garbage' }
  /** 422: the peer says no, with this code. */
  | { readonly fault: 'reject'; readonly code: string }
  /** The connection is refused. */
  | { readonly fault: 'not-sent' }
  /** 429: come back at `retryAt` (epoch ms). */
  | { readonly fault: 'busy'; readonly retryAt: number }
  | { readonly fault: 'breaker-open'; readonly retryAt: number | null }
  | { readonly fault: 'bulkhead-full' }
  /** 401 */
  | { readonly fault: 'misconfigured' }
  /** The effect happens, and a gateway that tried again answers with this status in place of the peer. */
  | { readonly fault: 'answered-after'; readonly status: 202 | 400 | 401 | 409 | 422 | 429 | 503 }
  /** A create is accepted (202) without a monitor: done after so many ms. */
  | { readonly fault: 'accepted'; readonly ms: number }
  /** What is made, a service or an appointment, has another name. `isTold`: the answer says so; else it tells none. */
  | { readonly fault: 'renamed'; readonly name: string; readonly isTold: boolean }
  /** A list or a read that shows nothing, as of a peer that has lost its memory for a moment. */
  | { readonly fault: 'blank' }
  /** A read or a list is answered out of a cache, which shows the state of so long ago and says that it is one. */
  | { readonly fault: 'cached'; readonly ageMs: number }
  /** A list that ends before its end, and says so. */
  | { readonly fault: 'cut' }
  /** 501, for look-ups by key. */
  | { readonly fault: 'no-lookup' }
  /** A create is accepted: done after so many ms, or ended with `code` then. `isEndless`: the monitor never says so. */
  | { readonly fault: 'monitor'; readonly ms: number; readonly code?: string; readonly isEndless?: boolean }
  /** The effect of a create or a call happens twice. */
  | { readonly fault: 'duplicate' };

/** The peer calls it once for each request (and each admission), in the order of sending. null: nothing goes wrong. */
export type NextFault<O extends string> = (operation: O, key: string) => PeerFault | null;

/** Faults in a list that a test writes as it goes. */
export type FaultScript<O extends string> = {
  readonly nextFault: NextFault<O>;
  /** The next `times` (1) requests of this operation, of this key or of any, go wrong in this way. */
  readonly add: (
    operation: O,
    fault: PeerFault,
    scope?: { readonly times?: number; readonly key?: string },
  ) => void;
  /** All goes well from now on. */
  readonly clear: () => void;
  /** Faults that have not struck yet. */
  readonly left: () => number;
};

export const faultScript = <O extends string>(): FaultScript<O> => {
  type Line = { readonly operation: O; readonly fault: PeerFault; readonly key: string | null; left: number };
  let lines: Line[] = [];
  return {
    nextFault: (operation, key) => {
      const line = lines.find(
        (each) => each.left > 0 && each.operation === operation && (each.key ?? key) === key,
      );
      if (line === undefined) return null;
      line.left -= 1;
      return line.fault;
    },
    add: (operation, fault, { times = 1, key } = {}) => {
      lines.push({ operation, fault, key: key ?? null, left: times });
    },
    clear: () => {
      lines = [];
    },
    left: () => lines.reduce((sum, line) => sum + line.left, 0),
  };
};

/** Faults of one operation, each with its probability (0 to 1); the rest goes well. */
export type FaultRates<O extends string> = Readonly<
  Partial<Record<O, readonly { readonly probability: number; readonly fault: PeerFault }[]>>
>;

/**
 * Faults by seed: what goes wrong depends on nothing but the seed, the operation, the key and how often that came.
 * `on` false stops them, for the end of a run.
 */
export const seededFaults = <O extends string>(
  seed: number,
  rates: FaultRates<O>,
): { readonly nextFault: NextFault<O>; on: boolean } => {
  const asked = new Map<string, number>();
  const faults = {
    on: true,
    nextFault: (operation: O, key: string): PeerFault | null => {
      const subject = `${operation} ${key}`;
      const count = asked.get(subject) ?? 0;
      asked.set(subject, count + 1);
      if (!faults.on) return null;
      let left = chance(seed, operation, key, count);
      for (const { probability, fault } of rates[operation] ?? []) {
        left -= probability;
        if (left < 0) return fault;
      }
      return null;
    },
  };
  return faults;
};
