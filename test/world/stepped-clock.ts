import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOUR_MS, SECOND_MS } from '../../src/core/time/units.ts';
import { type Come, comeTo, type House, LINE_MS, newHouse, traceOf, tracing } from '../crash/house.ts';
import { DRAIN_MS, DRAINED, type Life, type Line } from '../crash/lives.ts';
import { buildPreload, NO_PRELOAD } from './preload.ts';

/** How a clock steps. `sleep`: the machine sleeps so long, and all clocks but the monotonic one have gone on. */
export type ClockStep = { readonly name: string; readonly byMs: number; readonly as: 'set' | 'sleep' };

/** A step that ends a bound early, one that ends a lease, a clock that is hours off; and a laptop that is closed. */
export const CLOCK_STEPS: readonly ClockStep[] = [
  { name: 'nine hours back', byMs: -9 * HOUR_MS, as: 'set' },
  { name: 'a minute back', byMs: -61 * SECOND_MS, as: 'set' },
  { name: 'six seconds on', byMs: 6 * SECOND_MS, as: 'set' },
  { name: 'a minute on', byMs: 61 * SECOND_MS, as: 'set' },
  { name: 'nine hours on', byMs: 9 * HOUR_MS, as: 'set' },
  { name: 'to 1970, as of a machine without a battery', byMs: -Date.now(), as: 'set' },
  { name: 'asleep for a minute', byMs: 61 * SECOND_MS, as: 'sleep' },
  { name: 'asleep for an hour', byMs: HOUR_MS, as: 'sleep' },
];

/** One place of a life: the nth that a line of it passes, and what the house was before that line. */
export type Place = { readonly index: number; readonly nth: number; readonly before: House };

export type SteppedClock = {
  /** Lives it undisturbed, and lists its places. */
  readonly placesOf: (life: Life) => Promise<readonly Place[]>;
  /** Lives it on from a place at which the clock steps, in that process alone; what is wrong with how that ends. */
  readonly faultsOf: (life: Life, place: Place, step: ClockStep) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

/** How long a technician is kept for a customer who has not agreed yet, unless a setting says otherwise. */
const HOLD_MS = 2 * HOUR_MS;
/** Nothing of these houses takes longer, but for what a clock that was ahead put off. */
const quick = ({ argv, ...line }: Line): Line => ({
  ...line,
  argv: argv.map((arg) => (arg === '180s' ? '20s' : arg)),
});

/** The real program under a clock that can be made to step. `reason` says why not. */
export const steppedClock = (): SteppedClock | { readonly reason: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-stepped-'));
  const library = buildPreload('step-clock', folder);
  if (library === null) {
    rmSync(folder, { recursive: true });
    return { reason: NO_PRELOAD };
  }
  const kept: House[] = [];
  return {
    placesOf: async ({ lines }) => {
      const house = await newHouse();
      kept.push(house);
      const places: Place[] = [];
      for (const [index, line] of lines.entries()) {
        const before = await house.copy();
        kept.push(before);
        await house.play(line, index, { env: tracing(house) });
        places.push(...traceOf(house).map((_, at) => ({ index, nth: at + 1, before })));
      }
      return places;
    },
    faultsOf: async ({ lines, ends }, { index, nth, before }, { byMs, as }) => {
      const house = await before.copy();
      const trace = join(house.folder, 'trace');
      const stepping = {
        OSS_CRASH_TRACE: trace,
        LD_PRELOAD: library,
        STEP_CLOCK_FILE: trace,
        STEP_CLOCK_NTH: String(nth),
        STEP_CLOCK_MS: String(byMs),
        STEP_CLOCK_AS: as,
      };
      // After a sleep it is so much later for everybody; a clock that was set is put right before the next command.
      const laterMs = as === 'sleep' ? byMs : 0;
      const stageOf = ({ orders: [order] }: Come) =>
        order !== undefined && 'stage' in order ? order.stage : null;
      const faults: string[] = [];
      let come: Come | null = null;
      let isLapsed = false;
      for (const [at, line] of lines.entries()) {
        if (at < index) continue;
        const isStruck = at === index;
        const { code, stderr } = await house.play(
          quick(line),
          at,
          isStruck ? { env: stepping } : { laterMs },
        );
        // Left to the worker is no failure.
        if (code !== 0 && code !== 8) faults.push(`${line.argv.slice(0, 2).join(' ')}: ${code} ${stderr}`);
        // What it left is worked on under a clock that is right, and so is what the last line left.
        const isLast = at === lines.length - 1;
        if (!isStruck && !isLast) continue;
        // The desk of this house has the clock of the process: a call that it began ahead of time ends ahead of time too.
        const endsMs = laterMs + (isLast && as === 'set' ? Math.max(0, byMs) : 0);
        await house.play(quick(DRAINED), at, { laterMs: endsMs + DRAIN_MS });
        come = await comeTo(house, at + endsMs / LINE_MS);
        // What a clock that was ahead let lapse is planned anew: no later line finds its visit.
        isLapsed = isStruck && byMs > HOLD_MS && stageOf(come) === 'tm-queue';
        if (isLapsed) break;
      }
      if (come === null || come.orders.length !== 1 || (!isLapsed && stageOf(come) !== ends))
        faults.push(`ends as ${JSON.stringify(come?.orders)}`);
      await house.remove();
      return [...faults, ...(come?.broken ?? [])];
    },
    close: async () => {
      for (const house of kept) await house.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
