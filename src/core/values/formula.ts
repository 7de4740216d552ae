/** How a text begins that a spreadsheet may run as a formula; it takes the full-width signs for the others. */
export const FORMULA_SIGNS = '=+\\-@\\t\\r＝＋－＠';
