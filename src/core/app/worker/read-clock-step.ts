import type { Clock } from '../../ports/runtime.ts';
import type { Store } from '../../ports/store.ts';
import { ms } from '../../time/iso.ts';

/** So far back from the end of the log intents are looked at. */
const LATEST_EVENTS = 1_000;
/** What a system corrects by itself, in small steps, comes to less. */
const STEP_TOLERANCE_MS = 10_000;

type ReadClockStepDeps = {
  readonly store: Pick<Store, 'read'>;
  readonly clock: Pick<Clock, 'now' | 'uptime' | 'boot'>;
};

/** `byMs`: forward when positive; `since`: the intent that was written before it (UTC ISO). */
export type ClockStep = { readonly byMs: number; readonly since: string };

/**
 * By how much the wall clock was moved since the earliest of the latest intents of this boot: each carries the time since
 * the boot, which no step moves. null: it was not moved, or there is nothing to compare with.
 */
export const readClockStep = ({ store, clock }: ReadClockStepDeps): Promise<ClockStep | null> =>
  store.read(async ({ events }) => {
    const latest = await events.page({
      after: await events.beforeLast(LATEST_EVENTS),
      limit: LATEST_EVENTS,
      types: ['ServiceRequested', 'CallRequested'],
      onUnreadable: () => {},
    });
    for (const { at, data } of latest) {
      if (!('uptimeMs' in data) || data.uptimeMs === undefined || data.boot !== clock.boot) continue;
      const byMs = clock.now() - clock.uptime() - (ms(at) - data.uptimeMs);
      if (Math.abs(byMs) > STEP_TOLERANCE_MS) return { byMs, since: at };
    }
    return null;
  });
