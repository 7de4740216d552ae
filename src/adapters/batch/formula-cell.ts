import { FORMULA_SIGNS } from '../../core/values/formula.ts';

/** A spreadsheet runs a cell that begins so; one quote in front makes it text, as many as there are more of them. */
const RUNS = new RegExp(`^'*[${FORMULA_SIGNS}]`);
const QUOTED = new RegExp(`^'+[${FORMULA_SIGNS}]`);

/** A cell that no spreadsheet runs. */
export const neutralCell = (text: string): string => (RUNS.test(text) ? `'${text}` : text);

/** The cell that `neutralCell` was given: rows that failed are run again as they were. */
export const restoredCell = (text: string): string => (QUOTED.test(text) ? text.slice(1) : text);
