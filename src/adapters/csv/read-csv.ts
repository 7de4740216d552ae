import { createReadStream, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { FileFault } from '../../core/codes/file-fault.ts';
import type { FileError, FileRow } from '../../core/technicians/technician-file.ts';
import { notAFile } from '../config/paths.ts';
import { count, decodeText, type TextEncoding, UnreadableText } from './decode-text.ts';
import { type Delimiter, detectDelimiter, firstLine } from './delimiter.ts';
import { columnName, plainCell, saidDelimiter, unquoteFormulas } from './spreadsheet.ts';

/** How the file is written: what is needed to write rows in its own form again. */
export type CsvFormat = { readonly columns: readonly string[]; readonly delimiter: Delimiter };

export type ReadCsvOptions = {
  /** Called for everything that is wrong, in file order. Line 0 is the file as a whole, field '' the row as a whole; `ends`: nothing is read any more. */
  readonly onError: (error: FileError, ends: boolean) => void;
  /** Called once, before the first row. */
  readonly onFormat?: (format: CsvFormat) => void;
  /** Called once, as soon as a byte beyond ASCII (or the end) shows it. */
  readonly onEncoding?: (encoding: TextEncoding) => void;
  /**
   * Files that must not be opened, whatever they are called: the database. Reading it beside SQLite drops SQLite's locks.
   */
  readonly never?: readonly string[];
};

/** A cell or a row beyond this is an unclosed quote or no CSV. */
const MAX_ROW_CHARS = 1_000_000;

/**
 * Reads a CSV file row by row in constant memory: delimiter `,` `;` or tab, UTF-8 (with or without mark), UTF-16 or
 * CP949, quoted cells with new lines in them, and what spreadsheets do besides (`spreadsheet.ts`). The first row names
 * the columns. Each row comes with the line on which it begins. It never throws for what the file holds: a row with too few or too many cells is reported and left out, a
 * broken quote or broken text is reported and ends the reading. Empty rows are skipped.
 */
export async function* readCsv(
  input: Readable | string,
  options: ReadCsvOptions,
): AsyncGenerator<FileRow, void> {
  for await (const rows of readCsvPieces(input, options)) yield* rows;
}

/**
 * The same, the rows of a piece of the file at a time: a promise a row costs more than reading it. The errors of a piece
 * come before its rows.
 */
export async function* readCsvPieces(
  input: Readable | string,
  options: ReadCsvOptions,
): AsyncGenerator<readonly FileRow[], void> {
  const { onError } = options;
  const wholeFile = (reason: FileFault): void => onError({ line: 0, field: '', reason }, true);
  if (typeof input === 'string') {
    const unfit = unfitPath(input, options.never ?? []);
    if (unfit !== null) {
      wholeFile(unfit);
      return;
    }
  }
  const bytes = typeof input === 'string' ? createReadStream(input) : input;
  try {
    yield* rowReader(options)(bytes);
  } catch (error) {
    if (error instanceof UnreadableText) onError({ line: error.line, field: '', reason: error.fault }, true);
    else if (isSystemError(error)) wholeFile({ code: 'AS_TOLD', text: error.message });
    else throw error;
  } finally {
    bytes.destroy();
  }
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error;

/** Why this is no file to read, or null. `never`: the database, by whatever name; it is compared, not opened. */
export const unfitPath = (path: string, never: readonly string[]): FileFault | null => {
  const unfit = notAFile(path);
  if (unfit !== null) return unfit;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return { code: 'NO_SUCH_FILE' };
  const same = never.some((other) => {
    const forbidden = statSync(other, { throwIfNoEntry: false });
    return forbidden !== undefined && forbidden.ino === stat.ino && forbidden.dev === stat.dev;
  });
  return same ? { code: 'IS_DATABASE' } : null;
};

type RowReader = (bytes: Readable) => AsyncGenerator<readonly FileRow[], void>;

const rowReader = ({ onError, onFormat, onEncoding }: ReadCsvOptions): RowReader => {
  let rows: FileRow[] = [];
  let lastLine = 0;
  let columns: readonly string[] | undefined;
  /** Nothing after a broken quote or header can be trusted. */
  let broken = false;

  const takeHeader = (cells: readonly string[], line: number, delimiter: Delimiter): void => {
    const names = withoutEmptyEnd(cells.map(columnName), 0);
    const problems = headerProblems(names, line);
    for (const problem of problems) onError(problem, true);
    broken = problems.length > 0;
    columns = names;
    if (!broken) onFormat?.({ columns: names, delimiter });
  };

  const takeRow = (cells: readonly string[], lastOfRow: number, delimiter: Delimiter): void => {
    if (broken) return;
    const line = lastOfRow - cells.reduce((sum, cell) => sum + count(cell, '\n'), 0);
    lastLine = lastOfRow;
    if (columns === undefined) {
      takeHeader(cells, line, delimiter);
      return;
    }
    // A spreadsheet ends each row of a wider sheet in empty cells.
    const row = cells.length > columns.length ? withoutEmptyEnd(cells, columns.length) : cells;
    if (row.length !== columns.length) {
      const reason = { code: 'CELLS', cells: row.length, columns: columns.length } as const;
      onError({ line, field: '', reason }, false);
      return;
    }
    const record: Record<string, string> = {};
    for (const [i, column] of columns.entries()) record[column] = plainCell(row[i] ?? '');
    rows.push({ line, record });
  };

  const takeError = (error: CsvError): void => {
    if (!broken) onError({ line: lastLine + 1, field: '', reason: quoteReason(error) }, true);
    broken = true;
  };

  const taken = (): readonly FileRow[] => {
    const before = rows;
    rows = [];
    return before;
  };

  async function* read(bytes: Readable): AsyncGenerator<readonly FileRow[], void> {
    const { head, rest } = await firstLine(decodeText(bytes, onEncoding), MAX_ROW_CHARS);
    const said = saidDelimiter(head);
    const delimiter = said ?? detectDelimiter(head);
    const unquoted = unquoteFormulas(delimiter);
    let isFirst = said !== null;
    const parser = rowParser(delimiter, (cells, line) => takeRow(cells, line, delimiter), takeError);
    for await (const text of rest) {
      // Its line is left empty, so that the others keep their numbers.
      const rows = isFirst ? text.replace(head, '') : text;
      isFirst = false;
      await parser.write(unquoted(rows, false));
      yield taken();
      if (broken) return;
    }
    await parser.write(unquoted('', true));
    if (!broken) await parser.end();
    yield taken();
    if (columns === undefined && !broken) onError({ line: 0, field: '', reason: { code: 'EMPTY' } }, true);
  }

  return read;
};

/** Feeds csv-parse and takes its rows where they are made: its stream of objects costs more than the parsing. */
const rowParser = (
  delimiter: Delimiter,
  onRow: (cells: readonly string[], lastLine: number) => void,
  onError: (error: CsvError) => void,
): { readonly write: (text: string) => Promise<void>; readonly end: () => Promise<void> } => {
  const parser = parse({
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: MAX_ROW_CHARS,
    on_record: (cells, { lines }) => {
      onRow(cells, lines);
      return null;
    },
  });
  // Each call tells of its own.
  parser.on('error', () => {});
  const settled = (act: (done: (error?: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      act((error) => {
        if (error === undefined || error === null) return resolve();
        // It ends at its first fault: behind a broken quote there may be one at each further letter.
        if (!(error instanceof CsvError)) return reject(error);
        onError(error);
        resolve();
      });
    });
  return {
    write: (text) => settled((done) => parser.write(text, done)),
    end: () => settled((done) => parser.end(done)),
  };
};

/** Without the empty cells at its end, but never with less than `least` of them. */
const withoutEmptyEnd = (cells: readonly string[], least: number): readonly string[] => {
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  return cells.slice(0, Math.max(least, last + 1));
};

const headerProblems = (names: readonly string[], line: number): readonly FileError[] => {
  const known = new Set<string>();
  return names.flatMap((name, i): readonly FileError[] => {
    if (name === '') return [{ line, field: '', reason: { code: 'COLUMN_WITHOUT_NAME', column: i + 1 } }];
    if (name === '__proto__') return [{ line, field: name, reason: { code: 'NO_COLUMN_NAME' } }];
    if (known.has(name)) return [{ line, field: name, reason: { code: 'COLUMN_TWICE' } }];
    known.add(name);
    return [];
  });
};

const quoteReason = (error: CsvError): FileFault => {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return { code: 'QUOTE_NOT_CLOSED' };
    case 'CSV_MAX_RECORD_SIZE':
      return { code: 'ROW_TOO_LONG', most: MAX_ROW_CHARS };
    default:
      return { code: 'QUOTE_WRONG' };
  }
};
