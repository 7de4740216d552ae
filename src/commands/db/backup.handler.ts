import { resolve } from 'node:path';
import { recordBackup } from '../../core/app/audited/record-database.ts';
import { shellWord } from '../../core/values/shell-word.ts';
import { textBlock } from '../../faces/cli/terminal/blocks.ts';
import { object } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import type { dbBackup } from './backup.ts';

export const run: Handler<typeof dbBackup> = async (ctx, { args }) => {
  const { services, t } = ctx;
  const file = resolve(args.file);
  const database = await services.database('write');
  await recordBackup({ ...services, store: database }, file);
  await database.backup(file);
  return object({
    schema: 'oss.backup/1',
    data: { path: database.database, file, at: new Date(services.clock.now()).toISOString() },
    id: file,
    show: (data) => [textBlock(t.db.backedUp(data.file))],
    hints: [{ command: `db verify --against ${shellWord(file)}` }],
  });
};
