import type { Outcome } from '../../peers/outcome.ts';
import type { InventoryPage, NeService, Sending } from '../../ports/peers.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { SagaDeps } from '../deps.ts';

/** Services of one request. */
export const PAGE = 200;
/** Services that end while the list is read move the rest up: so many of a page are read again. */
const OVERLAP = 20;
const TRIES = 3;
const PAUSE_MS = 500;

export type NeAccess = Pick<SagaDeps, 'ne' | 'clock' | 'policy'>;

/** Leave for one request to the NE. Throws Refusal PEER_UNAVAILABLE when its breaker is open. */
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

/**
 * All active services of the NE, a page at a time, each at least once as far as the moving list allows. `gone` tells how
 * many services the reader itself has ended since it was asked last: so far the rest has moved up.
 * Throws Refusal PEER_UNAVAILABLE or PEER_MISCONFIGURED when the NE cannot be read.
 */
export const inventory = (
  deps: NeAccess,
  { signal, gone = () => 0 }: { readonly signal?: AbortSignal; readonly gone?: () => number } = {},
): AsyncGenerator<readonly NeService[]> =>
  movingPages(
    async (offset) => {
      const { services, nextOffset } = await readPage(deps, offset, signal);
      return { items: services, nextOffset };
    },
    { idOf: ({ neId }) => neId, gone, signal },
  );

type Moving<T> = {
  readonly idOf: (item: T) => string;
  readonly gone: () => number;
  readonly signal: AbortSignal | undefined;
};

type ItemPage<T> = { readonly items: readonly T[]; readonly nextOffset: number | null };

/** The pages of a list that moves while it is read, without what the page before had already. */
export async function* movingPages<T>(
  read: (offset: number) => Promise<ItemPage<T>>,
  { idOf, gone, signal }: Moving<T>,
): AsyncGenerator<readonly T[]> {
  let before: ReadonlySet<string> = new Set();
  for (let offset: number | null = 0; offset !== null && signal?.aborted !== true; ) {
    const page: ItemPage<T> = await read(offset);
    yield page.items.filter((item) => !before.has(idOf(item)));
    before = new Set(page.items.map(idOf));
    const back = gone();
    const least: number = back === 0 ? offset + 1 : 0;
    offset =
      page.nextOffset === null && back === 0
        ? null
        : Math.max((page.nextOffset ?? offset) - OVERLAP - back, least);
  }
}

const readPage = (deps: NeAccess, offset: number, signal?: AbortSignal): Promise<InventoryPage> =>
  readList(async () => deps.ne.inventory(offset, PAGE, await admitNe(deps, signal)), {
    peer: 'NE',
    clock: deps.clock,
    signal,
  });

type ListOf = {
  /** As it is named to people. */
  readonly peer: 'NE' | 'TM';
  readonly clock: SagaDeps['clock'];
  readonly signal: AbortSignal | undefined;
};

/** One page of a peer's list, asked for again when it was not answered. Throws Refusal as `inventory` does. */
export const readList = async <T>(
  ask: () => Promise<Outcome<T>>,
  { peer, clock, signal }: ListOf,
): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    const outcome = await ask();
    switch (outcome.kind) {
      case 'confirmed':
        return outcome.value;
      case 'misconfigured':
        throw new Refusal('PEER_MISCONFIGURED', { peer, cause: outcome.cause });
      case 'rejected':
        throw new Refusal('PEER_MISCONFIGURED', { peer, cause: `${outcome.code} ${outcome.message}` });
      case 'accepted':
        throw new Refusal('PEER_MISCONFIGURED', { peer, cause: 'a list was answered with 202' });
      case 'not-sent':
      case 'in-doubt': {
        if (tries < TRIES && signal?.aborted !== true) break;
        const { retryAt } = outcome.kind === 'not-sent' ? outcome : { retryAt: null };
        const detail = { peer, cause: outcome.cause };
        throw new Refusal('PEER_UNAVAILABLE', detail, retryAt === null ? {} : { retryAt });
      }
    }
    await clock.wait(PAUSE_MS, signal);
  }
};
