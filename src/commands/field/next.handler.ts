import { ownVisits } from '../../core/app/field/field-visits.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { technicianOf } from '../../core/values/actor.ts';
import { choicesOf } from '../framework/ask/pickers.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import type { fieldNext } from './next.ts';
import { readingDeps } from './reading.ts';
import { showVisit } from './show.handler.ts';

export const run: Handler<typeof fieldNext> = async (ctx, { flags }) => {
  const technicianId = flags.technician ?? technicianOf(ctx.services.actor) ?? (await pick(ctx));
  const { deps } = await readingDeps(ctx);
  const { onSite, next } = await ownVisits(deps, technicianId);
  const first = onSite[0] ?? next[0];
  if (first === undefined) throw new Refusal('NO_CURRENT_VISIT', { actor: technicianId });
  return showVisit(ctx, first.orderId);
};

const pick = async (ctx: CommandContext): Promise<string> => {
  const choices = ctx.prompts.possible ? await choicesOf('technician', ctx) : [];
  if (choices.length > 0) return ctx.prompts.search({ message: ctx.t.prompts.which.technician, choices });
  throw new Refusal('USAGE', {
    fault: { code: 'WHICH_TECHNICIAN' },
    example: 'field next --technician T-01',
  });
};
