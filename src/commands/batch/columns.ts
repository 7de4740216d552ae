import type { CommandSpec, FlagSpec } from '../framework/parse/descriptor.ts';
import { flagsOf, kebab } from '../framework/parse/flag-names.ts';

/** Where a column's value goes. */
export type Column = { readonly kind: 'arg' | 'flag'; readonly key: string; readonly spec: FlagSpec };

/** Of the command line only: a row neither waits nor rehearses. */
const NOT_COLUMNS = ['wait', 'dryRun', 'resume'];
/** A new order has no version yet. */
const NOT_OF_NEW = ['ifVersion'];

/** Columns that every row may have, whatever its op. */
export const ROW_COLUMNS = ['op', 'orderKey', 'order-key', 'after'];

/** A row names its order in `id`, whatever the command calls its argument. */
const ORDER_COLUMN = 'id';

/** The argument that takes the order, if the command has one. */
export const orderArg = ({ args = {} }: CommandSpec): string | null =>
  Object.entries(args).find(([, arg]) => arg.type === 'order-id')?.[0] ?? null;

/** The columns of an op by every name they may have: as typed (`not-before`) and as in the descriptor (`notBefore`). */
export const columnsOf = (spec: CommandSpec): ReadonlyMap<string, Column> => {
  const columns = new Map<string, Column>();
  const order = orderArg(spec);
  for (const [key, arg] of Object.entries(spec.args ?? {})) {
    columns.set(key === order ? ORDER_COLUMN : kebab(key), { kind: 'arg', key, spec: arg });
  }
  for (const [key, flag] of Object.entries(flagsOf(spec))) {
    if (NOT_COLUMNS.includes(key) || (order === null && NOT_OF_NEW.includes(key))) continue;
    const column: Column = { kind: 'flag', key, spec: flag };
    columns.set(kebab(key), column);
    columns.set(key, column);
  }
  return columns;
};

/** Names of an op's columns as they are written, `key` first. */
export const columnNames = (spec: CommandSpec): readonly string[] => {
  const names = [...columnsOf(spec)].flatMap(([name, { key, kind }]) =>
    name !== 'key' && (kind === 'arg' || name === kebab(key)) ? [name] : [],
  );
  return ['key', ...names];
};
