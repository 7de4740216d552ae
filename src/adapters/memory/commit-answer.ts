/**
 * What becomes of a COMMIT: it answers, or its connection is lost meanwhile. `isDone`: it was kept all the same.
 * `isKnown`: the store finds out which.
 */
export type CommitAnswer =
  | { readonly kind: 'answered' }
  | { readonly kind: 'lost'; readonly isDone: boolean; readonly isKnown: boolean };

export const ANSWERED: CommitAnswer = { kind: 'answered' };

/** How an attempt ends. again: it came to nothing, and the store makes another one. in-doubt: nobody can say. */
export type CommitEnd = 'kept' | 'undone' | 'again' | 'in-doubt';

export const commitEnd = (answer: CommitAnswer): CommitEnd => {
  if (answer.kind === 'answered') return 'kept';
  if (!answer.isKnown) return 'in-doubt';
  return answer.isDone ? 'kept' : 'again';
};
