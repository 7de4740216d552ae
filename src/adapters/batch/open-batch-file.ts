import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileFault } from '../../core/codes/file-fault.ts';
import type {
  BatchCell,
  BatchFile,
  BatchFileRow,
  BatchFormat,
  BatchPass,
  PassFacts,
} from '../../core/ports/batch-file.ts';
import { ERROR_COLUMNS } from '../../core/ports/batch-file.ts';
import type { FileRow } from '../../core/technicians/technician-file.ts';
import { UnreadableText } from '../csv/decode-text.ts';
import { type CsvFormat, readCsvPieces, unfitPath } from '../csv/read-csv.ts';
import { tapBytes } from './byte-tap.ts';
import { restoredCell } from './formula-cell.ts';
import { readNdjson } from './read-ndjson.ts';
import { readYaml } from './read-yaml.ts';

/** A file, or why it cannot be one. */
export type OpenedBatchFile =
  | { readonly ok: true; readonly file: BatchFile }
  | { readonly ok: false; readonly reason: FileFault };

const BY_EXTENSION: Readonly<Record<string, BatchFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.yaml': 'yaml',
  '.yml': 'yaml',
};

/** Bytes in which a text without an extension must show what it is. */
const SNIFFED_BYTES = 4_096;

/**
 * `never`: files that must not be opened (the database and its ledger). `said`: what the file must be. It is held against
 * what it shows itself to be, by its name or its beginning, so that a later reader takes it for the same.
 */
export const openBatchFile = async (
  given: string,
  { never, said }: { readonly never: readonly string[]; readonly said?: BatchFormat | undefined },
): Promise<OpenedBatchFile> => {
  const path = resolve(given);
  const unfit = unfitPath(path, never);
  if (unfit !== null) return { ok: false, reason: unfit };
  try {
    const shown = BY_EXTENSION[extname(path).toLowerCase()] ?? (await sniff(path));
    const format = shown ?? said ?? 'csv';
    if (said !== undefined && format !== said) {
      return { ok: false, reason: { code: 'OTHER_FORMAT', format, said } };
    }
    return { ok: true, file: batchFile(path, { format, mayBeEmpty: said === 'ndjson' }) };
  } catch (error) {
    if (isSystemError(error)) return { ok: false, reason: { code: 'AS_TOLD', text: error.message } };
    throw error;
  }
};

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error;

/** An object is NDJSON, a list item or a document mark is YAML, everything else CSV. null: it is empty. */
const sniff = async (path: string): Promise<BatchFormat | null> => {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0);
    const text = buffer.toString('utf8', 0, bytesRead).replace(/^\ufeff/, '');
    const [first] = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
    if (first === undefined) return null;
    if (/^\s*[{[]/.test(first)) return 'ndjson';
    return /^(?:- |---)/.test(first) ? 'yaml' : 'csv';
  } finally {
    await file.close();
  }
};

const batchFile = (
  path: string,
  { format, mayBeEmpty }: { readonly format: BatchFormat; readonly mayBeEmpty: boolean },
): BatchFile => {
  let facts: PassFacts = {};
  const onHash = (hash: string): void => {
    facts = { ...facts, hash };
  };
  const bytes = (): Readable => tapBytes(path, { comments: format === 'csv', onHash });
  const csvRows = (pass: BatchPass): AsyncGenerator<readonly BatchFileRow[], void> =>
    readCsvRows(bytes(), pass, (format) => {
      facts = { ...facts, ...format };
    });
  return {
    path,
    format,
    facts: () => facts,
    hash: async () => {
      const hash = createHash('sha256');
      await pipeline(createReadStream(path), hash);
      return hash.digest('hex');
    },
    rows: (pass) => {
      facts = {};
      if (format === 'csv') return csvRows(pass);
      const lines: Reader = (source, told) => readNdjson(source, told, { mayBeEmpty });
      return guarded(format === 'yaml' ? readYaml : lines, bytes(), pass);
    },
  };
};

async function* readCsvRows(
  bytes: Readable,
  { onError }: BatchPass,
  onFormat: (format: CsvFormat) => void,
): AsyncGenerator<readonly BatchFileRow[], void> {
  let columns: readonly string[] = [];
  let isOurs = false;
  const toRow = ({ line, record }: FileRow): BatchFileRow => {
    const cells = new Map<string, BatchCell>();
    for (const name of columns) {
      const text = record[name] ?? '';
      if (text !== '') cells.set(name, isOurs ? restoredCell(text) : text);
    }
    return { line, cells };
  };
  const pieces = readCsvPieces(bytes, {
    onError,
    onFormat: (format) => {
      columns = format.columns;
      isOurs = ERROR_COLUMNS.every((column) => columns.includes(column));
      onFormat(format);
    },
  });
  for await (const rows of pieces) yield rows.map(toRow);
}

type Reader = (
  bytes: AsyncIterable<Uint8Array>,
  pass: BatchPass,
) => AsyncGenerator<readonly BatchFileRow[], void>;

/** Broken text and a file that cannot be read are reported as errors of the file. */
async function* guarded(read: Reader, bytes: Readable, pass: BatchPass): ReturnType<Reader> {
  try {
    yield* read(bytes, pass);
  } catch (error) {
    if (error instanceof UnreadableText)
      pass.onError({ line: error.line, field: '', reason: error.fault }, true);
    else if (isSystemError(error))
      pass.onError({ line: 0, field: '', reason: { code: 'AS_TOLD', text: error.message } }, true);
    else throw error;
  } finally {
    bytes.destroy();
  }
}
