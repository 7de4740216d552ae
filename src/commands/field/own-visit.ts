import { visitsOfDay } from '../../core/app/field/field-visits.ts';
import { type ReportMeant, visitMeant } from '../../core/app/field/visit-meant.ts';
import type { OrderView } from '../../core/ports/order-view.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { toLocal } from '../../core/time/zone.ts';
import { assertNever } from '../../core/values/assert-never.ts';
import { actorDeps } from '../changing.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { dayAndTime } from '../order/words.ts';
import { readingDeps } from './reading.ts';

type Asked = {
  /** What was typed. */
  readonly id: string | undefined;
  readonly command: string;
  readonly report?: ReportMeant['report'];
  readonly hasEvidence?: boolean;
};

/**
 * The order that a report of the field is about: the one that was typed, else the visit that the technician means
 * (`visitMeant`), which this says on stderr. Throws Refusal NO_CURRENT_VISIT, USAGE, MISSING_FLAGS.
 */
export const visitToReport = async (ctx: CommandContext, asked: Asked): Promise<string> => {
  if (asked.id !== undefined) return asked.id;
  const { field } = ctx.t;
  const { report, hasEvidence = false } = asked;
  const meant = await visitMeant(await actorDeps(ctx, 'read'), { report, hasEvidence });
  switch (meant.kind) {
    case 'nobodys':
      return pickVisit(ctx, asked.command);
    case 'several':
      return oneOf(ctx, asked.command, meant.views);
    case 'same':
      await ctx.note(field.takesSame(meant.orderId));
      return meant.orderId;
    case 'current':
      await ctx.note(field.takesCurrent(wordsOf(ctx, meant.view)));
      return meant.view.orderId;
    case 'next':
      await ctx.note(field.takesNext(wordsOf(ctx, meant.view)));
      return meant.view.orderId;
    default:
      return assertNever(meant);
  }
};

const wordsOf = ({ view }: CommandContext, { orderId, visit }: OrderView): string =>
  visit === null ? orderId : `${orderId}, ${dayAndTime(visit.start, view)}`;

const oneOf = async (ctx: CommandContext, command: string, views: readonly OrderView[]): Promise<string> => {
  const { field } = ctx.t;
  if (ctx.prompts.possible) {
    const choices = views.map((view) => ({ value: view.orderId, name: wordsOf(ctx, view) }));
    return ctx.prompts.search({ message: field.which, choices });
  }
  const orderIds = views.map(({ orderId }) => orderId);
  throw new Refusal('USAGE', {
    fault: { code: 'SEVERAL_VISITS', orderIds },
    example: `${command} ${orderIds[0] ?? ''}`,
  });
};

/** The reporter has no visits of their own: on a terminal they pick one of the day's. */
const pickVisit = async (ctx: CommandContext, command: string): Promise<string> => {
  const { stages, prompts } = ctx.t;
  const missing = new Refusal('MISSING_FLAGS', {
    command,
    needs: [{ code: 'ORDER_OR_TECHNICIAN', name: '<id>' }],
    example: `${command} 42`,
  });
  if (!ctx.prompts.possible) throw missing;
  const { deps, options } = await readingDeps(ctx);
  const { date } = toLocal(ctx.now(), ctx.view.tz);
  const visits = await visitsOfDay(deps, {
    ...options,
    showPii: false,
    technicianId: undefined,
    date,
    overdue: true,
  });
  if (visits.length === 0) throw missing;
  return ctx.prompts.search({
    message: prompts.which.order,
    choices: visits.map(({ orderId, start, stage, technicianId, customer }) => ({
      value: orderId,
      name: [
        orderId,
        dayAndTime(start, ctx.view),
        stages.stage[stage],
        technicianId,
        customer.name ?? '',
      ].join('  '),
    })),
  });
};
