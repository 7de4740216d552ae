import type { Wording } from '../../../texts/wording.ts';

/** What went wrong and why, where there is one line for it: in a row of a table, in the message of JSON. */
export const oneLine = (wordings: readonly Wording[]): string =>
  wordings.map(({ what, why }) => (why === undefined ? what : `${what} (${why})`)).join('; ');
