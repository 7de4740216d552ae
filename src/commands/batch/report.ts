import { extname } from 'node:path';
import type { BatchSummary } from '../../core/app/batch/read-batches.ts';
import type { BatchRow } from '../../core/ports/batches.ts';
import { jsonText } from '../../core/values/json-text.ts';
import { csvLine } from '../../faces/cli/terminal/csv.ts';
import { safeLine } from '../../faces/cli/terminal/safe-text.ts';
import { type RowItem, rowItem } from './row-item.ts';

export type ReportFormat = 'json' | 'csv' | 'xml';

/** By the file's name; null: none of them. */
export const reportFormat = (path: string): ReportFormat | null => {
  const format = extname(path).slice(1).toLowerCase();
  return format === 'json' || format === 'csv' || format === 'xml' ? format : null;
};

/** A report on every row of a batch, in pieces. */
export const reportText = (
  format: ReportFormat,
  summary: BatchSummary,
  rows: AsyncIterable<BatchRow>,
): AsyncGenerator<string, void> => {
  const writers = { json: jsonReport, csv: csvReport, xml: junitReport } as const;
  return writers[format](summary, rows);
};

/** `oss.batch-rows/1` with the batch's figures before the items. */
async function* jsonReport(
  summary: BatchSummary,
  rows: AsyncIterable<BatchRow>,
): AsyncGenerator<string, void> {
  yield `${jsonText({ schema: 'oss.batch-rows/1', batch: summary }).slice(0, -1)},"items":[`;
  let separator = '\n';
  for await (const row of rows) {
    yield `${separator}${jsonText(rowItem(row))}`;
    separator = ',\n';
  }
  yield '\n],"nextCursor":null}\n';
}

const CSV_COLUMNS = ['line', 'op', 'key', 'state', 'orderId', 'code', 'message'] as const;

async function* csvReport(
  _summary: BatchSummary,
  rows: AsyncIterable<BatchRow>,
): AsyncGenerator<string, void> {
  yield csvLine(CSV_COLUMNS);
  for await (const row of rows) {
    const item: RowItem = rowItem(row);
    yield csvLine(CSV_COLUMNS.map((column) => item[column]));
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 has no way to write most control characters: safeLine has taken them out. */
const xml = (text: string): string =>
  safeLine(text)
    .replace(/[\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/** JUnit, which build servers and test viewers show: a row is a test case. */
async function* junitReport(
  summary: BatchSummary,
  rows: AsyncIterable<BatchRow>,
): AsyncGenerator<string, void> {
  const { batchId, rows: tests, failed, skipped, pending, startedAt } = summary;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  const counts = `tests="${tests - pending}" failures="${failed}" errors="0" skipped="${skipped}"`;
  yield `<testsuite name="${xml(batchId)}" ${counts} timestamp="${xml(startedAt.slice(0, 19))}">\n`;
  for await (const row of rows) {
    const { op, key, line, state, code, message } = rowItem(row);
    const name = key === null ? `line ${line}` : `line ${line}: ${key}`;
    const head = `  <testcase classname="${xml(op === '' ? 'unknown' : op)}" name="${xml(name)}"`;
    if (state === 'failed') {
      yield `${head}><failure type="${xml(code ?? '')}" message="${xml(message ?? '')}"/></testcase>\n`;
    } else {
      yield state === 'skipped' ? `${head}><skipped/></testcase>\n` : `${head}/>\n`;
    }
  }
  yield '</testsuite>\n';
}
