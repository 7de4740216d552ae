import { returnVisit } from '../../core/app/field/field.ts';
import { previewReturn } from '../../core/app/field/preview-return.ts';
import { reportContent } from '../../core/app/field/repeated-report.ts';
import { checkReturnCode } from '../../core/rules/reason-code-check.ts';
import type { ReturnCode } from '../../core/rules/reason-codes.ts';
import { appDeps, changeOptions } from '../changing.ts';
import { confirmChange } from '../framework/ask/confirm.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { dayAndTime } from '../order/words.ts';
import { afterReport } from './changed.ts';
import { reportAnyTime } from './late-entry.ts';
import { visitToReport } from './own-visit.ts';
import { reasonOf } from './reason.ts';
import type { fieldReturn } from './return.ts';

export const run: Handler<typeof fieldReturn> = async (ctx, { args, flags, change: asked }) => {
  const { field } = ctx.t;
  const { code: typed, ...given } = flags;
  const about = { id: args.id, command: 'field return' };
  // The technician reads which visit it is about before they give the reason.
  const told = typed === undefined && ctx.prompts.possible ? await visitToReport(ctx, about) : undefined;
  const reason = await reasonOf(ctx, 'return', { typed, note: given.note, id: args.id });
  const code = checkReturnCode(reason.code, reason.note);
  const facts = { ...given, note: reason.note };
  const orderId = await visitToReport(ctx, {
    ...about,
    id: told ?? args.id,
    report: { ...reportContent.return(facts, code), key: asked.key },
  });
  const deps = await appDeps(ctx, asked);
  const shown = await showUndo(ctx, orderId, code, facts.visit);
  if (!shown.already && !asked.dryRun) {
    await confirmChange(ctx, field.confirmReturn(orderId, codeText(ctx, code), shown.services));
  }
  const options = changeOptions(ctx, asked);
  const change = await reportAnyTime(ctx, (lateOk) =>
    returnVisit(deps, orderId, {
      facts,
      code,
      ...options,
      // What was agreed to is what was shown.
      ifVersion: options.ifVersion ?? (ctx.prompts.possible && !ctx.globals.yes ? shown.version : undefined),
      lateOk,
    }),
  );
  return afterReport(ctx, deps, {
    change,
    asked,
    said: {
      sentence: ({ stage }) => (stage === 'returned' ? field.returned(orderId) : field.returning(orderId)),
      already: ({ returnCode }) => field.already.return(returnCode ?? ''),
      hints: [{ command: 'field next' }, { command: `status ${orderId} --watch` }],
    },
  });
};

const codeText = ({ t }: CommandContext, code: ReturnCode): string =>
  `${code}: ${t.reasons.return[code] ?? ''}`;

/** Says on stderr what a return undoes, before the technician confirms it. Throws what the return itself would throw. */
const showUndo = async (
  ctx: CommandContext,
  orderId: string,
  code: ReturnCode,
  visit: number | undefined,
): Promise<{ readonly already: boolean; readonly services: number; readonly version: number }> => {
  const { field } = ctx.t;
  const { services } = ctx;
  const store = await services.store('read');
  const undo = await previewReturn({ ...services, store, writable: () => services.store('write') }, orderId, {
    code,
    visit,
  });
  if (!undo.already) {
    await ctx.note(undo.services.length === 0 ? field.nothingToSwitchOff : field.willSwitchOff);
    for (const { service, neId } of undo.services) await ctx.note(field.switchOff(service, neId));
    if (undo.visit !== null) {
      const { start, technicianId } = undo.visit;
      await ctx.note(field.cancelVisit(dayAndTime(start, ctx.view), technicianId));
    }
  }
  return { already: undo.already, services: undo.services.length, version: undo.version };
};
