import { withoutInvisible } from '../../core/values/invisible.ts';
import type { Delimiter } from './delimiter.ts';

/** `sep=;` as the first line: Excel's own way to say the delimiter. null: it is a line as any other. */
export const saidDelimiter = (line: string): Delimiter | null => {
  const [, said] = /^ *"?sep=([,;\t])"? *$/i.exec(line) ?? [];
  return said === ',' || said === ';' || said === '\t' ? said : null;
};

/** The name of a column without its invisible signs. */
export const columnName = (cell: string): string => withoutInvisible(cell).trim().normalize('NFC');

/** `="0101"`, which keeps the zero in a spreadsheet, is the text 0101; a formula that computes stays what it is. */
export const plainCell = (cell: string): string =>
  cell.startsWith('="') ? (/^="([^"]*)"$/.exec(cell)?.[1] ?? cell) : cell;

/**
 * Leaves out the sign of `="0101"` where it is a whole cell, which is then a quoted one as any other; the parser would
 * take the quote for one in the middle of a cell. Piece by piece: what may go on in the next one is kept for it.
 */
export const unquoteFormulas = (delimiter: Delimiter): ((piece: string, last: boolean) => string) => {
  let isQuoted = false;
  let atCellStart = true;
  let held = '';
  return (piece, last) => {
    const all = held + piece;
    // A sign at the end may stand before a quote.
    held = !last && all.endsWith('=') ? '=' : '';
    const text = held === '' ? all : all.slice(0, -1);
    let plain = '';
    let from = 0;
    for (let quote = text.indexOf('"'); quote >= 0; quote = text.indexOf('"', quote + 1)) {
      const sign = quote - 1;
      const before = sign > 0 ? text[sign - 1] : undefined;
      const beginsCell = before === undefined ? atCellStart : before === delimiter || before === '\n';
      if (!isQuoted && sign >= 0 && text[sign] === '=' && beginsCell) {
        plain += text.slice(from, sign);
        from = quote;
      }
      isQuoted = !isQuoted;
    }
    if (text !== '') atCellStart = text.endsWith(delimiter) || text.endsWith('\n');
    return from === 0 ? text : plain + text.slice(from);
  };
};
