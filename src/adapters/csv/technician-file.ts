import {
  type FileError,
  type FileRow,
  headerErrors,
  parseTechnicians,
  type TechnicianRows,
} from '../../core/technicians/technician-file.ts';
import { readCsv } from './read-csv.ts';

/** All technicians of a file, or everything that is wrong with it (then there are none to use). */
export type TechnicianFile = TechnicianRows & {
  /** The columns that the file has. */
  readonly columns: readonly string[];
};

/** `never`: files that must not be opened (the database). */
export const readTechnicianFile = async (
  path: string,
  { never }: { readonly never: readonly string[] },
): Promise<TechnicianFile> => {
  const errors: FileError[] = [];
  const rows: FileRow[] = [];
  let columns: readonly string[] = [];
  const reading = readCsv(path, {
    onError: (error) => errors.push(error),
    onFormat: (format) => {
      columns = format.columns;
    },
    never,
  });
  for await (const row of reading) rows.push(row);
  const parsed = parseTechnicians(rows);
  const ofHeader = rows.length === 0 && errors.length === 0 ? headerErrors(columns) : [];
  const all = [...errors, ...ofHeader, ...parsed.errors].sort((a, b) => a.line - b.line);
  return { ...parsed, errors: all, columns };
};
