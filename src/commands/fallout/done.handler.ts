import { tone } from '../../adapters/terminal/blocks.ts';
import { checkDone, type DoneByHand, markDone } from '../../core/app/mark-done.ts';
import { readChanged } from '../../core/app/read-details.ts';
import { serviceNameOf } from '../../core/views/fallout.ts';
import { appDeps, carryOn, changeOptions, pendingNotes } from '../changing.ts';
import type { CommandContext, Handler } from '../framework/context.ts';
import { EXIT } from '../framework/exit-codes.ts';
import { object } from '../framework/result.ts';
import { orderCard } from '../order/card.ts';
import type { falloutDone } from './done.ts';

export const run: Handler<typeof falloutDone> = async (ctx, { args, flags, change: asked }) => {
  const { t } = ctx;
  const { step, reason } = flags;
  const neId = flags.neId ?? (await askNeId(ctx, step));
  const service = flags.service;
  const wanted: DoneByHand = { wish: { step, service }, neId, reason };
  const deps = await appDeps(ctx, asked);
  const options = { ...changeOptions(ctx, asked), ...wanted };
  // What can be refused without the network is, before anything of it is started.
  const checked = await checkDone(deps, args.id, options);
  const isNew = checked.status === 'done' && !asked.dryRun;
  const change = isNew ? await markDone(await ctx.services.saga(), args.id, options) : checked;
  const { process, pending } = await carryOn(ctx, change, asked);
  const reading = ctx.globals.showPii ? 'clear' : 'masked';
  const name = serviceNameOf(checked.key);
  const sentence = name === null ? t.fallout.doneVisit : t.fallout.done(name);
  return object({
    schema: 'oss.order/1',
    data: await readChanged(deps, { ...change, process }, { reading, dryRun: asked.dryRun }),
    id: args.id,
    show: (order, view) => [
      ...(change.status === 'done' && !asked.dryRun
        ? [{ kind: 'text' as const, lines: [tone('good', sentence)] }]
        : []),
      ...orderCard(order, view),
    ],
    notes: [
      ...(change.status === 'already' ? [t.fallout.doneBefore] : []),
      ...(asked.dryRun && name !== null && neId !== undefined ? [t.fallout.wouldCheck(name, neId)] : []),
      ...(asked.dryRun ? [t.common.dryRun] : []),
      ...(isNew ? await pendingNotes(ctx, process, pending) : []),
    ],
    exit: asked.wait !== undefined && pending.length > 0 ? EXIT.notFinished : EXIT.done,
  });
};

/** On a terminal the id of a service is asked for; elsewhere the use case says that it is missing. */
const askNeId = async ({ prompts, t }: CommandContext, step: string): Promise<string | undefined> => {
  if (!prompts.possible || step === 'FieldVisit') return undefined;
  const typed = await prompts.input({ message: t.fallout.labels.neId });
  return typed.trim() === '' ? undefined : typed.trim();
};
