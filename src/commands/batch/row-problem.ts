import { isRefusal, type Refusal } from '../../core/rules/refusal.ts';
import type { Texts } from '../../texts/catalogue.ts';
import { wordingOf } from '../framework/run/failure.ts';

/** What is wrong with one row: a column's name ('' for the row as a whole) and why, without the value itself. */
export type RowProblem = {
  readonly field: string;
  readonly reason: string;
  /** It is the header's fault: of a file with a header it is told once. */
  readonly ofHeader?: true;
};

/** Ends the check of a row. */
export class BadRow extends Error {
  override readonly name = 'BadRow';
  readonly problem: RowProblem;

  constructor(problem: RowProblem) {
    super(problem.reason);
    this.problem = problem;
  }
}

/** The column that a refusal is about. */
const fieldOf = (refusal: Refusal): string => {
  if (isRefusal(refusal, 'BAD_CONTACT')) return refusal.detail.field;
  switch (refusal.code) {
    case 'UNKNOWN_CODE':
    case 'WRONG_COLUMN':
      return 'code';
    case 'TEXT_REQUIRED':
      return 'note';
    case 'REASON_REQUIRED':
      return 'reason';
    case 'NO_LINES':
    case 'TOO_FEW_INTERNET':
    case 'TOO_MANY_LINES':
      return 'internet';
    default:
      return '';
  }
};

/** A refusal of what the row says by itself. */
export const problemOf = (refusal: Refusal, t: Texts): RowProblem => {
  const { what, why } = wordingOf(t, refusal);
  return { field: fieldOf(refusal), reason: why === undefined ? what : `${what} (${why})` };
};
