import { assertNever } from '../../../core/values/assert-never.ts';
import { type Block, type CardSection, type Cell, cellText, cellTone, type ProgressStep } from './blocks.ts';
import type { Paint } from './colour.ts';
import { type Layout, labelled, labelWidth } from './labelled.ts';
import { RECORDS_UNDER, renderRecords } from './records.ts';
import { safeText } from './safe-text.ts';
import { widthsFor } from './width.ts';

/** The human format: blocks with an empty line between them, ended by a newline. Nothing for no blocks. */
export const render = async (
  blocks: readonly Block[],
  options: { readonly width: number; readonly paint: Paint; readonly ascii?: boolean | undefined },
): Promise<string> => {
  const layout: Layout = { ...options, widths: await widthsFor(blocks.flatMap(textsOf)) };
  let text = '';
  let isBelowHeading = true;
  for (const block of blocks) {
    const lines = await renderBlock(block, layout);
    if (lines.length === 0) continue;
    text += `${isBelowHeading ? '' : '\n'}${lines.join('\n')}\n`;
    isBelowHeading = block.kind === 'text' && block.heads === true;
  }
  return text;
};

/** Everything that is measured. */
const textsOf = (block: Block): readonly string[] => {
  switch (block.kind) {
    case 'table':
      return [
        block.empty ?? '',
        ...block.columns.map((column) => column.title),
        ...block.rows.flatMap(safeCells),
      ];
    case 'card':
      return [
        ...safeCells([block.title ?? '']),
        ...block.sections.flatMap(({ title, rows }) => [
          title ?? '',
          ...rows.flatMap((row) => safeCells([...row])),
        ]),
      ];
    case 'progress':
      return safeCells(block.steps.map((step) => step.label));
    case 'text':
      return safeCells(block.lines);
    default:
      return assertNever(block);
  }
};

const safeCells = (cells: readonly Cell[]): readonly string[] =>
  cells.map((cell) => safeText(cellText(cell)));

const renderBlock = async (block: Block, layout: Layout): Promise<readonly string[]> => {
  switch (block.kind) {
    case 'table': {
      const { columns, rows, empty } = block;
      if (rows.length === 0) return renderText(empty === undefined ? [] : [empty], layout);
      if (layout.width < RECORDS_UNDER) return renderRecords(columns, rows, layout);
      const { renderTable } = await import('./table.ts');
      return renderTable(columns, rows, layout);
    }
    case 'card':
      return renderCard(block.title, block.sections, layout);
    case 'progress':
      return renderProgress(block.steps, layout);
    case 'text':
      return renderText(block.lines, layout);
    default:
      return assertNever(block);
  }
};

const renderText = (lines: readonly Cell[], { width, paint, widths }: Layout): readonly string[] =>
  lines.flatMap((cell) =>
    widths.wrap(safeText(cellText(cell)), width).map((line) => paint(cellTone(cell), line)),
  );

const renderCard = (
  title: Cell | undefined,
  sections: readonly CardSection[],
  layout: Layout,
): readonly string[] => {
  const label = labelWidth(
    sections.flatMap((section) => section.rows.map(([name]) => name)),
    layout,
  );
  return [
    ...(title === undefined ? [] : renderText([strong(title)], layout)),
    ...sections.flatMap((section, i) => [
      ...(section.title === undefined
        ? []
        : [...(i === 0 && title === undefined ? [] : ['']), layout.paint('strong', section.title)]),
      ...section.rows.flatMap(([name, value]) => labelled(name, value, label, layout)),
    ]),
  ];
};

const strong = (cell: Cell): Cell => (typeof cell === 'string' ? { text: cell, tone: 'strong' } : cell);

const SIGNS = { done: '✓', now: '●', todo: '○', failed: '✗' } as const;
const ASCII_SIGNS = { done: '+', now: '*', todo: '-', failed: 'x' } as const;
const TONES = { done: 'good', now: 'strong', todo: 'dim', failed: 'bad' } as const;
/** Between the steps, the first that fits. */
const LINES = [' ── ', ' ─ '] as const;
const ASCII_LINES = [' -> ', ' > '] as const;

/** `✓ received ── ● visit agreed ── ○ in service`, one under the other when the line is too long or times are given. */
const renderProgress = (steps: readonly ProgressStep[], layout: Layout): readonly string[] => {
  const { width, paint, widths, ascii } = layout;
  const signs = ascii ? ASCII_SIGNS : SIGNS;
  // Signs and lines are one column wide; only the words are measured.
  const words = steps.map(({ state, label, at }) => {
    const text = safeText(label);
    return { tone: TONES[state], text: `${signs[state]} ${text}`, columns: widths.width(text) + 2, at };
  });
  const columns = words.reduce((sum, word) => sum + word.columns, 0);
  const line = (ascii ? ASCII_LINES : LINES).find(
    (one) => columns + (words.length - 1) * one.length <= width,
  );
  if (line !== undefined && words.every((word) => word.at === undefined)) {
    return [words.map((word) => paint(word.tone, word.text)).join(line)];
  }
  const label = Math.max(0, ...words.map((word) => word.columns));
  return words.map((word) =>
    word.at === undefined
      ? paint(word.tone, word.text)
      : `${paint(word.tone, word.text)}${' '.repeat(label - word.columns + 2)}${paint('dim', word.at)}`,
  );
};
