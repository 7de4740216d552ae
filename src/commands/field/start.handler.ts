import { startVisit } from '../../core/app/field/field.ts';
import { appDeps, changeOptions } from '../changing.ts';
import type { Handler } from '../framework/run/context.ts';
import { afterReport } from './changed.ts';
import { reportAnyTime } from './late-entry.ts';
import { visitToReport } from './own-visit.ts';
import type { fieldStart } from './start.ts';

export const run: Handler<typeof fieldStart> = async (ctx, { args, flags, change: asked }) => {
  const { field } = ctx.t;
  const orderId = await visitToReport(ctx, { id: args.id, command: 'field start' });
  const deps = await appDeps(ctx, asked);
  const options = { facts: flags, ...changeOptions(ctx, asked) };
  const change = await reportAnyTime(ctx, (lateOk) => startVisit(deps, orderId, { ...options, lateOk }));
  return afterReport(ctx, deps, {
    change,
    asked,
    said: {
      sentence: () => field.started(orderId),
      already: () => field.already.start,
      hints: [{ command: `field show ${orderId}` }, { command: `field complete ${orderId}` }],
    },
  });
};
