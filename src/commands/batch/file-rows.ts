import { keyIndex } from '../../core/app/batch/key-index.ts';
import type { InvalidRow, PlannedRow, ReadyRow } from '../../core/app/batch/row.ts';
import type { BatchFile, BatchFileRow } from '../../core/ports/batch-file.ts';
import type { Texts } from '../../texts/catalogue.ts';
import { inWords } from '../../texts/coded.ts';
import type { RowChecker } from './check-row.ts';
import type { RowProblem } from './row-problem.ts';
import type { ToldError } from './told-error.ts';

export type FileRowsOptions = {
  readonly check: RowChecker;
  readonly t: Texts;
  /** Hears of every error. `ends`: the rest of the file is unknown. */
  readonly onError?: (error: ToldError, ends: boolean) => void;
  /** What else must be so of a row's key. */
  readonly checkKey?: ((key: string | null) => RowProblem | null) | undefined;
  /** true: the very bytes were found good before, so that rows need not be compared with each other again. */
  readonly isChecked?: boolean;
};

/** Rows of a file in file order, some at a time. */
export type FilePiece = {
  readonly rows: readonly PlannedRow[];
  /** Those that name their order by a key that no earlier row has: it must have been placed before. */
  readonly elsewhere: readonly { readonly line: number; readonly orderKey: string }[];
};

/** The rows of a file, each checked by itself and against the rows before it. Rows with errors come as invalid ones. */
export async function* filePieces(
  file: BatchFile,
  { check, t, onError = () => {}, checkKey = () => null, isChecked = false }: FileRowsOptions,
): AsyncGenerator<FilePiece, void> {
  const { problem } = t.batch;
  const keys = keyIndex();
  const toldColumns = new Set<string>();
  /** Rows that the reader could not make sense of. */
  let unread: PlannedRow[] = [];
  let elsewhere: { readonly line: number; readonly orderKey: string }[] = [];

  const planned = (row: BatchFileRow): PlannedRow => {
    const checked = check(row);
    if (isChecked && checked.ok) return checked.row;
    const { line } = row;
    const { key } = checked.ok ? checked.row : checked;
    const after = checked.ok ? checked.row.after : null;
    const problems: RowProblem[] = checked.ok ? [] : [...checked.problems];
    if (after !== null && !keys.has(after))
      problems.push({ field: 'after', reason: problem.afterUnknown, code: 'AFTER_UNKNOWN' });
    const before = key === null ? 0 : keys.add(key, line);
    if (before !== 0) problems.push({ field: 'key', reason: problem.keyTwice(before), code: 'KEY_TWICE' });
    const other = checkKey(key);
    // One problem for each missing key.
    if (other !== null && !problems.some(({ field }) => field === other.field)) problems.push(other);
    if (checked.ok) {
      const orderKey = orderKeyOf(checked.row);
      if (orderKey !== null && !keys.has(orderKey)) elsewhere.push({ line, orderKey });
      if (problems.length === 0) return checked.row;
    }
    for (const { field, reason, code, ofHeader } of problems) {
      const isTold = ofHeader === true && file.format === 'csv' && toldColumns.has(field);
      if (!isTold) onError({ line, field, reason, code }, false);
      if (ofHeader === true) toldColumns.add(field);
    }
    return invalidRow(line, checked.ok ? checked.row : checked, problems);
  };

  const reading = file.rows({
    onError: (read, ends) => {
      const error = { ...read, reason: inWords(t.fileFaults, read.reason), code: read.reason.code };
      onError(error, ends);
      if (!ends) unread.push(invalidRow(error.line, { op: '', key: null }, [error]));
    },
  });
  for await (const read of reading) {
    const rows = read.map(planned);
    const all = unread.length === 0 ? rows : [...unread, ...rows].sort((a, b) => a.line - b.line);
    const piece = { rows: all, elsewhere };
    unread = [];
    elsewhere = [];
    yield piece;
  }
  if (unread.length > 0) yield { rows: unread, elsewhere };
}

/** The same, the rows alone. */
export async function* fileRows(
  file: BatchFile,
  options: FileRowsOptions,
): AsyncGenerator<readonly PlannedRow[], void> {
  for await (const { rows } of filePieces(file, options)) yield rows;
}

const orderKeyOf = ({ action }: ReadyRow): string | null =>
  action.kind === 'change' && 'orderKey' in action.order ? action.order.orderKey : null;

/** A row that is passed over, with all that is wrong with it. */
const invalidRow = (
  line: number,
  { op, key }: { readonly op: string; readonly key: string | null },
  problems: readonly RowProblem[],
): InvalidRow => {
  const texts = problems.map(({ field, reason }) => (field === '' ? reason : `${field}: ${reason}`));
  const error = { code: 'INVALID_ROW', message: texts.join('; ') };
  return { kind: 'invalid', line, op, key, command: '', error };
};
