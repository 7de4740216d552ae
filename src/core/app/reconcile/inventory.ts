import type { Outcome } from '../../peers/outcome.ts';
import {
  type ListPage,
  type ListSeen,
  type NeService,
  PAGE_TOO_LARGE,
  type PageAsked,
  type Sending,
} from '../../ports/peers.ts';
import { afterPage, afterTooLarge, beginWalk } from '../../reconcile/list-walk.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { SagaDeps } from '../deps.ts';

const TRIES = 3;
const PAUSE_MS = 500;

export type NeAccess = Pick<SagaDeps, 'ne' | 'clock' | 'policy'>;

/** The permit for one request to the NE. Throws Refusal PEER_UNAVAILABLE when its breaker is open. */
export const admitNe = ({ ne, clock, policy }: NeAccess, signal?: AbortSignal): Promise<Sending> =>
  admitTo(ne, { peer: 'NE', clock, signal, timeoutMs: policy.ne.timeoutMs });

/** The same of either peer. */
export const admitTo = async (
  port: Pick<SagaDeps['ne'], 'admit'>,
  { peer, clock, signal, timeoutMs }: ListOf & { readonly timeoutMs: number },
): Promise<Sending> => {
  for (let tries = 1; ; tries += 1) {
    const admission = await port.admit();
    if (admission.admitted) return { permit: admission.permit, deadlineMs: timeoutMs };
    const { why, cause, retryAt } = admission;
    // A full bulkhead empties by itself; a breaker has its reason.
    if (why === 'breaker-open' || tries >= TRIES || signal?.aborted === true) {
      throw new Refusal('PEER_UNAVAILABLE', { peer, cause }, retryAt === null ? {} : { retryAt });
    }
    await clock.wait(PAUSE_MS, signal);
  }
};

type Reading = {
  readonly signal?: AbortSignal | undefined;
  /** How many items the reader itself has ended since the last call: so far the rest has moved up. */
  readonly gone?: () => number;
  /** Hears, after the last page, how much of the list was seen. */
  readonly onEnd?: (seen: ListSeen) => void;
};

/**
 * All active services of the NE, a page at a time, each at least once as far as the moving list allows.
 * Throws Refusal PEER_UNAVAILABLE or PEER_MISCONFIGURED when the NE cannot be read.
 */
export const inventory = (deps: NeAccess, reading: Reading = {}): AsyncGenerator<readonly NeService[]> =>
  wholeList(
    async (page) => deps.ne.inventory(page, await admitNe(deps, reading.signal)),
    { peer: 'NE', clock: deps.clock, signal: reading.signal, idOf: ({ neId }: NeService) => neId },
    reading,
  );

/** The pages of a peer's list that moves while it is read, without what the page before had already. */
export async function* wholeList<T>(
  ask: (page: PageAsked) => Promise<Outcome<ListPage<T>>>,
  { idOf, ...list }: ListOf & { readonly idOf: (item: T) => string },
  { gone = () => 0, onEnd = () => {} }: Reading,
): AsyncGenerator<readonly T[]> {
  let walk = beginWalk();
  for (let asked = walk.asked; asked !== null && list.signal?.aborted !== true; asked = walk.asked) {
    const at = asked;
    const page = await readList(() => ask(at), list);
    if (page === 'too-large') walk = afterTooLarge(walk);
    else {
      const { before } = walk;
      yield page.items.filter((item) => !before.has(idOf(item)));
      walk = afterPage(walk, page, gone());
    }
  }
  if (walk.asked === null) onEnd(walk.seen);
}

type ListOf = {
  /** As it is named to people. */
  readonly peer: 'NE' | 'TM';
  readonly clock: SagaDeps['clock'];
  readonly signal: AbortSignal | undefined;
};

/** One page of a peer's list; it asks again when the peer did not answer. Throws Refusal as `inventory` does. */
const readList = async <T>(
  ask: () => Promise<Outcome<T>>,
  { peer, clock, signal }: ListOf,
): Promise<T | 'too-large'> => {
  for (let tries = 1; ; tries += 1) {
    const outcome = await ask();
    switch (outcome.kind) {
      case 'confirmed':
        return outcome.value;
      case 'misconfigured':
        throw new Refusal('PEER_MISCONFIGURED', { peer, cause: outcome.cause });
      case 'rejected':
        if (outcome.code === PAGE_TOO_LARGE) return 'too-large';
        throw new Refusal('PEER_MISCONFIGURED', {
          peer,
          cause: { code: 'REFUSED', reason: outcome.code, told: outcome.message },
        });
      case 'accepted':
        throw new Refusal('PEER_MISCONFIGURED', { peer, cause: { code: 'LIST_ACCEPTED' } });
      case 'not-sent':
      case 'turned-away':
      case 'in-doubt': {
        if (tries < TRIES && signal?.aborted !== true) break;
        const { retryAt } = outcome.kind === 'in-doubt' ? { retryAt: null } : outcome;
        const detail = { peer, cause: outcome.cause };
        throw new Refusal('PEER_UNAVAILABLE', detail, retryAt === null ? {} : { retryAt });
      }
    }
    await clock.wait(PAUSE_MS, signal);
  }
};
