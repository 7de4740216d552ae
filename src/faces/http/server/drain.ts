import type { Server } from 'node:http';
import type { Clock } from '../../../core/ports/runtime.ts';

/** How often connections that have become idle are closed, ms. */
const CLOSE_IDLE_MS = 100;
/** After this long what is still going on is cut off. */
const CUT_MS = 10_000;

type Draining = {
  readonly clock: Pick<Clock, 'wait'>;
  /** Ends streams, and has every further answer close its connection. */
  readonly close: () => void;
  /** Requests that are not answered yet. */
  readonly underWay: () => number;
  readonly cutMs?: number;
};

/**
 * Ends a server while its requests are answered: no new connection, then none that is idle. Resolves when all are closed:
 * how many requests were cut off.
 */
export const drain = async (
  server: Server,
  { clock, close, underWay, cutMs = CUT_MS }: Draining,
): Promise<number> => {
  const over = new AbortController();
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      over.abort();
      resolve();
    });
  });
  close();
  const timer = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_MS);
  server.closeIdleConnections();
  await Promise.race([closed, clock.wait(cutMs, over.signal)]);
  clearInterval(timer);
  const cut = over.signal.aborted ? 0 : underWay();
  server.closeAllConnections();
  await closed;
  return cut;
};
