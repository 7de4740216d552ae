import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import type { Clock } from '../../core/ports/runtime.ts';
import { pause } from './waits.ts';

/** setTimeout takes 31 bits; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * The clock of this machine. With `now` (a moment, e.g. of OSS_NOW) the wall clock begins there and then runs on, and
 * `uptime` is moved as far; the monotonic one is never moved. A wait keeps the process alive, and leaves no timer behind when it is aborted.
 */
export const systemClock = (options: { readonly now?: string | null } = {}): Clock => {
  const moved = options.now ?? null;
  const offset = moved === null ? 0 : Date.parse(moved) - Date.now();
  if (Number.isNaN(offset)) throw new RangeError(`not a moment: ${moved}`);
  return {
    now: () => Date.now() + offset,
    monotonic: () => performance.now(),
    boot: BOOT,
    // `performance.now()` stands still while the machine sleeps, at least on Linux; this one goes on.
    uptime: () => sinceBoot() + offset,
    wait,
  };
};

/** The system tells it in hundredths of a second, or in seconds: what it tells may be so much behind. */
const GRAIN_MS = process.platform === 'linux' ? 20 : 2_000;

type Uptimes = {
  /** Ms since the boot, as the system tells it: in whole grains. */
  readonly coarse: () => number;
  /** Ms from anywhere on; stands still while the machine sleeps. */
  readonly monotonic: () => number;
};

/**
 * What is finer in between comes from the monotonic clock. How far the one is ahead of the other is known between bounds,
 * by each reading better: a process that is kept from running between two readings learns little by them, and its clock
 * goes neither back nor ahead for it.
 */
export const fineUptime = ({ coarse, monotonic }: Uptimes): (() => number) => {
  let ahead = coarse() - monotonic();
  return () => {
    const before = monotonic();
    const told = coarse();
    const after = monotonic();
    ahead = Math.min(Math.max(ahead, told - after), told + GRAIN_MS - before);
    return after + ahead;
  };
};

let uptimeSoFar: (() => number) | undefined;

/** Made when it is first asked for: a command that only reads need not load what measures time finely. */
const sinceBoot = (): number => {
  uptimeSoFar ??= fineUptime({ coarse: () => uptime() * 1_000, monotonic: () => performance.now() });
  return uptimeSoFar();
};

/** Linux names each boot; elsewhere no other process is known to be of this one. */
const bootId = (): string => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return randomUUID();
  }
};

const BOOT = bootId();

const wait = async (ms: number, signal?: AbortSignal): Promise<void> => {
  for (let left = ms; left > 0 && signal?.aborted !== true; left -= LONGEST_TIMER_MS) {
    await pause(Math.min(left, LONGEST_TIMER_MS), signal);
  }
};
