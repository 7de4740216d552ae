import type { ServerResponse } from 'node:http';
import type { Answer } from '../route.ts';

/** A reader that is so many bytes behind is waited for. */
const MOST_BEHIND = 64 * 1_024;
/** Whoever writes on all the same is stopped here. */
const MOST_HELD = 16 * MOST_BEHIND;

type Streaming = Extract<Answer, { readonly kind: 'stream' }>;

type Options = {
  /** Aborts when the reader has gone, or the server ends. */
  readonly signal: AbortSignal;
  /** A reader that is behind and reads nothing for so long is cut: it comes again and goes on from where it was. */
  readonly stalledMs: number;
};

/** Writes a stream to its reader until it ends, the reader goes or reads no more, or `signal` aborts. */
export const sendStream = async (
  raw: ServerResponse,
  { headers, run }: Streaming,
  { signal, stalledMs }: Options,
): Promise<void> => {
  raw.writeHead(200, { ...headers, 'x-accel-buffering': 'no' });
  raw.flushHeaders();
  const isGone = (): boolean => raw.destroyed || raw.writableEnded;
  /** Whether it has read what was held for it. */
  const drained = (): Promise<boolean> =>
    new Promise((resolve) => {
      const end = (isThere: boolean) => (): void => {
        clearTimeout(timer);
        raw.off('drain', onDrain);
        raw.off('close', onClose);
        resolve(isThere);
      };
      const [onDrain, onClose] = [end(true), end(false)];
      const timer = setTimeout(() => {
        raw.destroy();
        end(false)();
      }, stalledMs);
      raw.once('drain', onDrain);
      raw.once('close', onClose);
    });
  try {
    await run({
      signal,
      write: (text) => {
        if (isGone()) return false;
        raw.write(text);
        if (raw.writableLength > MOST_HELD) raw.destroy();
        return !isGone() && raw.writableLength <= MOST_BEHIND;
      },
      ready: async () => {
        if (isGone()) return false;
        return raw.writableLength <= MOST_BEHIND || drained();
      },
    });
  } finally {
    raw.end();
  }
};
