import { completeVisit } from '../../core/app/field/field.ts';
import { reportContent } from '../../core/app/field/repeated-report.ts';
import { appDeps, changeOptions } from '../changing.ts';
import type { Handler } from '../framework/run/context.ts';
import { askEvidence } from './ask-evidence.ts';
import { afterReport } from './changed.ts';
import type { fieldComplete } from './complete.ts';
import { reportAnyTime } from './late-entry.ts';
import { visitToReport } from './own-visit.ts';

export const run: Handler<typeof fieldComplete> = async (ctx, { args, flags, change: asked }) => {
  const { field } = ctx.t;
  const { ont, rx, stb, signedBy, ...facts } = flags;
  const given = { ont, rx, stb, signer: signedBy };
  const orderId = await visitToReport(ctx, {
    id: args.id,
    command: 'field complete',
    report: { ...reportContent.complete(facts, given), key: asked.key },
    hasEvidence: ont !== undefined,
  });
  const deps = await appDeps(ctx, asked);
  const evidence = await askEvidence(ctx, orderId, given);
  const options = { facts, evidence, ...changeOptions(ctx, asked) };
  const change = await reportAnyTime(ctx, (lateOk) => completeVisit(deps, orderId, { ...options, lateOk }));
  return afterReport(ctx, deps, {
    change,
    asked,
    said: {
      sentence: () => field.completed(orderId),
      already: () => field.already.complete,
      hints: [{ command: 'field next' }],
    },
  });
};
