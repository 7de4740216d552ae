import type { AppDeps } from '../../../core/app/deps.ts';
import { type FeedAsked, feedHead, isAskedFor, readFeed } from '../../../core/app/orders/feed.ts';
import { everyChange } from '../../../core/app/overview/every-change.ts';
import { type Cursor, compareCursors } from '../../../core/ports/cursor.ts';
import type { FeedEvent } from '../../../core/ports/store.ts';

export type Listener = {
  /** false: the reader is behind, and must be ready again before it is told more. */
  readonly tell: (event: FeedEvent) => boolean;
  /** false: it will not be. */
  readonly ready: () => Promise<boolean>;
};

/** Events of one read. */
const PAGE = 500;
/** The feed is looked at so often although nothing was told, ms. */
const LOOK_MS = 30_000;

/** The feed as all streams of this process hear it: one read a change, however many listen. */
export type Broadcast = {
  /** Has `listener` hear all events behind the cursor, those that are there first, until the signal. Throws what reading throws. */
  readonly listen: (
    asked: Omit<FeedAsked, 'limit'>,
    listener: Listener,
    signal: AbortSignal,
  ) => Promise<void>;
};

type Following = { readonly failed: Promise<never>; readonly at: () => Cursor };

/** `signal` ends it. */
export const broadcast = (deps: Pick<AppDeps, 'store' | 'clock'>, signal: AbortSignal): Broadcast => {
  const live = new Set<(event: FeedEvent) => void>();
  let following: Promise<Following> | null = null;

  const follow = async (): Promise<Following> => {
    let at = await feedHead(deps);
    const looks = everyChange(deps, { timeout: undefined, redrawMs: LOOK_MS, signal });
    const run = async (): Promise<never> => {
      for await (const _ of looks) {
        for (;;) {
          const page = await readFeed(deps, { after: at, limit: PAGE, types: undefined });
          for (const event of page) {
            at = event.cursor;
            for (const tell of live) tell(event);
          }
          if (page.length < PAGE) break;
        }
      }
      throw new Error('the feed is followed no more');
    };
    const failed = run().finally(() => {
      // Whoever listens next begins to follow anew.
      following = null;
    });
    failed.catch(() => {});
    return { failed, at: () => at };
  };

  return {
    listen: async ({ after, types }, { tell, ready }, until) => {
      following ??= follow();
      const { failed, at } = await following;
      let last = after;
      /** Tells what is there already. false: the reader has gone, or does not read on. */
      const catchUp = async (): Promise<boolean> => {
        while (compareCursors(last, at()) < 0 && !until.aborted) {
          const known = at();
          const page = await readFeed(deps, { after: last, limit: PAGE, types });
          for (const event of page) {
            if (!tell(event) && !(await ready())) return false;
            last = event.cursor;
          }
          // A page that is not full has all that was there when it was asked for; what came meanwhile is read again.
          if (page.length < PAGE) last = later(last, known);
        }
        return !until.aborted;
      };
      /** Tells what comes, until the reader is behind. */
      const goOn = async (): Promise<void> => {
        const behind = new AbortController();
        const hear = (event: FeedEvent): void => {
          if (behind.signal.aborted || !isAskedFor(event, { after: last, types })) return;
          last = event.cursor;
          if (!tell(event)) behind.abort();
        };
        live.add(hear);
        try {
          await Promise.race([failed, aborted(AbortSignal.any([until, behind.signal]))]);
        } finally {
          live.delete(hear);
        }
      };
      // Between the end of catching up and going on nobody else runs.
      while (await catchUp()) {
        await goOn();
        if (until.aborted || !(await ready())) return;
      }
    },
  };
};

const later = (a: Cursor, b: Cursor): Cursor => (compareCursors(a, b) < 0 ? b : a);

const aborted = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
