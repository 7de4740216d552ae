import type { CommandContext } from '../run/context.ts';
import { EXIT } from '../run/exit-codes.ts';
import { Declined, Failed } from '../run/failure.ts';

/**
 * Asks before something that cannot be taken back. `-y` answers yes; off a terminal `-y` is needed (exit 2). The default
 * is No: throws Declined (exit 6). More than one thing asks for the count to be typed.
 */
export const confirmChange = async (
  ctx: CommandContext,
  message: string,
  options: { readonly count?: number } = {},
): Promise<void> => {
  if (ctx.globals.yes) return;
  if (!ctx.prompts.possible) {
    const { confirmOffTerminal, yesFlag } = ctx.t.prompts;
    throw new Failed('USAGE', EXIT.usage, { what: confirmOffTerminal, why: message, next: yesFlag });
  }
  const count = options.count ?? 1;
  const said =
    count > 1
      ? await ctx.prompts.confirmCount(`${message} ${ctx.t.prompts.typeCount(count)}`, count)
      : await ctx.prompts.confirm(message);
  if (!said) throw new Declined(message);
};
