import { completionScript } from './completion/script.ts';
import type { completion } from './completion.ts';
import { text } from './framework/print/result.ts';
import type { Handler } from './framework/run/context.ts';

export const run: Handler<typeof completion> = async (ctx, { args }) =>
  text(completionScript(args.shell, ctx.program, ctx.tree));
