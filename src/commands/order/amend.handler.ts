import { addressOfOrder } from '../../core/app/orders/area-of-order.ts';
import { amendOrder } from '../../core/app/orders/change-terms.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { appDeps, carryOn, changeOptions, pendingNotes } from '../changing.ts';
import { askSome } from '../framework/ask/ask-some.ts';
import type { Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { orderAmend } from './amend.ts';
import { amendedWords } from './amended-words.ts';
import { resolveArea } from './area.ts';
import { changedOrder } from './changed.ts';

/** All that may be asked for. */
const AMENDABLE = ['internet', 'tv', 'name', 'phone', 'address', 'area'] as const;

export const run: Handler<typeof orderAmend> = async (ctx, { args, flags, change: asked }) => {
  const isSaid = AMENDABLE.some((key) => flags[key] !== undefined);
  const asks = !isSaid && ctx.prompts.possible;
  const told = asks ? await askSome(ctx, { spec: orderAmend, keys: AMENDABLE }, { id: [args.id] }) : {};
  const { internet, tv, name, phone, address, area: given } = { ...flags, ...told };
  if ([internet, tv, name, phone, address, given].every((value) => value === undefined)) {
    throw new Refusal('MISSING_FLAGS', {
      command: 'order amend',
      needs: [{ code: 'SOME_OF', names: ['--internet', '--tv', '--name', '--phone', '--address', '--area'] }],
      example: 'order amend 42 --tv 2',
    });
  }
  const deps = await appDeps(ctx, asked);
  const lies = address ?? (given === undefined ? undefined : await addressOfOrder(deps, args.id));
  const area =
    lies === undefined
      ? undefined
      : await resolveArea(ctx, deps, { address: lies, given, isTyped: address !== undefined });
  const amended = await amendOrder(deps, args.id, {
    ...changeOptions(ctx, asked),
    amendment: { lines: { internet, tv }, name, phone, address, area },
  });
  const { process, pending } = await carryOn(ctx, amended, asked);
  return changedOrder(ctx, deps, {
    change: { ...amended, process },
    asked,
    done: ctx.t.orders.sentence.amended(
      args.id,
      amendedWords(amended.events, { name, phone, address }, ctx.t),
    ),
    ending: {
      notes: await pendingNotes(ctx, process, pending),
      exit: asked.wait !== undefined && pending.length > 0 ? EXIT.notFinished : EXIT.done,
    },
  });
};
