import { BadRow } from '../../core/app/batch/ops/bad-row.ts';
import type { OpFacts as FactsOfOps } from '../../core/app/batch/ops/op.ts';
import { OP_NAMES, type OpName } from '../../core/app/batch/ops/op-names.ts';
import type { ReadyRow } from '../../core/app/batch/row.ts';
import { type BatchFileRow, ERROR_COLUMNS } from '../../core/ports/batch-file.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { nearest } from '../../core/values/nearest.ts';
import { parseOrderId } from '../../core/values/order-id.ts';
import { isPersonalKey } from '../../core/values/personal-key.ts';
import type { Texts } from '../../texts/catalogue.ts';
import { kebab } from '../framework/parse/flag-names.ts';
import { type CheckedInput, checkInput, type InputProblem, type RawInput } from '../framework/parse/input.ts';
import type { ValueEnv } from '../framework/parse/values.ts';
import { type Column, columnNames, columnsOf, orderArg, ROW_COLUMNS } from './columns.ts';
import { type BatchOp, isOp, OPS } from './ops.ts';
import { problemOf, problemOfFault, type RowProblem, reasonOf } from './row-problem.ts';

/** What rows are checked by. */
type OpFacts = FactsOfOps & { readonly t: Texts };

/** A row that may be run, or all that is wrong with it. `orderKey`: to be looked up. */
export type RowCheck =
  | { readonly ok: true; readonly row: ReadyRow }
  | {
      readonly ok: false;
      readonly op: string;
      readonly key: string | null;
      readonly problems: readonly RowProblem[];
    };

export type RowChecker = (row: BatchFileRow) => RowCheck;

/** What stands for the order while a row that names it by its key is checked. */
const SOME_ORDER = '1';

/**
 * Checks rows as the command line would check the same words: columns are the flags, values are read by the same rules.
 * `op`: of rows that name none. Times are relative to `env.now`.
 */
export const rowChecker = (
  defaultOp: OpName | null,
  { env, facts }: { readonly env: ValueEnv; readonly facts: OpFacts },
): RowChecker => {
  const { problem } = facts.t.batch;
  const known = new Map(OP_NAMES.map((name) => [name, columnsOf(OPS[name].spec)] as const));

  const opOf = (cells: BatchFileRow['cells']): OpName | RowProblem => {
    const given = oneText(cells.get('op'));
    if (given === null) return { field: 'op', reason: problem.oneValue, code: 'ONE_VALUE' };
    const name = given ?? defaultOp;
    if (name === null) return { field: 'op', reason: problem.noOp, code: 'NO_OP' };
    if (!isOp(name))
      return { field: 'op', reason: problem.unknownOp(nearest(name, OP_NAMES)), code: 'UNKNOWN_OP' };
    if (defaultOp !== null && name !== defaultOp)
      return { field: 'op', reason: problem.otherOp(defaultOp), code: 'OTHER_OP' };
    return name;
  };

  /** The listener has heard of the row's address already. */
  const quiet: OpFacts = { ...facts, onNoArea: () => {} };
  const broken = (op: BatchOp, input: CheckedInput, bad: readonly string[]): readonly RowProblem[] =>
    op.rules.flatMap(({ of, check }) => {
      if (of.some((key) => bad.includes(key))) return [];
      try {
        check(input, quiet);
        return [];
      } catch (error) {
        return [problemIn(error, facts)];
      }
    });

  return (row) => {
    const { cells, line } = row;
    const name = opOf(cells);
    const key = oneText(cells.get('key')) ?? null;
    const who = { name: oneText(cells.get('name')) ?? '', phone: oneText(cells.get('phone')) ?? '' };
    const saysWho = key !== null && isPersonalKey(key, who);
    // What is wrong with a row is journaled with its key.
    const kept = saysWho ? null : key;
    const bad = (op: string, problems: readonly RowProblem[]): RowCheck => ({
      ok: false,
      op,
      key: kept,
      problems,
    });
    if (typeof name !== 'string') return bad(oneText(cells.get('op')) ?? '', [name]);
    const op = OPS[name];
    const columns = known.get(name) ?? new Map<string, Column>();
    const { raw, problems, several } = rawOf(cells, columns, { facts, op });
    const reference = referenceOf(cells, raw, { op, facts });
    if (reference.problem !== undefined) problems.push(reference.problem);
    const checked = checkInput(op.spec, reference.raw, env);
    if (!checked.ok) problems.push(...checked.problems.map((one) => problemOfInput(one, op, facts)));
    if (saysWho)
      problems.push({
        field: 'key',
        reason: reasonOf(new Refusal('KEY_PERSONAL', {}), facts.t),
        code: 'KEY_PERSONAL',
      });
    if (op.spec.batch?.keyRequired === true && key === null) {
      problems.push({ field: 'key', reason: problem.missing, code: 'MISSING' });
    }
    if (problems.length > 0 || !checked.ok) {
      const keys = checked.ok ? several : [...several, ...checked.problems.map((one) => one.key)];
      const found = broken(op, checked.ok ? checked.input : checked.good, keys);
      return bad(name, merged(problems, found));
    }
    try {
      const common = {
        kind: 'ready',
        line,
        op: name,
        command: op.spec.path,
        key: checked.input.change.key ?? null,
        after: oneText(cells.get('after')) ?? null,
      } as const;
      const action =
        op.kind === 'place'
          ? ({ kind: 'place', ...op.plan(checked.input, facts) } as const)
          : ({
              kind: 'change',
              order: reference.order,
              fields: fieldsOf(checked.input.flags),
              needsPeers: op.needsPeers,
              change: op.plan(checked.input, facts),
            } as const);
      return { ok: true, row: { ...common, action } };
    } catch (error) {
      return bad(name, merged(broken(op, checked.input, []), [problemIn(error, facts)]));
    }
  };
};

/** What is wrong with a row, as it was thrown; anything else is thrown on. */
const problemIn = (error: unknown, { t }: OpFacts): RowProblem => {
  if (error instanceof BadRow) return problemOfFault(error, t);
  if (error instanceof Refusal) return problemOf(error, t);
  throw error;
};

/** Each column has one problem at most: the first. */
const merged = (problems: readonly RowProblem[], more: readonly RowProblem[]): readonly RowProblem[] => [
  ...problems,
  ...more.filter(({ field }) => !problems.some((known) => known.field === field)),
];

/** What a row says by the names of its columns, as far as it says anything. */
const fieldsOf = (flags: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(flags).map(([name, value]) => [kebab(name), value]));

/** undefined: not given. null: a list of other than one. */
const oneText = (cell: string | readonly string[] | undefined): string | undefined | null => {
  if (cell === undefined || typeof cell === 'string') return cell;
  return cell.length === 1 ? (cell[0] ?? null) : null;
};

type Checking = { readonly facts: OpFacts; readonly op: BatchOp };

/** The row as if it had been typed. */
const rawOf = (
  cells: BatchFileRow['cells'],
  columns: ReadonlyMap<string, Column>,
  { facts, op }: Checking,
): {
  readonly raw: RawInput;
  readonly problems: RowProblem[];
  /** Flags and arguments with several values where one is meant. */
  readonly several: readonly string[];
} => {
  const { problem } = facts.t.batch;
  const args: Record<string, readonly string[]> = {};
  const flags: Record<string, readonly string[]> = {};
  const problems: RowProblem[] = [];
  const several: string[] = [];
  for (const [name, cell] of cells) {
    const column = columns.get(name);
    if (column === undefined) {
      if (ROW_COLUMNS.includes(name) || ERROR_COLUMNS.some((own) => own === name)) continue;
      const names = [...columnNames(op.spec), ...ROW_COLUMNS];
      problems.push({
        field: name,
        reason: problem.unknownColumn(nearest(name, names)),
        code: 'NO_SUCH_COLUMN',
        ofHeader: true,
      });
      continue;
    }
    const texts = typeof cell === 'string' ? [cell] : cell;
    if (texts.length !== 1 && column.spec.type !== 'list') {
      problems.push({ field: name, reason: problem.oneValue, code: 'ONE_VALUE' });
      several.push(column.key);
    }
    const target = column.kind === 'arg' ? args : flags;
    target[column.key] = texts;
  }
  return { raw: { args, flags }, problems, several };
};

type Reference = {
  readonly raw: RawInput;
  readonly order: { readonly orderId: string } | { readonly orderKey: string };
  readonly problem?: RowProblem;
};

/** Which order a row is about: `id`, or `orderKey`, and only one of them. */
const referenceOf = (cells: BatchFileRow['cells'], raw: RawInput, { op, facts }: Checking): Reference => {
  const { problem } = facts.t.batch;
  const cell = cells.get('orderKey') ?? cells.get('order-key');
  const orderKey = oneText(cell);
  const arg = orderArg(op.spec);
  const given = arg === null ? undefined : raw.args[arg]?.[0];
  const order = { orderId: parseOrderId(given ?? '') ?? '' };
  if (arg === null) {
    return cell === undefined
      ? { raw, order }
      : {
          raw,
          order,
          problem: { field: 'orderKey', reason: problem.notHere(op.spec.path), code: 'NOT_HERE' },
        };
  }
  if (cell === undefined) {
    return given === undefined
      ? {
          raw: withOrder(raw, arg),
          order,
          problem: { field: 'id', reason: problem.noOrder, code: 'NO_ORDER' },
        }
      : { raw, order };
  }
  if (typeof orderKey !== 'string')
    return { raw, order, problem: { field: 'orderKey', reason: problem.oneValue, code: 'ONE_VALUE' } };
  if (given !== undefined)
    return { raw, order, problem: { field: 'orderKey', reason: problem.twoOrders, code: 'TWO_ORDERS' } };
  return { raw: withOrder(raw, arg), order: { orderKey } };
};

const withOrder = (raw: RawInput, arg: string): RawInput => ({
  ...raw,
  args: { ...raw.args, [arg]: [SOME_ORDER] },
});

/** Names the column as the file does, and never repeats a value: it may be a person's. */
const problemOfInput = (problem: InputProblem, { spec }: BatchOp, { t }: OpFacts): RowProblem => {
  const field = problem.arg && problem.key === orderArg(spec) ? 'id' : kebab(problem.key);
  const { missing, expected } = t.batch.problem;
  return problem.kind === 'missing'
    ? { field, reason: missing, code: 'MISSING' }
    : { field, reason: expected(problem.expected), code: 'BAD_VALUE' };
};
