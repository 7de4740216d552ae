import type { Cell, Column } from './blocks.ts';
import { type Layout, labelled, labelWidth } from './labelled.ts';

/** Under this many columns a table is one record a block. */
export const RECORDS_UNDER = 60;

/** Every row as `column  value` lines, with an empty line between rows. */
export const renderRecords = (
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  layout: Layout,
): readonly string[] => {
  const label = labelWidth(
    columns.map((column) => column.title),
    layout,
  );
  return rows.flatMap((row, n) => [
    ...(n === 0 ? [] : ['']),
    ...columns.flatMap((column, i) => labelled(column.title, row[i] ?? '', label, layout)),
  ]);
};
