import { OP_NAMES, type OpName } from '../../core/app/batch/ops/op-names.ts';
import { ERROR_COLUMNS } from '../../core/ports/batch-file.ts';
import { nearest } from '../../core/values/nearest.ts';
import type { Texts } from '../../texts/catalogue.ts';
import { kebab } from '../framework/parse/flag-names.ts';
import { isRequired } from '../framework/parse/input.ts';
import { columnNames, columnsOf, orderArg, ROW_COLUMNS } from './columns.ts';
import { OPS } from './ops.ts';
import type { RowProblem } from './row-problem.ts';

/**
 * What is wrong with a header that no row stands under: only its columns distinguish a file without rows from what
 * an export left instead of one, e.g. "Access denied". `op`: of rows that name none.
 */
export const headerProblems = (
  columns: readonly string[],
  op: OpName | null,
  { batch: { problem } }: Texts,
): readonly RowProblem[] => {
  const ops = op === null ? OP_NAMES : [op];
  const specs = ops.map((name) => OPS[name].spec);
  const isKnown = (name: string): boolean =>
    [...ROW_COLUMNS, ...ERROR_COLUMNS].includes(name) || specs.some((spec) => columnsOf(spec).has(name));
  const names = [...new Set([...specs.flatMap(columnNames), ...ROW_COLUMNS])];
  const unknown = columns
    .filter((name) => !isKnown(name))
    .map((field) => ({
      field,
      reason: problem.unknownColumn(nearest(field, names)),
      code: 'NO_SUCH_COLUMN',
    }));
  if (op !== null) return [...unknown, ...missingOf(columns, op, problem)];
  return columns.includes('op')
    ? unknown
    : [...unknown, { field: 'op', reason: problem.noOp, code: 'NO_OP' }];
};

/** Columns that every row of an op must have. */
const missingOf = (
  columns: readonly string[],
  op: OpName,
  problem: Texts['batch']['problem'],
): readonly RowProblem[] => {
  const { spec } = OPS[op];
  const of = columnsOf(spec);
  const given = columns.flatMap((name) => of.get(name) ?? []);
  const flags = Object.fromEntries(given.map(({ key }) => [key, ['']]));
  const order = orderArg(spec);
  const needed = [...new Set(of.values())].flatMap((column) => {
    const { key, kind, spec: flag } = column;
    if (kind === 'arg' && key === order) return [];
    const must = key === 'key' ? spec.batch?.keyRequired === true : isRequired(flag, { args: {}, flags });
    return must && !given.includes(column) ? [kebab(key)] : [];
  });
  const orderColumns = ['id', 'orderKey', 'order-key'];
  return [
    ...(order !== null && !orderColumns.some((name) => columns.includes(name))
      ? [{ field: 'id', reason: problem.noOrder, code: 'NO_ORDER' }]
      : []),
    ...needed.map((field) => ({ field, reason: problem.missing, code: 'MISSING' })),
  ];
};
