import type { InventoryPage, NeService, Sending } from '../ports/peers.ts';
import { Refusal } from '../refusal.ts';
import type { SagaDeps } from './deps.ts';

/** Services of one request. */
const PAGE = 200;
/** Services that end while the list is read move the rest up: so many of a page are read again. */
const OVERLAP = 20;
const TRIES = 3;
const PAUSE_MS = 500;

export type NeAccess = Pick<SagaDeps, 'ne' | 'clock' | 'policy'>;

/** Leave for one request to the NE. Throws Refusal PEER_UNAVAILABLE when its breaker is open. */
export const admitNe = async ({ ne, clock, policy }: NeAccess, signal?: AbortSignal): Promise<Sending> => {
  for (let tries = 1; ; tries += 1) {
    const admission = await ne.admit();
    if (admission.admitted) return { permit: admission.permit, deadlineMs: policy.ne.timeoutMs };
    const { why, cause, retryAt } = admission;
    // A full bulkhead empties by itself; a breaker has its reason.
    if (why === 'breaker-open' || tries >= TRIES || signal?.aborted === true) {
      throw new Refusal('PEER_UNAVAILABLE', { peer: 'NE', cause }, retryAt === null ? {} : { retryAt });
    }
    await clock.wait(PAUSE_MS, signal);
  }
};

/**
 * All active services of the NE, a page at a time, each at least once as far as the moving list allows. `gone` tells how
 * many services the reader itself has ended since it was asked last: so far the rest has moved up.
 * Throws Refusal PEER_UNAVAILABLE or PEER_MISCONFIGURED when the NE cannot be read.
 */
export async function* inventory(
  deps: NeAccess,
  { signal, gone = () => 0 }: { readonly signal?: AbortSignal; readonly gone?: () => number } = {},
): AsyncGenerator<readonly NeService[]> {
  let before: ReadonlySet<string> = new Set();
  for (let offset: number | null = 0; offset !== null && signal?.aborted !== true; ) {
    const page: InventoryPage = await readPage(deps, offset, signal);
    yield page.services.filter(({ neId }) => !before.has(neId));
    before = new Set(page.services.map(({ neId }) => neId));
    const back = gone();
    const least: number = back === 0 ? offset + 1 : 0;
    offset =
      page.nextOffset === null && back === 0
        ? null
        : Math.max((page.nextOffset ?? offset) - OVERLAP - back, least);
  }
}

const readPage = async (deps: NeAccess, offset: number, signal?: AbortSignal): Promise<InventoryPage> => {
  for (let tries = 1; ; tries += 1) {
    const outcome = await deps.ne.inventory(offset, PAGE, await admitNe(deps, signal));
    switch (outcome.kind) {
      case 'confirmed':
        return outcome.value;
      case 'misconfigured':
        throw new Refusal('PEER_MISCONFIGURED', { peer: 'NE', cause: outcome.cause });
      case 'rejected':
        throw new Refusal('PEER_MISCONFIGURED', { peer: 'NE', cause: `${outcome.code} ${outcome.message}` });
      case 'accepted':
        throw new Refusal('PEER_MISCONFIGURED', { peer: 'NE', cause: 'a list was answered with 202' });
      case 'not-sent':
      case 'in-doubt': {
        if (tries < TRIES && signal?.aborted !== true) break;
        const { retryAt } = outcome.kind === 'not-sent' ? outcome : { retryAt: null };
        const detail = { peer: 'NE', cause: outcome.cause };
        throw new Refusal('PEER_UNAVAILABLE', detail, retryAt === null ? {} : { retryAt });
      }
    }
    await deps.clock.wait(PAUSE_MS, signal);
  }
};
