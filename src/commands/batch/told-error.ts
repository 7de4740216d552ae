/** What is wrong in a file, in words: as it is shown, `file:line: field: reason`, and as a code. Line 0 is the file as a whole. */
export type ToldError = {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
  readonly code: string;
};
