import type { Coded } from './coded.ts';

/**
 * Why a worker works on that many orders at once. growing: the last raise brought more steps a second, so another is
 * tried. flat: it did not, and was taken back. slow: steps take much longer than they can, and no more get done. errors:
 * too many fail. idle: there is not enough to do for more. steady: between two trials.
 */
const PACE_WHYS = ['begin', 'growing', 'flat', 'slow', 'errors', 'idle', 'steady'] as const;
export type PaceWhy = (typeof PACE_WHYS)[number];

/** Whole numbers. `jobs`: orders at once. `rate`: steps a second. `stepMs`: mean time of a step; 0: none was settled yet. */
export type PaceFigures = { readonly jobs: number; readonly rate: number; readonly stepMs: number };

/** The last decision of a worker that chooses by itself how many orders it works on. */
export type PaceNoteValues = { readonly [W in PaceWhy]: PaceFigures } & {
  /** What an older program wrote in words. */
  readonly AS_WRITTEN: { readonly text: string };
};

export type PaceNote = Coded<PaceNoteValues>;

const isNote = (value: unknown): value is PaceNote => {
  if (typeof value !== 'object' || value === null) return false;
  const isWhole = (name: keyof PaceFigures): boolean => Number.isSafeInteger(Reflect.get(value, name));
  return (
    PACE_WHYS.some((why) => why === Reflect.get(value, 'code')) &&
    isWhole('jobs') &&
    isWhole('rate') &&
    isWhole('stepMs')
  );
};

/** As a column keeps it; '': the number is fixed. */
export const noteToText = (note: PaceNote | null): string => (note === null ? '' : JSON.stringify(note));

/** Reads that column; words that an older program wrote there stay readable. */
export const noteOfText = (text: string): PaceNote | null => {
  if (text === '') return null;
  try {
    const value: unknown = JSON.parse(text);
    if (isNote(value)) return value;
  } catch {
    // Words.
  }
  return { code: 'AS_WRITTEN', text };
};
