import { type Gateway, gateway } from '../support/gateway.ts';

/** How a front answers for its peer. */
export type Down = { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

/** Stands before a peer, counts what is sent to it, and may be down in its place. */
export type Front = Gateway & {
  /** null: it passes everything on. */
  readonly setDown: (down: Down | null) => void;
  /** Requests so far. */
  readonly requests: () => number;
  /** The answer to every request that comes from now on waits for this. */
  readonly holdUntil: (moment: Promise<void>) => void;
  /** The most requests that were in flight at once. */
  readonly mostAtOnce: () => number;
};

/** `holdMs`: every answer takes at least so long, so that requests meet. */
export const frontOf = async (behind: string, holdMs: number): Promise<Front> => {
  let down: Down | null = null;
  let held: Promise<void> = Promise.resolve();
  let requests = 0;
  let inFlight = 0;
  let most = 0;
  const front = await gateway({
    behind,
    onRequest: (response) => {
      requests += 1;
      inFlight += 1;
      most = Math.max(most, inFlight);
      response.once('close', () => {
        inFlight -= 1;
      });
    },
    ownAnswer: async () => {
      const letGo = held;
      await new Promise((resolve) => setTimeout(resolve, holdMs));
      await letGo;
      if (down === null) return null;
      const headers = { 'content-type': 'application/json', ...down.headers };
      return { status: down.status, headers, body: '{}' };
    },
  });
  return {
    ...front,
    setDown: (told) => {
      down = told;
    },
    holdUntil: (moment) => {
      held = moment;
    },
    requests: () => requests,
    mostAtOnce: () => most,
  };
};
