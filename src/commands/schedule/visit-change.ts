import type { Change } from '../../core/app/change-order.ts';
import { awkwardCalls, orderMustBeThere, readVisitOutcome } from '../../core/app/desk/visit-outcome.ts';
import type { VisitStanding } from '../../core/app/desk/visit-standing.ts';
import { daySpanText } from '../../core/time/day-span.ts';
import type { Block } from '../../faces/cli/terminal/blocks.ts';
import { reasonsText } from '../../texts/choice-reason.ts';
import { actorDeps, carryOn, pendingNotes, workerNote } from '../changing.ts';
import type { ChangeFlags } from '../framework/parse/descriptor.ts';
import type { Hint, ListResult } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { type ChangeOutcome, overIds } from '../framework/run/over-ids.ts';
import { whoText } from '../technician/words.ts';
import { exitOfCall, standingNotes, standingText, type Who } from './standing.ts';

/** What the desk asks for one order. */
export type VisitChange = {
  readonly change: (orderId: string) => Promise<Change>;
  /** true: the exit code of one id says how the call (or the booking) went. */
  readonly exits: boolean;
  /** true: what it makes due runs in this process; false: it is left to the worker. */
  readonly here: boolean;
  /** Said when several are left to the worker. */
  readonly bulkNote: string | null;
  /** More hints when one order was changed. */
  readonly hints?: (orderId: string, standing: VisitStanding) => readonly Hint[];
};

/** How it went for the last order that was changed. */
type Told = { readonly standing: VisitStanding; readonly reasons: readonly string[]; readonly who: Who };

/**
 * Proposes, phones or moves for each id. It tells all of one id; several are the worker's, unless the asker waits for them.
 */
export const changeVisits = async (
  ctx: CommandContext,
  ids: readonly string[],
  flags: ChangeFlags,
  visit: VisitChange,
): Promise<ListResult> => {
  const isOne = new Set(ids).size === 1;
  const notes: string[] = [];
  const told: Told[] = [];
  const reading = await actorDeps(ctx, 'read');
  const changeOne = async (orderId: string): Promise<ChangeOutcome> => {
    const change = await visit.change(orderId);
    const runs = visit.here && change.status === 'done';
    if (runs && isOne && !flags.dryRun) await warnOfCall(ctx, change);
    const { process, pending } = runs
      ? await carryOn(ctx, change, flags)
      : { process: change.process, pending: [] };
    const outcome = await readVisitOutcome(reading, change, process);
    const { standing, rejectedMove, reasons, names } = outcome;
    const who: Who = (technicianId) => whoText(technicianId, names.get(technicianId));
    told.push({ standing, reasons, who });
    if (isOne) {
      notes.push(...standingNotes(standing, ctx.view), ...(await pendingNotes(ctx, process, pending)));
    }
    if (rejectedMove !== null) {
      return {
        status: change.status,
        message: ctx.t.schedule.standing.notMoved(rejectedMove),
        exit: EXIT.refused,
      };
    }
    const isLate = flags.wait !== undefined && pending.length > 0;
    const message = standingText(standing, ctx.view, { who, phones: visit.here && flags.dryRun });
    // The log has what the customer agreed to; a person must find who can go there then.
    if (standing.kind === 'no-technician' && change.status === 'done') {
      return { status: 'held', message, exit: EXIT.notFinished };
    }
    const exit = visit.exits ? exitOfCall(standing) : isLate ? EXIT.notFinished : EXIT.done;
    return { status: change.status, message, ...(isOne && !flags.dryRun ? { exit } : {}) };
  };
  const result = await overIds(ctx, ids, {
    check: (orderId) => orderMustBeThere(reading, orderId),
    change: changeOne,
  });
  const [last] = told;
  return {
    ...result,
    notes: [
      ...(result.notes ?? []),
      ...notes,
      ...(visit.here || isOne || flags.dryRun ? [] : await leftNotes(ctx, visit.bulkNote)),
      ...(flags.dryRun ? [ctx.t.common.dryRun] : []),
    ],
    ...(isOne && last !== undefined
      ? { foot: (view: View) => card(last, view), hints: hintsOf(ids, last, visit) }
      : {}),
  };
};

/** Of several orders the worker does the rest. */
const leftNotes = async (ctx: CommandContext, bulkNote: string | null): Promise<readonly string[]> => [
  ...(bulkNote === null ? [] : [bulkNote]),
  await workerNote(ctx),
];

const hintsOf = (ids: readonly string[], { standing }: Told, visit: VisitChange): readonly Hint[] => {
  const [orderId = ''] = ids;
  return visit.hints?.(orderId, standing) ?? [{ command: `status ${orderId}` }];
};

/** The call goes out all the same; but the person who wants it should know what time it is there. */
const warnOfCall = async (ctx: CommandContext, { process }: Change): Promise<void> => {
  const { services, t, view } = ctx;
  const now = ctx.now();
  for (const awkward of awkwardCalls(process, now, services.policy)) {
    await ctx.warn(
      awkward.kind === 'promised'
        ? t.schedule.callbackPromised(view.time(awkward.at))
        : t.schedule.outsideHours(view.clock(now), daySpanText(services.policy.schedule.callingHours)),
    );
  }
};

const card = ({ standing, reasons, who }: Told, view: View): readonly Block[] => {
  const { labels, agreedCall } = view.t.schedule;
  if (!('technicianId' in standing)) return [];
  const rows = [
    [labels.technician, who(standing.technicianId)] as const,
    ...(reasons.length === 0 ? [] : [[labels.why, reasonsText(reasons, view.t)] as const]),
    ...(standing.kind === 'agreed' ? [[labels.call, agreedCall(standing.calls)] as const] : []),
    ...('expiresAt' in standing ? [[labels.hold, view.time(standing.expiresAt)] as const] : []),
  ];
  return [{ kind: 'card', sections: [{ rows }] }];
};
