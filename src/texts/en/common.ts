import type { Relative } from '../../core/time/relative.ts';

const UNITS = { second: 's', minute: 'min', hour: 'h', day: 'd' } as const;

export const common = {
  error: 'error',
  why: 'why',
  next: 'next',
  warning: 'warning',
  note: 'note',
  none: 'none',
  yes: 'yes',
  no: 'no',
  empty: 'nothing found',
  noIds: 'no ids on stdin: nothing to do',
  simulated: 'simulated',
  dryRun: 'dry run: nothing was changed',
  declined: 'nothing was changed',
  interrupted: 'interrupted; what was acknowledged is kept',
  stopping: 'stopping; press Ctrl-C again to stop at once',
  bug: 'this is a bug in oss',
  bugNext: 'run the command again with --debug and report what it prints',
  kept: 'the change is made and kept; only what follows could not be done or shown',
  keptNext: '$oss status shows it; the worker goes on with it',
  diskFull: (cause: string): string => `the output cannot be written: ${cause}`,
  more: (shown: number): string => `${shown} shown, there are more: add --all, or --limit N`,
  retryIn: (ms: number): string => `try again in ${Math.max(1, Math.ceil(ms / 1000))} s`,
  relative: ({ unit, n }: Relative): string => {
    if (n === 0) return 'now';
    return n > 0 ? `in ${n} ${UNITS[unit]}` : `${-n} ${UNITS[unit]} ago`;
  },
  someFailed: (failed: number, all: number): string => `${failed} of ${all} failed`,
  resultStatus: { done: 'done', already: 'already so', held: 'held', failed: 'failed' },
  columns: {
    order: 'ORDER',
    status: 'STATUS',
    code: 'CODE',
    message: 'MESSAGE',
    key: 'KEY',
    value: 'VALUE',
    origin: 'FROM',
    meaning: 'MEANING',
  },
};
