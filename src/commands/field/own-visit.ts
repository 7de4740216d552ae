import { technicianOf } from '../../core/app/field/field-rules.ts';
import { ownVisits, visitsOfDay } from '../../core/app/field/field-visits.ts';
import { type ReportContent, repeatedReport } from '../../core/app/field/repeated-report.ts';
import type { OrderView } from '../../core/ports/order-view.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { toLocal } from '../../core/time/zone.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { dayAndTime } from '../order/words.ts';
import { readingDeps } from './reading.ts';

type Asked = {
  /** What was typed. */
  readonly id: string | undefined;
  readonly command: string;
  /** What is to be reported, to know it again; undefined: it may be said twice without harm. */
  readonly report?: ReportContent & { readonly key: string | undefined };
  /** false: what is typed again is a new report once the technician is on site elsewhere. */
  readonly evidence?: boolean;
};

/**
 * The order that a report of the field is about: the one that was typed, else the technician's visit that is going on,
 * else their next one; which one is said on stderr. Throws Refusal NO_CURRENT_VISIT, USAGE, MISSING_FLAGS.
 */
export const visitToReport = async (ctx: CommandContext, asked: Asked): Promise<string> => {
  if (asked.id !== undefined) return asked.id;
  const { field } = ctx.t;
  const { actor } = ctx.services;
  const technicianId = technicianOf(actor);
  if (technicianId === null) return pickVisit(ctx, asked.command);
  const { deps } = await readingDeps(ctx);
  const { onSite, next } = await ownVisits(deps, technicianId);
  const mayRepeat = asked.evidence === true || onSite.length === 0 || asked.report?.key !== undefined;
  const same = asked.report !== undefined && mayRepeat ? await repeatedReport(deps, asked.report) : null;
  if (same !== null) {
    await ctx.note(field.takesSame(same));
    return same;
  }
  if (onSite.length > 1) return oneOf(ctx, asked.command, onSite);
  const [current] = onSite;
  const [first] = next;
  const taken = current ?? first;
  if (taken === undefined) throw new Refusal('NO_CURRENT_VISIT', { actor });
  const said = wordsOf(ctx, taken);
  await ctx.note(current === undefined ? field.takesNext(said) : field.takesCurrent(said));
  return taken.orderId;
};

const wordsOf = ({ view }: CommandContext, { orderId, visit }: OrderView): string =>
  visit === null ? orderId : `${orderId}, ${dayAndTime(visit.start, view)}`;

const oneOf = async (ctx: CommandContext, command: string, views: readonly OrderView[]): Promise<string> => {
  const { field } = ctx.t;
  if (ctx.prompts.possible) {
    const choices = views.map((view) => ({ value: view.orderId, name: wordsOf(ctx, view) }));
    return ctx.prompts.search({ message: field.which, choices });
  }
  const orders = views.map(({ orderId }) => orderId).join(', ');
  throw new Refusal('USAGE', {
    message: field.several(orders),
    example: `${command} ${views[0]?.orderId ?? ''}`,
  });
};

/** Nobody's own visit: on a terminal it is picked from the visits of the day. */
const pickVisit = async (ctx: CommandContext, command: string): Promise<string> => {
  const { field, stages, prompts } = ctx.t;
  const missing = new Refusal('MISSING_FLAGS', {
    command,
    flags: [`<id> (${field.asTechnician})`],
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
