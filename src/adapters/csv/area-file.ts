import type { FileError, FileRow } from '../../core/technicians/technician-file.ts';
import { MOST_ROWS, type ParsedAreas, parseAreas } from '../../core/travel/area-file.ts';
import { readCsvPieces } from './read-csv.ts';

/** All areas of a file, or everything that is wrong with it (then there are none to use). */
export type AreaFile = ParsedAreas;

/** `never`: files that must not be opened (the database). */
export const readAreaFile = async (
  path: string,
  { never }: { readonly never: readonly string[] },
): Promise<AreaFile> => {
  const errors: FileError[] = [];
  const rows: FileRow[] = [];
  let columns: readonly string[] | null = null;
  const reading = readCsvPieces(path, {
    onError: (error) => errors.push(error),
    onFormat: (format) => {
      columns = format.columns;
    },
    never,
  });
  for await (const some of reading) {
    rows.push(...some);
    // Whatever more there is, it is too much.
    if (rows.length > MOST_ROWS) break;
  }
  const parsed = columns === null ? null : parseAreas(columns, rows);
  const all = [...errors, ...(parsed?.errors ?? [])].sort((a, b) => a.line - b.line);
  return { file: parsed?.file ?? { kind: 'matrix', rows: [] }, errors: all };
};
