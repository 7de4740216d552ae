import { type ImportedTechnician, importTechnicians } from '../../core/app/technicians/technicians.ts';
import { areasWithoutCity } from '../../core/values/area.ts';
import { appDeps } from '../changing.ts';
import { list } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import type { technicianImport } from './import.ts';
import { readTechnicians } from './read-file.ts';

const TONES = { added: 'good', changed: 'good', already: 'dim' } as const;

export const run: Handler<typeof technicianImport> = async (ctx, { args, change }) => {
  const { columns, ...words } = ctx.t.technicians;
  const { technicians, keep, deps } = await readTechnicians(ctx, args.file, () => appDeps(ctx, change));
  const imported = await importTechnicians(deps, technicians, { dryRun: change.dryRun, keep });
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
