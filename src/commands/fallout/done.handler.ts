import { checkDone, type DoneByHand, markDone, rehearseDone } from '../../core/app/fallout/mark-done.ts';
import { readChanged } from '../../core/app/orders/read-details.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { DONE_BY_WORD, serviceNameOf } from '../../core/views/fallout.ts';
import { tone } from '../../faces/cli/terminal/blocks.ts';
import { appDeps, carryOn, changeOptions, pendingNotes, workerNote } from '../changing.ts';
import type { InputOf } from '../framework/parse/descriptor.ts';
import { object } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { type ChangeOutcome, overIds } from '../framework/run/over-ids.ts';
import { orderCard } from '../order/card.ts';
import type { falloutDone } from './done.ts';

type Input = InputOf<typeof falloutDone>;

export const run: Handler<typeof falloutDone> = async (ctx, input) => {
  const [id, ...others] = new Set(input.args.id);
  if (id === undefined) throw new Error('the parser wants an id');
  return others.length === 0 ? one(ctx, id, input) : many(ctx, [id, ...others], input);
};

/** What needs no look at the network is done for many in turn; the rest of their steps is the worker's. */
const many = async (ctx: CommandContext, ids: readonly string[], { flags, change: asked }: Input) => {
  const { t } = ctx;
  const { step, service, neId, reason } = flags;
  if (neId !== undefined) {
    throw new Refusal('USAGE', {
      fault: { code: 'ONE_ORDER', flag: '--ne-id', orNone: false },
      example: null,
    });
  }
  const deps = await appDeps(ctx, asked);
  const options = { ...changeOptions(ctx, asked, { here: false }), wish: { step, service }, neId, reason };
  const change = async (orderId: string): Promise<ChangeOutcome> => {
    const checked = await (asked.dryRun ? rehearseDone : checkDone)(deps, orderId, options);
    if (checked.status === 'already') return { status: 'already', message: t.fallout.doneBefore };
    if (!asked.dryRun) await markDone(await ctx.services.saga(), orderId, options);
    return { status: 'done', message: t.fallout.doneVisit };
  };
  const note = asked.dryRun ? t.common.dryRun : await workerNote(ctx);
  return overIds(ctx, ids, { change, ending: { notes: [note] } });
};

const one = async (ctx: CommandContext, orderId: string, { flags, change: asked }: Input) => {
  const { t } = ctx;
  const { step, reason } = flags;
  const neId = flags.neId ?? (await askNeId(ctx, step));
  const service = flags.service;
  const wanted: DoneByHand = { wish: { step, service }, neId, reason };
  const deps = await appDeps(ctx, asked);
  const options = { ...changeOptions(ctx, asked), ...wanted };
  // What can be refused without the network is, before anything of it is started.
  const checked = await (asked.dryRun ? rehearseDone : checkDone)(deps, orderId, options);
  const isNew = checked.status === 'done' && !asked.dryRun;
  const change = isNew ? await markDone(await ctx.services.saga(), orderId, options) : checked;
  const { process, pending } = await carryOn(ctx, change, asked);
  const name = serviceNameOf(checked.key);
  const sentence = name === null ? t.fallout.doneVisit : t.fallout.done(name);
  return object({
    schema: 'oss.order/1',
    data: await readChanged(deps, { ...change, process }, { showPii: ctx.globals.showPii }),
    id: orderId,
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

/** On a terminal the operator types the id of the service; elsewhere the use case says that it is missing. */
const askNeId = async ({ prompts, t }: CommandContext, step: string): Promise<string | undefined> => {
  if (!prompts.possible || DONE_BY_WORD.has(step)) return undefined;
  const typed = await prompts.input({ message: t.fallout.labels.neId });
  return typed.trim() === '' ? undefined : typed.trim();
};
