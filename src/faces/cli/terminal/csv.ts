import { csvQuoted } from '../../../core/values/csv-quoted.ts';
import { FORMULA_SIGNS } from '../../../core/values/formula.ts';
import { jsonText } from '../../../core/values/json-text.ts';
import { safeText } from './safe-text.ts';

/** A spreadsheet runs cells that begin with one of these; a quote in front makes them text. */
const FORMULA = new RegExp(`^[${FORMULA_SIGNS}]`);

/**
 * One CSV cell (RFC 4180): terminal escapes taken out, then formulas neutralised, quoted where needed. Objects and lists
 * are written as JSON.
 */
export const csvCell = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = safeText(typeof value === 'string' ? value : jsonText(value));
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return csvQuoted(safe);
};

/** One record, ended as RFC 4180 says. */
export const csvLine = (values: readonly unknown[]): string => `${values.map(csvCell).join(',')}\r\n`;
