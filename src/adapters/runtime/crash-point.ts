import { appendFileSync } from 'node:fs';
import type { CrashPoint } from '../../core/app/deps.ts';

export type CrashPointOptions = {
  readonly die?: () => void;
  /** A file to which the name of every place that is passed is added, a line each (OSS_CRASH_TRACE). */
  readonly trace?: string | undefined;
};

/** SIGKILL runs no handler and flushes nothing, as a real crash. */
const kill = (): void => {
  process.kill(process.pid, 'SIGKILL');
};

/**
 * Named places in the code at which a test lets the process die as if the power had gone; `core/crash-points.ts` lists
 * them. OSS_CRASH_POINT arms one: `name` kills at its first hit, `name:3` at the third. Without the variables a crash
 * point costs one call of an empty function.
 */
export const crashPoint = (
  armed: string | undefined,
  { die = kill, trace }: CrashPointOptions = {},
): CrashPoint => {
  if (!isCrashArmed(armed, trace)) return () => {};
  const [, name, nth] = /^(.*?)(?::([1-9][0-9]*))?$/.exec(armed ?? '') ?? [];
  let left = nth === undefined ? 1 : Number(nth);
  return (hit) => {
    if (trace !== undefined && trace !== '') appendFileSync(trace, `${hit}\n`);
    if (hit !== name) return;
    left -= 1;
    if (left === 0) die();
  };
};

export const isCrashArmed = (armed: string | undefined, trace: string | undefined): boolean =>
  (armed ?? '') !== '' || (trace ?? '') !== '';
