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
  const linesOf = (content: Cell, limit: number): readonly Line[] =>
    widths.wrap(safeText(cellText(content)), limit).map((line) => ({
      text: standIns.put(line, paint(cellTone(content), line)),
      width: widths.width(line),
    }));
  const titles = columns.map(({ title }): Cell => ({ text: title, tone: 'strong' }));
  // A row of its own for each line: cli-table3 measures a whole cell again for every line that it draws of it.
  const lines = [titles, ...rows].flatMap((row) => {
    const cells = shown.map((column, i) => linesOf(row[column] ?? '', limits[i] ?? 1));
    const height = cells.reduce((most, one) => Math.max(most, one.length), 0);
    return Array.from({ length: height }, (_, n) => cells.map((one) => one[n] ?? EMPTY));
  });
  const colWidths = shown.map((_, i) => lines.reduce((most, row) => Math.max(most, row[i]?.width ?? 0), 1));
  const colAligns = shown.map((i) => columns[i]?.align ?? 'left');
  const drawn: string[] = [];
  for (let from = 0; from < lines.length; from += AT_ONCE) {
    // Any entry in head or border makes cli-table3 print colours into pipes.
    const style = { head: [], border: [], 'padding-left': 0, 'padding-right': 0 };
    const table = new Table({ chars: NO_LINES, style, colAligns, colWidths });
    table.push(...lines.slice(from, from + AT_ONCE).map((row) => row.map(({ text }) => text)));
    drawn.push(...standIns.replace(table.toString()).split('\n'));
  }
  return drawn.map((line) => line.trimEnd());
};

type Line = { readonly text: string; readonly width: number };

const EMPTY: Line = { text: '', width: 0 };
/** Rows that cli-table3 lays out together: it takes time by their square. */
const AT_ONCE = 200;

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
