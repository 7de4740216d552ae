import type { RefusalKind } from '../../../core/rules/refusals.ts';
import { assertNever } from '../../../core/values/assert-never.ts';

/** Every exit code there is, the same on a terminal and in a pipe. */
export const EXIT = {
  done: 0,
  refused: 1,
  usage: 2,
  notFound: 3,
  conflict: 4,
  denied: 5,
  declined: 6,
  someFailed: 7,
  notFinished: 8,
  badFile: 65,
  bug: 70,
  tryLater: 75,
  configuration: 78,
  hangup: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export const EXIT_MEANINGS: readonly { readonly code: number; readonly meaning: string }[] = [
  { code: EXIT.done, meaning: 'done, or already so' },
  { code: EXIT.refused, meaning: 'refused by a business rule or by a peer' },
  { code: EXIT.usage, meaning: 'usage: bad or missing flag or value' },
  { code: EXIT.notFound, meaning: 'not found' },
  {
    code: EXIT.conflict,
    meaning: 'conflict: illegal in this stage, slot taken, stale version, same key with other content',
  },
  { code: EXIT.denied, meaning: 'denied' },
  { code: EXIT.declined, meaning: 'you said no at a confirmation' },
  { code: EXIT.someFailed, meaning: 'some of many failed' },
  {
    code: EXIT.notFinished,
    meaning: 'accepted, not finished: a wait timed out, or the customer is not reached',
  },
  { code: EXIT.badFile, meaning: 'input file invalid, nothing was executed' },
  { code: EXIT.bug, meaning: 'a bug in oss' },
  {
    code: EXIT.tryLater,
    meaning: 'try again later: breaker open, peer down or misconfigured, database busy',
  },
  { code: EXIT.configuration, meaning: 'configuration, database or schema unusable' },
  { code: EXIT.hangup, meaning: 'interrupted by a hang-up; what was acknowledged is kept' },
  { code: EXIT.interrupted, meaning: 'interrupted by Ctrl-C; what was acknowledged is kept' },
  { code: EXIT.terminated, meaning: 'interrupted by SIGTERM; what was acknowledged is kept' },
];

export const exitOf = (kind: RefusalKind): number => {
  switch (kind) {
    case 'rule':
      return EXIT.refused;
    case 'usage':
      return EXIT.usage;
    case 'not-found':
      return EXIT.notFound;
    case 'conflict':
      return EXIT.conflict;
    case 'denied':
      return EXIT.denied;
    case 'unavailable':
      return EXIT.tryLater;
    case 'configuration':
      return EXIT.configuration;
    default:
      return assertNever(kind);
  }
};
