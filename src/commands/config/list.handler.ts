import { list } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import { type Entry, entriesHere, valueText } from './entries.ts';
import type { configList } from './list.ts';

export const run: Handler<typeof configList> = async (ctx, { flags }) => {
  const { columns } = ctx.t.common;
  const { entries, problems } = await entriesHere(ctx);
  for (const problem of problems) await ctx.warn(problem);
  return list<Entry>({
    schema: 'oss.config/1',
    items: entries,
    id: (entry) => entry.key,
    columns: [
      { title: columns.key, drop: 0, cell: (entry) => entry.key },
      { title: columns.value, drop: 0, cell: (entry) => valueText(entry.value) },
      ...(flags.origin ? [{ title: columns.origin, drop: 0, cell: (entry: Entry) => entry.origin }] : []),
    ],
  });
};
