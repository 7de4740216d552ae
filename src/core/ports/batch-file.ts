import type { FileError } from '../technicians/technician-file.ts';

export type BatchFormat = 'csv' | 'ndjson' | 'yaml';

/** A value as text, as it would be typed; a list of texts where the file holds a list. Empty cells are left out. */
export type BatchCell = string | readonly string[];

/** One row as the file has it: column names are not checked yet. */
export type BatchFileRow = {
  /** Line on which the row begins, from 1. */
  readonly line: number;
  readonly cells: ReadonlyMap<string, BatchCell>;
};

/** What a pass found besides its rows. */
export type PassFacts = {
  /** Column names, of CSV files. */
  readonly columns?: readonly string[];
  /** Between cells, of CSV files. */
  readonly delimiter?: string;
  /** SHA-256 of the bytes, hex. Known at the end of a whole pass. */
  readonly hash?: string;
};

export type BatchPass = {
  /**
   * Hears everything that is wrong, in file order. Line 0 is the file as a whole, field '' the row as a whole.
   * `ends`: nothing after it can be read, so that the rest of the file is unknown.
   */
  readonly onError: (error: FileError, ends: boolean) => void;
};

/** A file of rows that can be read again and again, in constant memory (YAML: as a whole, and small). */
export type BatchFile = {
  /** Absolute. */
  readonly path: string;
  readonly format: BatchFormat;
  /**
   * One pass over the rows, some at a time: a promise a row would cost more than the reading. `onError` hears
   * the errors of such a piece before its rows are there. Never throws for what the file holds.
   */
  readonly rows: (pass: BatchPass) => AsyncGenerator<readonly BatchFileRow[], void>;
  /** What the last pass found. */
  readonly facts: () => PassFacts;
  /** SHA-256 of the bytes as they are now, hex. */
  readonly hash: () => Promise<string>;
};

/** Columns that files of failed rows carry; they mean nothing when such a file is read again. */
export const ERROR_COLUMNS = ['error-code', 'error'] as const;
