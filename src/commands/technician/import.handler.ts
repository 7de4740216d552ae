import { basename } from 'node:path';
import { type ImportedTechnician, importTechnicians } from '../../core/app/technicians/technicians.ts';
import type { FileError } from '../../core/technicians/technician-file.ts';
import { areasWithoutCity } from '../../core/values/area.ts';
import { inWords } from '../../texts/coded.ts';
import { appDeps } from '../changing.ts';
import { list } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { Failed } from '../framework/run/failure.ts';
import type { technicianImport } from './import.ts';

const TONES = { added: 'good', changed: 'good', already: 'dim' } as const;
const OPTIONAL = ['daysOff', 'active'] as const;

export const run: Handler<typeof technicianImport> = async (ctx, { args, change }) => {
  const { columns, ...words } = ctx.t.technicians;
  const { technicians, errors, columns: given } = await ctx.services.technicianFile(args.file);
  if (errors.length > 0) throw invalidFile(ctx, args.file, errors);
  const imported = await importTechnicians(await appDeps(ctx, change), technicians, {
    dryRun: change.dryRun,
    keep: OPTIONAL.filter((column) => !given.includes(column)),
  });
  const count = (status: ImportedTechnician['status']): number =>
    imported.filter((one) => one.status === status).length;
  return list<ImportedTechnician>({
    schema: 'oss.technician-import/1',
    items: imported,
    id: ({ technicianId }) => technicianId,
    columns: [
      { title: columns.technician, drop: 0, cell: ({ technicianId }) => technicianId },
      { title: columns.name, drop: 0, cell: ({ name }) => name },
      {
        title: ctx.t.common.columns.status,
        drop: 0,
        cell: ({ status }) => ({ text: words.importStatus[status], tone: TONES[status] }),
      },
      {
        title: columns.changed,
        drop: 1,
        cell: ({ changed }) => changed.map((field) => fieldText(words.fields, field)).join(', '),
      },
    ],
    notes: [
      ...areasWithoutCity(technicians.flatMap(({ areas }) => areas)).map(({ area, cities }) =>
        words.cityMissing(area, cities),
      ),
      words.imported(count('added'), count('changed'), count('already')),
      ...(change.dryRun ? [ctx.t.common.dryRun] : []),
    ],
    hints: [{ command: 'technician list' }],
  });
};

const fieldText = (fields: Readonly<Record<string, string>>, field: string): string => fields[field] ?? field;

const invalidFile = ({ t }: CommandContext, path: string, errors: readonly FileError[]): Failed => {
  const file = basename(path);
  const place = ({ line, field }: FileError): string =>
    [file, ...(line === 0 ? [] : [String(line)])].join(':') + (field === '' ? '' : `: ${field}`);
  const summary = {
    what: t.technicians.fileInvalid(file, errors.length),
    next: t.technicians.fileNext,
  };
  const lines = errors.map((error) => ({ what: `${place(error)}: ${inWords(t.fileFaults, error.reason)}` }));
  return new Failed('INVALID_FILE', EXIT.badFile, [...lines, summary]);
};
