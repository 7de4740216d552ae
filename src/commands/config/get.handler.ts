import { Refusal } from '../../core/rules/refusal.ts';
import { nearest } from '../../core/values/nearest.ts';
import { textBlock } from '../../faces/cli/terminal/blocks.ts';
import { object } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import { entriesHere, valueText } from './entries.ts';
import type { configGet } from './get.ts';

export const run: Handler<typeof configGet> = async (ctx, { args }) => {
  const { entries, problems } = await entriesHere(ctx);
  for (const problem of problems) await ctx.warn(problem);
  const entry = entries.find(({ key }) => key === args.key);
  if (entry === undefined) {
    const suggestion = nearest(
      args.key,
      entries.map(({ key }) => key),
    );
    throw new Refusal('CONFIG_UNKNOWN_KEY', { key: args.key, origin: 'config get', suggestion });
  }
  return object({
    schema: 'oss.setting/1',
    data: entry,
    id: entry.key,
    show: (data) => [textBlock(valueText(data.value))],
  });
};
