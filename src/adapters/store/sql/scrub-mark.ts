import { randomBytes } from 'node:crypto';

/** Where `meta` says that the files still hold what was erased. */
export const SCRUB = 'scrub';

/** rewrite: the pages may hold it. empty: only the write-ahead log may. */
export type ScrubStage = 'rewrite' | 'empty';

/** Two marks are never the same, so that no process takes away the mark of a later erasure with that of an earlier one. */
export const scrubMark = (stage: ScrubStage): string => `${stage} ${randomBytes(8).toString('hex')}`;

export const stageOf = (mark: string): ScrubStage => (mark.startsWith('empty ') ? 'empty' : 'rewrite');
