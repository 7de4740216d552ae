/** The lines of one order, how many of each kind. */
export type Lines = { readonly internet: number; readonly tv: number };

/**
 * Lines as everything outside this program has them: events of schema 1, the read model's rows, JSON and CSV. The only place
 * where the two names stand, but for the columns that a command lists.
 */
export type FlatLines = { readonly internetCount: number; readonly tvCount: number };

export const flatLines = ({ internet, tv }: Lines): FlatLines => ({ internetCount: internet, tvCount: tv });

export const linesOf = ({ internetCount, tvCount }: FlatLines): Lines => ({
  internet: internetCount,
  tv: tvCount,
});

/** The flat lines of something that has more. */
export const onlyLines = ({ internetCount, tvCount }: FlatLines): FlatLines => ({ internetCount, tvCount });

export const areSameLines = (one: Lines, other: Lines): boolean =>
  one.internet === other.internet && one.tv === other.tv;

/** The names of the flat lines, as columns. */
export const LINE_COLUMNS = ['internetCount', 'tvCount'] as const satisfies readonly (keyof FlatLines)[];
