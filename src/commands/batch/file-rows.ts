import type { Texts } from '../../adapters/terminal/texts/catalogue.ts';
import { keyIndex } from '../../core/app/batch/key-index.ts';
import type { PlannedRow } from '../../core/app/batch/row.ts';
import type { BatchFile } from '../../core/ports/batch-file.ts';
import type { FileError } from '../../core/technician-file.ts';
import type { RowCheck, RowChecker } from './check-row.ts';
import type { RowProblem } from './row-problem.ts';

export type FileRowsOptions = {
  readonly check: RowChecker;
  readonly t: Texts;
  /** Told of every error, in file order. `ends`: the rest of the file is unknown. */
  readonly onError?: (error: FileError, ends: boolean) => void;
  /** What else may be wrong with a row, e.g. that it refers to an order that is not there. */
  readonly alsoCheck?: (row: PlannedRow, isKeyOfFile: (key: string) => boolean) => Promise<RowProblem | null>;
};

/** The rows of a file, each checked by itself and against the rows before it. Rows with errors come as invalid ones. */
export async function* fileRows(
  file: BatchFile,
  { check, t, onError = () => {}, alsoCheck }: FileRowsOptions,
): AsyncGenerator<PlannedRow, void> {
  const { problem } = t.batch;
  const keys = keyIndex();
  /** Rows that the reader could not make sense of; they come before the next good one. */
  const unread: PlannedRow[] = [];

  const invalid = (
    line: number,
    failed: { op: string; key: string | null },
    problems: readonly RowProblem[],
  ) => {
    const message = problems
      .map(({ field, reason }) => (field === '' ? reason : `${field}: ${reason}`))
      .join('; ');
    const error = { code: 'INVALID_ROW', message };
    return { kind: 'invalid', line, ...failed, command: '', error } as const;
  };

  const withOthers = async (line: number, checked: RowCheck): Promise<PlannedRow> => {
    const { op, key } = checked.ok ? checked.row : checked;
    const problems: RowProblem[] = checked.ok ? [] : [...checked.problems];
    const after = checked.ok ? checked.row.after : null;
    if (after !== null && !keys.has(after)) problems.push({ field: 'after', reason: problem.afterUnknown });
    const before = key === null ? 0 : keys.add(key, line);
    if (before !== 0) problems.push({ field: 'key', reason: problem.keyTwice(before) });
    if (checked.ok && alsoCheck !== undefined) {
      const other = await alsoCheck(checked.row, keys.has);
      if (other !== null) problems.push(other);
    }
    if (checked.ok && problems.length === 0) return checked.row;
    for (const { field, reason } of problems) onError({ line, field, reason }, false);
    return invalid(line, { op, key }, problems);
  };

  const reading = file.rows({
    onError: (error, ends) => {
      onError(error, ends);
      if (!ends) unread.push(invalid(error.line, { op: '', key: null }, [error]));
    },
  });
  for await (const row of reading) {
    yield* unread.splice(0);
    yield await withOthers(row.line, check(row));
  }
  yield* unread.splice(0);
}
