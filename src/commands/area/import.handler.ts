import { basename } from 'node:path';
import { type ImportedAreas, importAreas } from '../../core/app/technicians/areas.ts';
import type { AreaFileRows } from '../../core/travel/area-file.ts';
import { appDeps } from '../changing.ts';
import { confirmChange } from '../framework/ask/confirm.ts';
import { object } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { invalidFile } from '../technician/invalid-file.ts';
import type { areaImport } from './import.ts';

export const run: Handler<typeof areaImport> = async (ctx, { args, change }) => {
  const words = ctx.t.areas;
  const { file, errors } = await ctx.services.areaFile(args.file);
  if (errors.length > 0) throw invalidFile(ctx, args.file, errors);
  await askAboutFar(ctx, file, basename(args.file));
  const imported = await importAreas(await appDeps(ctx, change), file, { dryRun: change.dryRun });
  return object<ImportedAreas>({
    schema: 'oss.area-import/1',
    data: imported,
    id: imported.version,
    show: ({ kind, status, rows, before, version }) => [
      {
        kind: 'text',
        lines: [words.imported[status](words.kinds[kind], rows, before), words.version(version)],
      },
    ],
    notes: [
      ...(imported.unknown.length > 0 ? [words.unknown(imported.unknown)] : []),
      ...imported.ambiguous.map(({ area, candidates }) => words.ambiguous(area, candidates)),
      ...(change.dryRun ? [ctx.t.common.dryRun] : []),
    ],
    hints: [{ command: 'area list --served' }],
  });
};

/** A row far from all others has its numbers swapped or mistyped more often than not: a person says that it is meant. */
const askAboutFar = async (ctx: CommandContext, file: AreaFileRows, name: string): Promise<void> => {
  if (file.kind !== 'places' || file.far.length === 0) return;
  const rows = file.far.map(
    ({ line, place: { area, lat, lon } }) => `${name}:${line}: ${area} ${lat}, ${lon}`,
  );
  await confirmChange(ctx, ctx.t.areas.askFar(rows));
};
