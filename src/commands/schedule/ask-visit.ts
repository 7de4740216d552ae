import { readSlots } from '../../core/app/desk/read-slots.ts';
import { reasonsText } from '../../texts/choice-reason.ts';
import { actorDeps } from '../changing.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { slotCell } from '../order/words.ts';
import { whoText } from '../technician/words.ts';

/** What the person has said of the visit so far. */
type Said = {
  readonly technician?: string | undefined;
  readonly prefer?: 'am' | 'pm' | 'evening' | undefined;
};

/** How the customer's word is got: the desk phones now, the worker does in the calling hours, or they have given it. */
export type Way = 'call' | 'hold' | 'agreed';

/** Whether the person is asked for what is missing: of one order, on a terminal, unless they say yes to all. */
export const mayAskVisit = (ctx: CommandContext, ids: readonly string[]): boolean =>
  ctx.prompts.possible && !ctx.globals.yes && new Set(ids).size === 1;

/** The best time of each part of each day of an order, the best first, to choose from, each with who would go and why. null: there is none to choose. */
export const askSlot = async (
  ctx: CommandContext,
  orderId: string,
  { technician, prefer }: Said,
): Promise<{ readonly at: number; readonly technician: string } | null> => {
  const technicianId = technician === undefined || technician === 'auto' ? undefined : technician;
  const { slots } = await readSlots(await actorDeps(ctx, 'read'), orderId, { technicianId, prefer });
  if (slots.length === 0) return null;
  const { ask } = ctx.t.schedule;
  return ctx.prompts.search({
    message: ask.when(orderId),
    choices: slots.map((slot) => ({
      value: { at: Date.parse(slot.start), technician: slot.technicianId },
      name: [
        slotCell(slot, ctx.view),
        whoText(slot.technicianId, slot.technicianName),
        reasonsText(slot.reasons, ctx.t),
      ].join('  '),
    })),
    back: true,
  });
};

/** Asked once the time is known: nobody is phoned without having been shown when. */
export const askWay = (ctx: CommandContext): Promise<Way> => {
  const { ask } = ctx.t.schedule;
  return ctx.prompts.select<Way>({
    message: ask.way,
    choices: [
      { value: 'call', name: ask.ways.call },
      { value: 'hold', name: ask.ways.hold },
      { value: 'agreed', name: ask.ways.agreed },
    ],
    back: true,
  });
};
