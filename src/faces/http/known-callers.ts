import type { Caller } from './house.ts';
import { HttpFault } from './http-fault.ts';

/** So long a token is not looked up again, ms: a revocation holds that much later. */
const REMEMBERED_MS = 1_000;
const MOST_REMEMBERED = 1_000;

type Looking = {
  /** null: it is unknown, expired or revoked. */
  readonly lookUp: (token: string) => Promise<Caller | null>;
  /** Monotonic ms. */
  readonly now: () => number;
};

/** Whose token it is, looked up once a second. Throws HttpFault TOKEN_REFUSED. */
export const knownCallers = ({ lookUp, now }: Looking): ((token: string) => Promise<Caller>) => {
  const known = new Map<string, { readonly caller: Caller; readonly until: number }>();
  return async (token) => {
    const found = known.get(token);
    if (found !== undefined && found.until > now()) return found.caller;
    known.delete(token);
    const caller = await lookUp(token);
    if (caller === null) throw new HttpFault({ code: 'TOKEN_REFUSED' });
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(token, { caller, until: now() + REMEMBERED_MS });
    return caller;
  };
};
