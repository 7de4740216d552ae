import { textBlock } from '../../faces/cli/terminal/blocks.ts';
import { object } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import { entriesHere, valueText } from './entries.ts';
import type { configSet } from './set.ts';

export const run: Handler<typeof configSet> = async (ctx, { args }) => {
  const { path, recorded } = await ctx.configuration.set(args.key, args.value);
  const { entries } = await entriesHere(ctx);
  const now = entries.find(({ key }) => key === args.key);
  const data = { key: args.key, value: now?.value ?? args.value, origin: now?.origin ?? `file ${path}` };
  const wins = data.origin.startsWith('file ');
  if (!wins) await ctx.warn(ctx.t.config.overruled(data.origin));
  if (!recorded) await ctx.note(ctx.t.config.notRecorded);
  return object({
    schema: 'oss.setting/1',
    data,
    id: data.key,
    show: (shown) => [textBlock(`${shown.key} = ${wins ? valueText(shown.value) : args.value}  (${path})`)],
  });
};
