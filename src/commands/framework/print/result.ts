import type { Block, Cell, Column } from '../../../faces/cli/terminal/blocks.ts';
import type { View } from './view.ts';

/** A next command worth typing; shown on a terminal only. `command` is without the program's name. */
export type Hint = { readonly command: string; readonly why?: string };

export type Ending = {
  /** Default 0; see `oss help exit-codes`. */
  readonly exit?: number;
  readonly hints?: readonly Hint[];
  /** Said on stderr after the data, e.g. what is still pending. */
  readonly notes?: readonly string[];
};

/** What a handler returns, made by the functions below. One result serves every format. */
export type CommandResult = ObjectResult | ListResult | WatchResult | TextResult | NoResult;

export type ObjectResult = Ending & {
  readonly kind: 'object';
  readonly schema: string;
  readonly data: object;
  readonly id: string;
  readonly blocks: (view: View) => readonly Block[];
};

/** One item of a list, its type forgotten: every format finds here what it prints. */
export type ListItem = {
  readonly data: unknown;
  readonly id: string;
  readonly cells: (view: View) => readonly Cell[];
  /** Of lists that are printed a line at a time. */
  readonly line: ((view: View) => Cell) | null;
};

type ListCommon = Ending & {
  readonly schema: string;
  /** Blocks above and below the table. */
  readonly head?: (view: View) => readonly Block[];
  readonly foot?: (view: View) => readonly Block[];
  /** Said instead of an empty table. */
  readonly empty?: string;
  /** What people see instead of a table of the items, unless they choose fields. */
  readonly picture?: (view: View) => readonly Block[];
  /** More keys of the JSON object, between `schema` and `items`. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** The printer calls it after the last item. Not null: the list was cut, and stderr says so. */
  readonly nextCursor?: () => string | null;
  /** Of live lists whose items come in bursts: false while the next item is there already, so that it is written with this one. */
  readonly isWaiting?: () => boolean;
  /** Called at the end, instead of `exit`, of lists that learn it while they run. */
  readonly exitAtEnd?: () => number;
};

export type ListResult = ListCommon & {
  readonly kind: 'list';
  readonly columns: readonly Column[];
  /** true: in the human format every item is a line, printed as it comes. */
  readonly live: boolean;
  readonly each: () => AsyncIterable<ListItem>;
};

export type WatchResult = Ending & {
  readonly kind: 'watch';
  readonly frames: AsyncIterable<ObjectResult>;
  readonly exitAtEnd?: () => number;
};

export type TextResult = Ending & { readonly kind: 'text'; readonly text: string };

export type NoResult = Ending & { readonly kind: 'none' };

/** One thing. `data` is what JSON shows, without `schema`, which the printer puts first; `id` is what `-o id` prints. */
export const object = <T extends object>(
  result: Ending & {
    readonly schema: string;
    readonly data: T;
    readonly id: string;
    /** Pure: data to blocks, for the human format. */
    readonly show: (data: T, view: View) => readonly Block[];
  },
): ObjectResult => {
  const { show, ...rest } = result;
  return { kind: 'object', ...rest, blocks: (view) => show(result.data, view) };
};

export type ListColumn<T> = Column & { readonly cell: (item: T, view: View) => Cell };

/** Many things, possibly made while they are printed. `line`: a line each as it comes, for lists without an end. */
export const list = <T>(
  result: ListCommon & {
    readonly items: Iterable<T> | AsyncIterable<T>;
    readonly id: (item: T) => string;
    /** What JSON shows of an item; by default the item itself. */
    readonly told?: (item: T) => unknown;
    readonly columns: readonly ListColumn<T>[];
    readonly line?: (item: T, view: View) => Cell;
  },
): ListResult => {
  const { items, id, told = (item) => item, columns, line, ...rest } = result;
  return {
    kind: 'list',
    ...rest,
    columns,
    live: line !== undefined,
    each: async function* () {
      for await (const item of items) {
        yield {
          data: told(item),
          id: id(item),
          cells: (view) => columns.map((column) => column.cell(item, view)),
          line: line === undefined ? null : (view) => line(item, view),
        };
      }
    },
  };
};

/** The same thing again and again (`--watch`): redrawn on a terminal, printed when it changed elsewhere. */
export const watch = (result: Omit<WatchResult, 'kind'>): WatchResult => ({ kind: 'watch', ...result });

/** Text that is the data, e.g. a completion script: the same in every format. */
export const text = (content: string, ending: Ending = {}): TextResult => ({
  kind: 'text',
  text: content,
  ...ending,
});

export const nothing = (ending: Ending = {}): NoResult => ({ kind: 'none', ...ending });
