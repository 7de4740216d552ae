import { basename } from 'node:path';
import { orderPlacedWith } from '../../core/app/batch/run-row.ts';
import type { FileFault } from '../../core/codes/file-fault.ts';
import type { BatchFile } from '../../core/ports/batch-file.ts';
import type { Store } from '../../core/ports/store.ts';
import { inWords } from '../../texts/coded.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { detailOf, Failed } from '../framework/run/failure.ts';
import type { RowChecker } from './check-row.ts';
import { type FileRowsOptions, filePieces } from './file-rows.ts';
import type { RowProblem } from './row-problem.ts';
import type { ToldError } from './told-error.ts';

/** So many errors are shown; all are counted. */
const SHOWN_ERRORS = 50;
/** Between two looks at the clock of the progress line, rows. */
const TELL_EVERY = 5_000;

/** What the first pass found. */
export type FileCheck = {
  readonly rows: number;
  /** Rows with errors; some errors are about the file as a whole and no row. */
  readonly invalidRows: number;
  readonly errors: number;
  /** The first ones. */
  readonly shown: readonly ToldError[];
  /** The file ends in something unreadable: what comes after it is unknown. */
  readonly isBroken: boolean;
  readonly hash: string;
};

export type CheckFileOptions = {
  readonly check: RowChecker;
  /** Where orders are looked up that rows name by key. */
  readonly store: Store;
  readonly checkKey?: FileRowsOptions['checkKey'];
  /** What is wrong with the columns of a file that has no row to show what it is. */
  readonly checkHeader: (columns: readonly string[]) => readonly RowProblem[];
};

/** The first pass: checks every row of a file and changes nothing. */
export const checkFile = async (
  ctx: CommandContext,
  file: BatchFile,
  { check, store, checkKey, checkHeader }: CheckFileOptions,
): Promise<FileCheck> => {
  const { t } = ctx;
  const shown: ToldError[] = [];
  let errors = 0;
  let isBroken = false;
  let rows = 0;
  let invalidRows = 0;
  let toldAt = 0;
  const onError = (error: ToldError, ends: boolean): void => {
    errors += 1;
    isBroken ||= ends;
    if (shown.length < SHOWN_ERRORS) shown.push(error);
  };
  for await (const piece of filePieces(file, { check, t, onError, checkKey })) {
    ctx.signal.throwIfAborted();
    for (const row of piece.rows) {
      rows += 1;
      if (row.kind === 'invalid') invalidRows += 1;
    }
    for (const { line, orderKey } of piece.elsewhere) {
      if ((await orderPlacedWith({ store }, orderKey)) !== null) continue;
      onError(
        { line, field: 'orderKey', reason: t.batch.problem.orderKeyUnknown, code: 'ORDER_KEY_UNKNOWN' },
        false,
      );
      invalidRows += 1;
    }
    const isDue = rows >= toldAt + TELL_EVERY;
    if (!isDue) continue;
    toldAt = rows;
    if (ctx.terminal.stderrTty) await ctx.progress(t.batch.checking(rows));
  }
  if (rows >= TELL_EVERY) await ctx.progress(null);
  const { hash, columns } = file.facts();
  if (rows === 0 && errors === 0 && columns !== undefined) {
    // Nothing of it can be passed over: without rows the header is all that there is.
    for (const problem of checkHeader(columns)) onError({ line: 0, ...problem }, true);
  }
  shown.sort((a, b) => a.line - b.line);
  return { rows, invalidRows, errors, shown, isBroken: isBroken || hash === undefined, hash: hash ?? '' };
};

/** `orders.csv:3: phone: expected …` */
export const errorLine = (path: string, { line, field, reason }: ToldError): string => {
  const where = line === 0 ? basename(path) : `${basename(path)}:${line}`;
  return field === '' ? `${where}: ${reason}` : `${where}: ${field}: ${reason}`;
};

/** A file that is refused as a whole: nothing was done. Exit 65. */
export const invalidFile = ({ t }: CommandContext, path: string, found: FileCheck): Failed =>
  new Failed(
    'INVALID_FILE',
    EXIT.badFile,
    [
      ...found.shown.map((error) => ({ what: errorLine(path, error) })),
      {
        what: t.batch.invalid(basename(path), found.errors),
        next: found.isBroken ? t.batch.invalidNextFatal : t.batch.invalidNext,
      },
    ],
    { details: found.shown.map(detailOf) },
  );

/** A file that cannot even be opened. Exit 65. */
export const unreadableFile = ({ t }: CommandContext, path: string, fault: FileFault): Failed =>
  new Failed(
    'INVALID_FILE',
    EXIT.badFile,
    {
      what: t.batch.cannotRead(path),
      why: inWords(t.fileFaults, fault),
      next: t.batch.invalidNextFatal,
    },
    { details: [detailOf({ line: 0, field: '', code: fault.code })] },
  );
