import { columnNames, columnsOf } from '../batch/columns.ts';
import type { CommandSpec } from '../framework/parse/descriptor.ts';
import type { Tree } from '../framework/run/context.ts';
import type { TopicRow } from './topics.ts';

const RULES: readonly TopicRow[] = [
  ['file', 'CSV (the header names the columns), NDJSON or YAML; one without rows needs the right header'],
  [
    'as saved',
    'by a spreadsheet: comma, semicolon or tab; UTF-8, UTF-16 or CP949; ="010…", 2.0 and wide digits mean what they show',
  ],
  ['op', 'the command of a row; with --op for all rows'],
  ['key', 'name of the row: the same again is skipped, other content is a conflict'],
  ['orderKey', 'an order by the key it was placed with, instead of its id'],
  ['after', 'key of a row that must be done before this one'],
  ['-y', 'also records what happened in the field more than 24 hours ago'],
  ['--wait', 'also runs the steps of the orders: a row about a visit then waits until its order is ready'],
].map(([name = '', meaning = '']) => ({ group: 'row', name, meaning }));

/** What may stand in a batch file, and the columns of every op (`*`: required). */
export const batchRows = (tree: Tree): readonly TopicRow[] => [
  ...RULES,
  ...tree.commands.flatMap(({ spec }) =>
    spec.batch === undefined ? [] : [{ group: 'op', name: spec.batch.op, meaning: starred(spec).join(', ') }],
  ),
];

/** Columns of a command's rows, `key` first; a star: required. */
const starred = (spec: CommandSpec): readonly string[] => {
  const columns = columnsOf(spec);
  return columnNames(spec).map((name) => {
    // A row names its order by either, whatever the command does without.
    if (columns.get(name)?.kind === 'arg') return `${name}|orderKey*`;
    const isRequired =
      name === 'key' ? spec.batch?.keyRequired === true : columns.get(name)?.spec.required === true;
    return isRequired ? `${name}*` : name;
  });
};
