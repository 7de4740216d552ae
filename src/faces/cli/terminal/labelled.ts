import { type Cell, cellText, cellTone } from './blocks.ts';
import type { Paint } from './colour.ts';
import { safeText } from './safe-text.ts';
import { padTo, type Widths } from './width.ts';

/** What every layout knows. */
export type Layout = {
  readonly width: number;
  readonly paint: Paint;
  readonly widths: Widths;
  /** Marks are ASCII. */
  readonly ascii?: boolean | undefined;
};

const GAP = 2;
const NARROWEST = 8;

/** Columns for the labels of a card or record: the longest, at most a third of the line. */
export const labelWidth = (labels: readonly string[], { width, widths }: Layout): number =>
  Math.min(Math.max(0, ...labels.map(widths.width)), Math.floor(width / 3));

/** `label  value`, the value wrapped and indented under itself. Nothing for an empty value. */
export const labelled = (title: string, cell: Cell, label: number, layout: Layout): readonly string[] => {
  const { width, paint, widths } = layout;
  const value = safeText(cellText(cell));
  if (value === '') return [];
  const heads = widths.wrap(title, label);
  const lines = widths.wrap(value, Math.max(NARROWEST, width - label - GAP));
  return Array.from({ length: Math.max(heads.length, lines.length) }, (_, i) => {
    const head = paint('dim', padTo(heads[i] ?? '', label, widths));
    const line = lines[i] ?? '';
    return line === '' ? head.trimEnd() : `${head}${' '.repeat(GAP)}${paint(cellTone(cell), line)}`;
  });
};
