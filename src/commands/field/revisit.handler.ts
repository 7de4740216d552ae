import { revisitLater } from '../../core/app/field/field.ts';
import { reportContent } from '../../core/app/field/repeated-report.ts';
import { checkRevisitCode } from '../../core/rules/reason-code-check.ts';
import { REVISIT_CODES } from '../../core/rules/reason-codes.ts';
import { appDeps, changeOptions } from '../changing.ts';
import type { Handler } from '../framework/run/context.ts';
import { afterReport } from './changed.ts';
import { reportAnyTime } from './late-entry.ts';
import { visitToReport } from './own-visit.ts';
import { reasonOf } from './reason.ts';
import type { fieldRevisit } from './revisit.ts';

export const run: Handler<typeof fieldRevisit> = async (ctx, { args, flags, change: asked }) => {
  const { field } = ctx.t;
  const { code: typed, ...given } = flags;
  const about = { id: args.id, command: 'field revisit' };
  // The technician reads which visit it is about before they give the reason.
  const told = typed === undefined && ctx.prompts.possible ? await visitToReport(ctx, about) : undefined;
  const reason = await reasonOf(ctx, 'revisit', { typed, note: given.note, id: args.id });
  const code = checkRevisitCode(reason.code);
  const facts = { ...given, note: reason.note };
  const orderId = await visitToReport(ctx, {
    ...about,
    id: told ?? args.id,
    report: { ...reportContent.revisit(facts, code), key: asked.key },
  });
  const deps = await appDeps(ctx, asked);
  const options = { facts, code, ...changeOptions(ctx, asked) };
  const change = await reportAnyTime(ctx, (lateOk) => revisitLater(deps, orderId, { ...options, lateOk }));
  const { to } = REVISIT_CODES[code];
  return afterReport(ctx, deps, {
    change,
    asked,
    said: {
      sentence: ({ stage }) =>
        stage === 'held' && to !== 'held' ? field.revisitHeld(orderId) : field.revisit(orderId, to),
      already: () => field.already.revisit,
      hints: [{ command: 'field next' }],
    },
  });
};
