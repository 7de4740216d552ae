import { basename } from 'node:path';
import type { FileError } from '../../core/technicians/technician-file.ts';
import { inWords } from '../../texts/coded.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { detailOf, Failed } from '../framework/run/failure.ts';

/** A file of technicians or areas in which something is wrong: every error with its place, and that nothing was changed. */
export const invalidFile = ({ t }: CommandContext, path: string, errors: readonly FileError[]): Failed => {
  const file = basename(path);
  const place = ({ line, field }: FileError): string =>
    [file, ...(line === 0 ? [] : [String(line)])].join(':') + (field === '' ? '' : `: ${field}`);
  const summary = {
    what: t.technicians.fileInvalid(file, errors.length),
    next: t.technicians.fileNext,
  };
  const lines = errors.map((error) => ({ what: `${place(error)}: ${inWords(t.fileFaults, error.reason)}` }));
  return new Failed('INVALID_FILE', EXIT.badFile, [...lines, summary], {
    details: errors.map(({ line, field, reason }) => detailOf({ line, field, code: reason.code })),
  });
};
