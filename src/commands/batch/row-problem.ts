import type { BadRow, RowFaultValues } from '../../core/app/batch/ops/bad-row.ts';
import { isRefusal, Refusal } from '../../core/rules/refusal.ts';
import type { Texts } from '../../texts/catalogue.ts';
import { type CodedWords, inWords } from '../../texts/coded.ts';
import { oneLine } from '../framework/print/one-line.ts';
import { wordingOf } from '../framework/run/failure.ts';

/** What is wrong with one row: a column's name ('' for the row as a whole) and why, without the value itself. */
export type RowProblem = {
  readonly field: string;
  readonly reason: string;
  /** The same for scripts. */
  readonly code: string;
  /** It is the header's fault: a file with a header has it once. */
  readonly ofHeader?: true;
};

/** What a row says wrong, in words. */
export const problemOfFault = ({ field, fault }: BadRow, t: Texts): RowProblem => {
  const { problem } = t.batch;
  const words: CodedWords<RowFaultValues> = {
    MISSING: () => problem.missing,
    SEVERAL_AREAS: ({ areas }) => problem.severalAreas(areas),
    NOTHING_TO_CHANGE: () => problem.nothingToChange,
    AGREED_OR_NO_CALL: () => t.schedule.agreedOrNoCall,
    REASON_MISSING: () => reasonOf(new Refusal('REASON_REQUIRED', { flag: '--force' }), t),
    REASON_WITHOUT_FORCE: () => t.schedule.reasonWithoutForce,
    SERIAL: () => problem.serial,
    STB_SERIAL: () => problem.stbSerial,
    STB_TWICE: () => problem.stbTwice,
    RX_RANGE: ({ isMinusMissing }) => problem.rxRange(isMinusMissing),
  };
  return { field, reason: inWords(words, fault), code: fault.code };
};

/** The column that a refusal is about. */
const fieldOf = (refusal: Refusal): string => {
  if (isRefusal(refusal, 'BAD_CONTACT')) return refusal.detail.field;
  switch (refusal.code) {
    case 'UNKNOWN_CODE':
    case 'WRONG_COLUMN':
      return 'code';
    case 'SEVERAL_TECHNICIANS':
      return 'technician';
    case 'TEXT_REQUIRED':
      return 'note';
    case 'NO_LINES':
    case 'TOO_FEW_INTERNET':
    case 'TOO_MANY_LINES':
      return 'internet';
    default:
      return '';
  }
};

/** What a row is refused with, and why, on one line. */
export const reasonOf = (refusal: Refusal, t: Texts): string => oneLine([wordingOf(t, refusal)]);

/** A refusal of what the row says by itself. */
export const problemOf = (refusal: Refusal, t: Texts): RowProblem => ({
  field: fieldOf(refusal),
  reason: reasonOf(refusal, t),
  code: refusal.code,
});
