import type { LookUp } from '../../peers/outcome.ts';
import { assertNever } from '../../values/assert-never.ts';

/** What a peer says now of the very thing that its list showed. unsupported: it cannot look up by key. */
export type LookedUp<T> = T | 'gone' | 'unsupported' | 'unclear';

/** `isIt`: whether what the key brings to light is that very thing, and still live. */
export const lookedUp = <T>(lookUp: LookUp<T>, isIt: (found: T) => boolean): LookedUp<T> => {
  switch (lookUp.kind) {
    case 'found':
    case 'terminated':
      return isIt(lookUp.value) ? lookUp.value : 'gone';
    case 'ambiguous':
      return lookUp.matches.find(isIt) ?? 'gone';
    case 'absent':
      return 'gone';
    case 'unsupported':
      return 'unsupported';
    case 'misconfigured':
    case 'unknown':
      return 'unclear';
    default:
      return assertNever(lookUp);
  }
};
