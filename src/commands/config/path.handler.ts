import { object } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import type { configPath } from './path.ts';

export const run: Handler<typeof configPath> = async (ctx) => {
  const { settings } = await ctx.configuration.inspect();
  const { file, database } = settings;
  return object({
    schema: 'oss.config-path/1',
    data: { file: file.path, exists: file.exists, database: database.name },
    id: file.path,
    show: (data, { t }) => [
      {
        kind: 'card',
        sections: [
          {
            rows: [
              [t.config.file, data.exists ? data.file : `${data.file} (${t.config.noFile})`],
              [t.config.database, data.database],
            ],
          },
        ],
      },
    ],
  });
};
