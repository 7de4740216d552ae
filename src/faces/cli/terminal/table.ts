import Table from 'cli-table3';
import { type Cell, type Column, cellText, cellTone } from './blocks.ts';
import type { Layout } from './labelled.ts';
import { safeText } from './safe-text.ts';
import { GAP, layOut } from './table-layout.ts';
import type { Widths } from './width.ts';

/** Lines of a table that fits the width. Cells are wrapped before cli-table3 sees them: it loses Korean syllables. */
export const renderTable = (
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  layout: Layout,
): readonly string[] => {
  const { paint, widths } = layout;
  const { shown, columns: limits } = layOut(columns, rows, layout);
  const standIns = createStandIns(widths);
  const table = new Table({
    chars: NO_LINES,
    // Any entry here makes cli-table3 print colours into pipes.
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: shown.map((i) => columns[i]?.align ?? 'left'),
  });
  const cell = (content: Cell, limit: number): string =>
    widths
      .wrap(safeText(cellText(content)), limit)
      .map((line) => standIns.put(line, paint(cellTone(content), line)))
      .join('\n');
  table.push(
    shown.map((column, i) => cell({ text: columns[column]?.title ?? '', tone: 'strong' }, limits[i] ?? 1)),
    ...rows.map((row) => shown.map((column, i) => cell(row[column] ?? '', limits[i] ?? 1))),
  );
  return standIns
    .replace(table.toString())
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

/** Private characters, one column wide to every measure; safe texts that hold some are stood in for like the others. */
const FIRST = 0xf0000;
const LAST = 0x10fffd;
const FILL = '\u{e000}';
const PLAIN = /^[\u0020-\u007e]*$/;

type StandIns = {
  readonly put: (line: string, painted: string) => string;
  readonly replace: (text: string) => string;
};

/**
 * cli-table3 measures with an old table of widths, which miscounts newer emoji. It is given stand-ins of the right
 * width instead, one private character and fillers, which are replaced in what it has laid out.
 */
const createStandIns = (widths: Widths): StandIns => {
  const lines: string[] = [];
  return {
    put: (line, painted) => {
      const width = widths.width(line);
      if ((PLAIN.test(line) && painted === line) || width === 0 || lines.length > LAST - FIRST)
        return painted;
      lines.push(painted);
      return String.fromCodePoint(FIRST + lines.length - 1) + FILL.repeat(width - 1);
    },
    replace: (text) =>
      text.replace(
        /([\u{f0000}-\u{10fffd}])\u{e000}*/gu,
        (all, mark: string) => lines[(mark.codePointAt(0) ?? 0) - FIRST] ?? all,
      ),
  };
};
