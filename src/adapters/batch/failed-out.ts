import {
  type BatchCell,
  type BatchFile,
  type BatchFileRow,
  ERROR_COLUMNS,
} from '../../core/ports/batch-file.ts';
import type { BatchRow } from '../../core/ports/batches.ts';
import { csvQuoted } from '../../core/values/csv-quoted.ts';
import { jsonText } from '../../core/values/json-text.ts';
import { loadYaml } from '../config/yaml-file.ts';
import { neutralCell } from './formula-cell.ts';

const [CODE, MESSAGE] = ERROR_COLUMNS;

/** Reads a file once more and yields the rows that failed, in the file's own form, with their errors. */
export async function* failedText(
  file: BatchFile,
  failed: AsyncIterable<BatchRow>,
  onCount: (rows: number) => void,
): AsyncGenerator<string, void> {
  const failures = failed[Symbol.asyncIterator]();
  let next = await failures.next();
  let written = 0;
  let columns: readonly string[] | null = null;
  const write = writerOf(file);
  for await (const rows of file.rows({ onError: () => {} })) {
    // Pieces without rows come before the header is read whole: a text is decoded up to its first Korean letter.
    if (rows.length === 0) continue;
    if (columns === null) {
      columns = (file.facts().columns ?? []).filter((name) => !isErrorColumn(name));
      yield write.head(columns);
    }
    for (const row of rows) {
      while (next.done !== true && next.value.line < row.line) next = await failures.next();
      if (next.done === true || next.value.line !== row.line) continue;
      written += 1;
      yield write.row(row, columns, next.value.error ?? { code: '', message: '' });
    }
    if (next.done === true) break;
  }
  onCount(written);
}

const isErrorColumn = (name: string): boolean => ERROR_COLUMNS.some((own) => own === name);

type RowError = { readonly code: string; readonly message: string };
type Writer = {
  readonly head: (columns: readonly string[]) => string;
  readonly row: (row: BatchFileRow, columns: readonly string[], error: RowError) => string;
};

const writerOf = ({ format, facts }: BatchFile): Writer => {
  // Known once the header is read.
  const csv = (cells: readonly string[]): string => csvRow(cells, facts().delimiter ?? ',');
  switch (format) {
    case 'csv':
      return {
        // The mark lets spreadsheets on Korean desks read it as UTF-8.
        head: (columns) => `\ufeff${csv([...columns, ...ERROR_COLUMNS])}`,
        row: ({ cells }, columns, { code, message }) =>
          csv([...columns.map((name) => String(cells.get(name) ?? '')), code, message]),
      };
    case 'ndjson':
      return { head: () => '', row: (row, _columns, error) => `${jsonText(plain(row, error))}\n` };
    case 'yaml': {
      const { stringify } = loadYaml();
      return { head: () => '', row: (row, _columns, error) => stringify([plain(row, error)]) };
    }
  }
};

const plain = ({ cells }: BatchFileRow, { code, message }: RowError): Record<string, BatchCell> => ({
  ...Object.fromEntries([...cells].filter(([name]) => !isErrorColumn(name))),
  [CODE]: code,
  [MESSAGE]: message,
});

/** Exactly the cells that were read, but for what a spreadsheet would run. */
const csvRow = (cells: readonly string[], delimiter: string): string =>
  `${cells
    .map(neutralCell)
    .map((cell) => csvQuoted(cell, [',', ';', '\t']))
    .join(delimiter)}\r\n`;
