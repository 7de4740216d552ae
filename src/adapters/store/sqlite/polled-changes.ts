import { pause } from '../../runtime/waits.ts';

/** How often the database is asked whether any process has committed; a cheap question. */
const POLL_MS = 300;

/** Yields whenever the version has become another one, from now on until the signal comes. */
export const polledChanges = (version: () => number, signal: AbortSignal): AsyncIterable<void> => {
  let seen = version();
  return (async function* () {
    while (!signal.aborted) {
      await pause(POLL_MS, signal);
      if (signal.aborted) return;
      const now = version();
      if (now === seen) continue;
      seen = now;
      yield;
    }
  })();
};
