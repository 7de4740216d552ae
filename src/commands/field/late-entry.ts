import type { Change } from '../../core/app/change-order.ts';
import { isRefusal } from '../../core/rules/refusal.ts';
import { confirmChange } from '../framework/ask/confirm.ts';
import type { CommandContext } from '../framework/run/context.ts';

/**
 * Reports what happened in the field. When that was more than a day ago the command asks a person, if one can answer;
 * elsewhere it needs -y (exit 2).
 */
export const reportAnyTime = async (
  ctx: CommandContext,
  report: (lateOk: boolean) => Promise<Change>,
): Promise<Change> => {
  try {
    return await report(ctx.globals.yes);
  } catch (error) {
    if (!isRefusal(error, 'LATE_ENTRY') || !ctx.prompts.possible) throw error;
    const { orderId, at } = error.detail;
    await confirmChange(ctx, ctx.t.field.confirmLate(orderId, ctx.view.time(at)));
    return report(true);
  }
};
