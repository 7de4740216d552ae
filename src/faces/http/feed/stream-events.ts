import { cloudEvent, type FeedAsked } from '../../../core/app/orders/feed.ts';
import { cursorText } from '../../../core/ports/cursor.ts';
import type { FeedEvent } from '../../../core/ports/store.ts';
import type { Answer, Call } from '../route.ts';

/** So often a quiet stream says that it lives, and looks whether its token still does, ms. */
const BEAT_MS = 15_000;
/** After this a reader that was cut comes again, ms. */
const RETRY_MS = 2_000;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
};

/** The feed as Server-Sent Events, until the reader goes, the token ends, or the server does. */
export const streamEvents = ({ house, isStillKnown }: Call, { after, types }: FeedAsked): Answer => ({
  kind: 'stream',
  headers: HEADERS,
  run: async ({ write, ready, signal }) => {
    const over = new AbortController();
    const beat = setInterval(() => {
      write(': beat\n\n');
      void isStillKnown().then((isKnown) => {
        if (!isKnown) over.abort();
      });
    }, BEAT_MS);
    write(`retry: ${RETRY_MS}\n\n`);
    const tell = (event: FeedEvent): boolean => {
      const told = cloudEvent(event, house.feed.source);
      return write(`id: ${cursorText(event.cursor)}\nevent: ${told.type}\ndata: ${JSON.stringify(told)}\n\n`);
    };
    try {
      const until = AbortSignal.any([signal, over.signal]);
      await house.feed.listen({ after, types }, { tell, ready }, until);
    } finally {
      clearInterval(beat);
      write('event: end\ndata: {}\n\n');
    }
  },
});
