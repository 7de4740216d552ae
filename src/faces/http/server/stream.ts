import type { ServerResponse } from 'node:http';
import type { Answer } from '../route.ts';

/** A reader that is so many bytes behind is cut: it comes again and goes on from where it was. */
const MOST_BEHIND = 64 * 1_024;

type Streaming = Extract<Answer, { readonly kind: 'stream' }>;

/** Writes a stream to its reader until it ends, the reader goes or is too far behind, or `signal` aborts. */
export const sendStream = async (
  raw: ServerResponse,
  { headers, run }: Streaming,
  signal: AbortSignal,
): Promise<void> => {
  raw.writeHead(200, { ...headers, 'x-accel-buffering': 'no' });
  raw.flushHeaders();
  try {
    await run({
      signal,
      write: (text) => {
        if (raw.destroyed || raw.writableEnded) return false;
        raw.write(text);
        if (raw.writableLength <= MOST_BEHIND) return true;
        raw.destroy();
        return false;
      },
    });
  } finally {
    raw.end();
  }
};
