import { completionScript } from './completion/script.ts';
import type { completion } from './completion.ts';
import type { Handler } from './framework/context.ts';
import { text } from './framework/result.ts';

export const run: Handler<typeof completion> = async (ctx, { args }) =>
  text(completionScript(args.shell, ctx.program, ctx.tree));
