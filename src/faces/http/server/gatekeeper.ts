import { bearerOf } from '../bearer.ts';
import { type CallerRate, callerRate } from '../caller-rate.ts';
import type { Caller, House } from '../house.ts';
import { HttpFault } from '../http-fault.ts';
import { type Bounds, isTaken, type Load } from '../pressure.ts';
import type { Route } from '../route.ts';

/** What is known of a request before its body is read. */
export type Head = {
  readonly route: Route;
  readonly authorization: string | undefined;
  /** The address that it came from. */
  readonly client: string;
};

export type Gatekeeper = {
  /**
   * Who calls, if the request is taken: the server is not overloaded, the token is known, the caller within its rate, and
   * the role stands in the table. Throws HttpFault OVERLOADED, TOKEN_MISSING, TOKEN_REFUSED, TOO_MANY_REQUESTS, Refusal DENIED.
   */
  readonly admit: (head: Head) => Promise<Caller | null>;
};

type Keeping = {
  readonly load: () => Load;
  readonly bounds: Bounds;
  readonly perSecond: number;
  /** Monotonic ms. */
  readonly now: () => number;
};

/** Requests a second of one address whose token is not valid: whoever guesses is slowed down. */
const REFUSED_PER_SECOND = 5;

export const gatekeeper = (house: House, { load, bounds, perSecond, now }: Keeping): Gatekeeper => {
  const callers = callerRate(perSecond, now);
  const refused = callerRate(REFUSED_PER_SECOND, now);
  const mustBeWithin = (rate: CallerRate, caller: string): void => {
    const seconds = rate.take(caller);
    if (seconds > 0) throw new HttpFault({ code: 'TOO_MANY_REQUESTS', seconds });
  };
  const callerOf = async ({ authorization, client }: Head): Promise<Caller> => {
    const token = bearerOf(authorization);
    try {
      if (authorization === undefined) throw new HttpFault({ code: 'TOKEN_MISSING' });
      if (token === null) throw new HttpFault({ code: 'TOKEN_REFUSED' });
      return await house.callerOf(token);
    } catch (error) {
      if (error instanceof HttpFault) mustBeWithin(refused, client);
      throw error;
    }
  };
  return {
    admit: async (head) => {
      const { route, client } = head;
      if (route.weight === 'probe' && route.may === 'anybody') return null;
      if (!isTaken(route.weight, load(), bounds))
        throw new HttpFault({ code: 'OVERLOADED', seconds: spread() });
      if (route.may === 'anybody') {
        mustBeWithin(callers, client);
        return null;
      }
      const caller = await callerOf(head);
      mustBeWithin(callers, caller.client);
      await house.admit(house.deps(caller, client), route.may);
      return caller;
    },
  };
};

/** Not all in the same second again. */
const spread = (): number => 1 + Math.floor(Math.random() * 3);
