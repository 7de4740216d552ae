import Table from 'cli-table3';
import { type Cell, type Column, cellText, cellTone } from './blocks.ts';
import type { Paint } from './colour.ts';
import { safeText } from './safe-text.ts';
import { displayWidth, padEnd, wrap } from './width.ts';

/** Under this many columns a table is one record a block. */
export const BLOCKS_UNDER = 60;
const GAP = 2;
const NARROWEST = 8;

type Row = readonly Cell[];
type Laid = { readonly indexes: readonly number[]; readonly widths: readonly number[] };

/** Lines of a table that fits `width`: columns are dropped by priority, what is left is wrapped. */
export const renderTable = (
  columns: readonly Column[],
  rows: readonly Row[],
  options: { readonly width: number; readonly paint: Paint },
): readonly string[] => {
  const { width, paint } = options;
  if (width < BLOCKS_UNDER) return renderBlocks(columns, rows, options);
  const { indexes, widths } = layOut(columns, rows, width);
  const table = new Table({
    chars: NO_LINES,
    // Any entry here makes cli-table3 print colours into pipes.
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: indexes.map((i) => columns[i]?.align ?? 'left'),
  });
  const wrapped = (cell: Cell, i: number): string =>
    wrap(safeText(cellText(cell)), widths[i] ?? NARROWEST)
      .map((line) => paint(cellTone(cell), line))
      .join('\n');
  table.push(
    indexes.map((column, i) => wrapped({ text: columns[column]?.title ?? '', tone: 'strong' }, i)),
    ...rows.map((row) => indexes.map((column, i) => wrapped(row[column] ?? '', i))),
  );
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
};

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(GAP),
};

const widest = (cell: Cell): number =>
  Math.max(
    0,
    ...safeText(cellText(cell))
      .split('\n')
      .map((line) => displayWidth(line)),
  );

const layOut = (columns: readonly Column[], rows: readonly Row[], width: number): Laid => {
  const natural = columns.map((column, i) =>
    Math.min(
      column.max ?? Number.POSITIVE_INFINITY,
      rows.reduce((most, row) => Math.max(most, widest(row[i] ?? '')), displayWidth(column.title)),
    ),
  );
  let indexes = columns.map((_, i) => i);
  const sum = (): number => indexes.reduce((total, i) => total + (natural[i] ?? 0) + GAP, -GAP);
  while (sum() > width) {
    const victim = leastImportant(columns, indexes);
    if (victim === undefined) break;
    indexes = indexes.filter((i) => i !== victim);
  }
  return {
    indexes,
    widths: shrink(
      indexes.map((i) => natural[i] ?? 0),
      width,
    ),
  };
};

const leastImportant = (columns: readonly Column[], indexes: readonly number[]): number | undefined =>
  indexes.reduce<number | undefined>((worst, i) => {
    const drop = columns[i]?.drop ?? 0;
    return drop > 0 && drop >= (worst === undefined ? 1 : (columns[worst]?.drop ?? 0)) ? i : worst;
  }, undefined);

/** Takes a column at a time from the widest until the rest fits: only columns that may not be dropped are left. */
const shrink = (natural: readonly number[], width: number): readonly number[] => {
  const widths = [...natural];
  let over = widths.reduce((total, w) => total + w + GAP, -GAP) - width;
  while (over > 0) {
    const most = Math.max(...widths);
    if (most <= NARROWEST) break;
    widths[widths.indexOf(most)] = most - 1;
    over -= 1;
  }
  return widths;
};

const renderBlocks = (
  columns: readonly Column[],
  rows: readonly Row[],
  { width, paint }: { readonly width: number; readonly paint: Paint },
): readonly string[] => {
  const label = Math.min(
    Math.max(0, ...columns.map((column) => displayWidth(column.title))),
    Math.floor(width / 3),
  );
  return rows.flatMap((row, n) => [
    ...(n === 0 ? [] : ['']),
    ...columns.flatMap((column, i) => labelled(column.title, row[i] ?? '', { label, width, paint })),
  ]);
};

/** `label  value`, the value wrapped and indented under itself. */
export const labelled = (
  title: string,
  cell: Cell,
  { label, width, paint }: { readonly label: number; readonly width: number; readonly paint: Paint },
): readonly string[] => {
  const value = safeText(cellText(cell));
  if (value === '') return [];
  const heads = wrap(title, label);
  const lines = wrap(value, Math.max(NARROWEST, width - label - GAP));
  const count = Math.max(heads.length, lines.length);
  return Array.from({ length: count }, (_, i) => {
    const head = paint('dim', padEnd(heads[i] ?? '', label));
    const line = lines[i] ?? '';
    return line === '' ? head.trimEnd() : `${head}${' '.repeat(GAP)}${paint(cellTone(cell), line)}`;
  });
};
