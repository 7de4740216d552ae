import type { Tone } from './colour.ts';

/** A text with what its colour says. The word itself must say the same: colour is never alone. */
export type Cell = string | { readonly text: string; readonly tone: Tone };

export type Column = {
  readonly title: string;
  /** Goes first when the terminal is narrow: 9 before 1. 0 (ids, stages, times): never. */
  readonly drop: number;
  readonly align?: 'left' | 'right';
  /** Widest the column may get; longer texts wrap. */
  readonly max?: number;
};

/** One line of a card. An empty value leaves the line out. */
export type CardRow = readonly [label: string, value: Cell];

export type CardSection = { readonly title?: string; readonly rows: readonly CardRow[] };

export type ProgressStep = {
  readonly label: string;
  readonly state: 'done' | 'now' | 'todo' | 'failed';
  /** Already formatted. */
  readonly at?: string;
};

/** What the human format is made of: plain data, made safe, coloured and laid out by `render.ts`. */
export type Block =
  | {
      readonly kind: 'table';
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Cell[])[];
      /** Said instead of an empty table. */
      readonly empty?: string;
    }
  | { readonly kind: 'card'; readonly title?: Cell; readonly sections: readonly CardSection[] }
  | { readonly kind: 'progress'; readonly steps: readonly ProgressStep[] }
  | {
      readonly kind: 'text';
      readonly lines: readonly Cell[];
      /** The heading of the next block: no empty line between them. */
      readonly heads?: true;
    };

export const cellText = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text);

export const cellTone = (cell: Cell): Tone => (typeof cell === 'string' ? 'plain' : cell.tone);

export const tone = (tone: Tone, text: string): Cell => ({ text, tone });

export const heading = (text: string): Block => ({
  kind: 'text',
  lines: [tone('strong', text)],
  heads: true,
});

export const textBlock = (...lines: readonly Cell[]): Block => ({ kind: 'text', lines });
