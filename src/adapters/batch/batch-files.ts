import type { BatchFile, BatchFormat } from '../../core/ports/batch-file.ts';
import type { BatchRow } from '../../core/ports/batches.ts';
import { failedText } from './failed-out.ts';
import { type OpenedBatchFile, openBatchFile } from './open-batch-file.ts';
import { isSameFile, type OutputPath, outputPath, writeWhole } from './output-file.ts';
import { removeSpool, type Spool, spool } from './spool.ts';

/** Everything about files of batches that a command may ask for. */
export type BatchFiles = {
  /** Never opens a directory, a FIFO, or the database. `said`: what the file must be; only then an NDJSON one may be empty. */
  readonly open: (path: string, said?: BatchFormat) => Promise<OpenedBatchFile>;
  readonly spool: (stdin: AsyncIterable<Uint8Array>, signal: AbortSignal) => Promise<Spool>;
  /** Removes what was spooled; any other file stays. */
  readonly removeSpool: (path: string) => Promise<void>;
  /** Where a file would be written, and why it cannot be. */
  readonly output: (path: string) => OutputPath;
  readonly isSame: (path: string, other: string) => boolean;
  /** Writes a file as a whole or not at all; only the owner may read it. */
  readonly write: (path: string, text: AsyncIterable<string>) => Promise<void>;
  /** Writes those rows of a file that failed, in its own form, with their errors. `failed`: by line. Returns how many. */
  readonly writeFailed: (path: string, file: BatchFile, failed: AsyncIterable<BatchRow>) => Promise<number>;
};

export const batchFiles = (options: { readonly never: readonly string[] }): BatchFiles => ({
  open: (path, said) => openBatchFile(path, { ...options, said }),
  spool,
  removeSpool,
  output: (path) => outputPath(path, options),
  isSame: isSameFile,
  write: writeWhole,
  writeFailed: async (path, file, failed) => {
    let rows = 0;
    const counted = (n: number): void => {
      rows = n;
    };
    await writeWhole(path, failedText(file, failed, counted));
    return rows;
  },
});
