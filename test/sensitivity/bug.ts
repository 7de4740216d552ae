import { readFileSync } from 'node:fs';

/** A bug to sow, by one exact replacement in one source file. `suites` are the tests that look for it. */
export type Bug = {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly suites: readonly string[];
  /** The suites start the program: it is built, and loaded, with the bug in it. */
  readonly built?: true;
};

export const BUGS: readonly Bug[] = JSON.parse(readFileSync(new URL('bugs.json', import.meta.url), 'utf8'));
