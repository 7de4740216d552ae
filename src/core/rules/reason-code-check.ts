import { nearest } from '../values/nearest.ts';
import {
  CANCEL_CODES,
  type CancelCode,
  isCancelCode,
  isReturnCode,
  isRevisitCode,
  RETURN_CODES,
  REVISIT_CODES,
  type ReturnCode,
  type RevisitCode,
} from './reason-codes.ts';
import { Refusal } from './refusal.ts';

/** The command whose reason a code is. */
type Column = 'field return' | 'field revisit' | 'order cancel';

const CODES: Readonly<Record<Column, readonly string[]>> = {
  'field return': Object.keys(RETURN_CODES),
  'field revisit': Object.keys(REVISIT_CODES),
  'order cancel': Object.keys(CANCEL_CODES),
};

/** In this order a code of several columns is sent to the other command: the field's commands first. */
const COLUMNS: readonly Column[] = ['field revisit', 'field return', 'order cancel'];

/** `no-access` and `No Access` are NO_ACCESS. */
const normalise = (code: string): string =>
  code
    .trim()
    .toUpperCase()
    .replace(/[\s_-]+/g, '_');

const refuse = (code: string, column: Column): Refusal => {
  const other = COLUMNS.find((name) => name !== column && CODES[name].includes(code));
  if (other !== undefined) return new Refusal('WRONG_COLUMN', { code, command: column, instead: other });
  const codes = CODES[column];
  return new Refusal('UNKNOWN_CODE', { code, codes, suggestion: nearest(code, codes) });
};

const wantText = (code: string, required: boolean, text: string | undefined): void => {
  if (required && (text === undefined || text.trim() === '')) throw new Refusal('TEXT_REQUIRED', { code });
};

/**
 * The return code of `field return`, whatever its case. Throws Refusal UNKNOWN_CODE (with the nearest one), WRONG_COLUMN
 * (with the command that takes it) or TEXT_REQUIRED.
 */
export const checkReturnCode = (code: string, text?: string): ReturnCode => {
  const given = normalise(code);
  if (!isReturnCode(given)) throw refuse(given, 'field return');
  wantText(given, 'textRequired' in RETURN_CODES[given], text);
  return given;
};

/** The revisit code of `field revisit`; refuses as `checkReturnCode` does. No revisit code requires a text. */
export const checkRevisitCode = (code: string): RevisitCode => {
  const given = normalise(code);
  if (!isRevisitCode(given)) throw refuse(given, 'field revisit');
  return given;
};

/** The code of `order cancel`; refuses as `checkReturnCode` does. */
export const checkCancelCode = (code: string, text?: string): CancelCode => {
  const given = normalise(code);
  if (!isCancelCode(given)) throw refuse(given, 'order cancel');
  wantText(given, 'textRequired' in CANCEL_CODES[given], text);
  return given;
};
