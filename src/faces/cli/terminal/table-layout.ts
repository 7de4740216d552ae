import { type Cell, type Column, cellText } from './blocks.ts';
import { safeText } from './safe-text.ts';
import type { Widths } from './width.ts';

/** Columns between two columns. */
export const GAP = 2;
const NARROWEST = 8;

/** Which columns are shown, by index, and how wide. */
export type TableLayout = { readonly shown: readonly number[]; readonly columns: readonly number[] };

/** Drops the least important columns until the rest fits, then narrows the widest of what may not be dropped. */
export const layOut = (
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  { width, widths }: { readonly width: number; readonly widths: Widths },
): TableLayout => {
  const widest = (cell: Cell): number =>
    safeText(cellText(cell))
      .split('\n')
      .reduce((most, line) => Math.max(most, widths.width(line)), 0);
  const natural = columns.map((column, i) =>
    Math.min(
      column.max ?? Number.POSITIVE_INFINITY,
      rows.reduce((most, row) => Math.max(most, widest(row[i] ?? '')), widths.width(column.title)),
    ),
  );
  // A column that may be dropped and says nothing in any row only takes room.
  const isEmpty = (column: Column, i: number): boolean =>
    column.drop > 0 && rows.every((row) => cellText(row[i] ?? '') === '');
  let shown = columns.flatMap((column, i) => (isEmpty(column, i) ? [] : [i]));
  while (total(shown.map((i) => natural[i] ?? 0)) > width) {
    const victim = leastImportant(columns, shown);
    if (victim === undefined) break;
    shown = shown.filter((i) => i !== victim);
  }
  return {
    shown,
    columns: narrow(
      shown.map((i) => natural[i] ?? 0),
      width,
    ),
  };
};

const total = (columns: readonly number[]): number => columns.reduce((sum, one) => sum + one + GAP, -GAP);

const leastImportant = (columns: readonly Column[], shown: readonly number[]): number | undefined =>
  shown.reduce<number | undefined>((worst, i) => {
    const drop = columns[i]?.drop ?? 0;
    return drop > 0 && drop >= (worst === undefined ? 1 : (columns[worst]?.drop ?? 0)) ? i : worst;
  }, undefined);

const narrow = (natural: readonly number[], width: number): readonly number[] => {
  const columns = [...natural];
  for (let over = total(columns) - width; over > 0; over -= 1) {
    const most = Math.max(...columns);
    if (most <= NARROWEST) break;
    columns[columns.indexOf(most)] = most - 1;
  }
  return columns;
};
