import { assertNever } from '../../core/assert-never.ts';
import { type Block, type CardSection, type Cell, cellText, cellTone, type ProgressStep } from './blocks.ts';
import type { Paint } from './colour.ts';
import { safeText } from './safe-text.ts';
import { labelled, renderTable } from './table.ts';
import { displayWidth, wrap } from './width.ts';

type Options = { readonly width: number; readonly paint: Paint };

/** The human format: blocks with an empty line between them, ended by a newline. Nothing for no blocks. */
export const render = (blocks: readonly Block[], options: Options): string => {
  const parts = blocks.map((block) => renderBlock(block, options)).filter((lines) => lines.length > 0);
  return parts.map((lines) => `${lines.join('\n')}\n`).join('\n');
};

const renderBlock = (block: Block, options: Options): readonly string[] => {
  switch (block.kind) {
    case 'table':
      return block.rows.length === 0
        ? renderText(block.empty === undefined ? [] : [block.empty], options)
        : renderTable(block.columns, block.rows, options);
    case 'card':
      return renderCard(block.title, block.sections, options);
    case 'progress':
      return renderProgress(block.steps, options);
    case 'text':
      return renderText(block.lines, options);
    default:
      return assertNever(block);
  }
};

const renderText = (lines: readonly Cell[], { width, paint }: Options): readonly string[] =>
  lines.flatMap((cell) => wrap(safeText(cellText(cell)), width).map((line) => paint(cellTone(cell), line)));

const renderCard = (
  title: Cell | undefined,
  sections: readonly CardSection[],
  options: Options,
): readonly string[] => {
  const titles = sections.flatMap((section) => section.rows.map(([label]) => displayWidth(label)));
  const label = Math.min(Math.max(0, ...titles), Math.floor(options.width / 3));
  return [
    ...(title === undefined ? [] : renderText([strong(title)], options)),
    ...sections.flatMap((section, i) => [
      ...(section.title === undefined
        ? []
        : [...(i === 0 && title === undefined ? [] : ['']), options.paint('strong', section.title)]),
      ...section.rows.flatMap(([name, value]) => labelled(name, value, { ...options, label })),
    ]),
  ];
};

const strong = (cell: Cell): Cell => (typeof cell === 'string' ? { text: cell, tone: 'strong' } : cell);

const SIGNS = { done: '✓', now: '●', todo: '○', failed: '✗' } as const;
const TONES = { done: 'good', now: 'strong', todo: 'dim', failed: 'bad' } as const;

/** `✓ received ── ● visit agreed ── ○ in service`, one under the other when the line is too long. */
const renderProgress = (steps: readonly ProgressStep[], { width, paint }: Options): readonly string[] => {
  const words = steps.map((step) => ({
    tone: TONES[step.state],
    text: `${SIGNS[step.state]} ${safeText(step.label)}`,
    at: step.at,
  }));
  const line = words.map((word) => word.text).join(' ── ');
  if (displayWidth(line) <= width && words.every((word) => word.at === undefined)) {
    return [words.map((word) => paint(word.tone, word.text)).join(' ── ')];
  }
  const label = Math.max(0, ...words.map((word) => displayWidth(word.text)));
  return words.map((word) => {
    const gap = ' '.repeat(label - displayWidth(word.text) + 2);
    return word.at === undefined
      ? paint(word.tone, word.text)
      : `${paint(word.tone, word.text)}${gap}${paint('dim', word.at)}`;
  });
};
