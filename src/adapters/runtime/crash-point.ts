import type { CrashPoint } from '../../core/app/deps.ts';

/**
 * Named places in the code at which a test lets the process die as if the power had gone. OSS_CRASH_POINT arms one:
 * `name` kills at its first hit, `name:3` at the third. SIGKILL runs no handler and flushes nothing, as a real crash.
 * Without the variable a crash point costs one call of an empty function.
 */
export const crashPoint = (
  armed: string | undefined,
  die: () => void = () => process.kill(process.pid, 'SIGKILL'),
): CrashPoint => {
  if (armed === undefined || armed === '') return () => {};
  const [, name, nth] = /^(.*?)(?::([1-9][0-9]*))?$/.exec(armed) ?? [];
  let left = nth === undefined ? 1 : Number(nth);
  return (hit) => {
    if (hit !== name) return;
    left -= 1;
    if (left === 0) die();
  };
};
