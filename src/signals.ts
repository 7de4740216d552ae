import { EXIT } from './commands/framework/run/exit-codes.ts';
import { Interrupted } from './commands/framework/run/failure.ts';

const EXITS = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated, SIGHUP: EXIT.hangup } as const;

type Watched = { readonly signal: AbortSignal; readonly stop: () => void };

/**
 * The first signal asks everything to stop, by the AbortSignal; what was acknowledged is kept. The second one ends the
 * process at once, unless it is a hangup: the only place where output may be cut.
 */
export const watchSignals = (): Watched => {
  const controller = new AbortController();
  const handlers = Object.entries(EXITS).map(([name, exit]) => {
    const handler = (): void => {
      // A terminal that is closed tells of it twice: itself, and by its shell.
      if (exit === EXIT.hangup && controller.signal.aborted) return;
      if (controller.signal.aborted) process.exit(exit);
      controller.abort(new Interrupted(exit));
    };
    process.on(name, handler);
    return { name, handler };
  });
  return {
    signal: controller.signal,
    stop: () => {
      for (const { name, handler } of handlers) process.off(name, handler);
    },
  };
};

/** SIGUSR1 asks how it goes. Without a listener Node would open its debugger. */
export const onAsked = (listener: () => void): (() => void) => {
  process.on('SIGUSR1', listener);
  return () => {
    process.off('SIGUSR1', listener);
  };
};
