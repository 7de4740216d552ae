import type { Change } from '../../core/app/change-order.ts';
import { type VisitStanding, visitStanding } from '../../core/app/desk/visit-standing.ts';
import type { OrderProcess } from '../../core/process/process.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { nextCallTime } from '../../core/scheduling/calling-hours.ts';
import type { Block } from '../../faces/cli/terminal/blocks.ts';
import { carryOn, isWorkerRunning, pendingNotes } from '../changing.ts';
import type { ChangeFlags } from '../framework/parse/descriptor.ts';
import type { Hint, ListResult } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { type ChangeOutcome, overIds } from '../framework/run/over-ids.ts';
import { whoText } from '../technician/words.ts';
import { exitOfCall, standingNotes, standingText, type Who } from './standing.ts';
import { hoursText, reasonsText } from './words.ts';

/** What the desk asks for one order. */
export type VisitChange = {
  readonly change: (orderId: string) => Promise<Change>;
  /** true: the exit code of one id says how the call (or the booking) went. */
  readonly exits: boolean;
  /** true: what it made due runs at once; false: it is left to the worker. */
  readonly carries: boolean;
  /** Said when several are left to the worker. */
  readonly bulkNote: string | null;
  /** More hints when one order was changed. */
  readonly hints?: (orderId: string, standing: VisitStanding) => readonly Hint[];
};

/** How it went for the last order that was changed. */
type Told = { readonly standing: VisitStanding; readonly reasons: readonly string[]; readonly who: Who };

/**
 * Holds, phones or moves for each id. One id is told in full; several are left to the worker, unless somebody waits for
 * them.
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
  const changeOne = async (orderId: string): Promise<ChangeOutcome> => {
    const change = await visit.change(orderId);
    const carries = visit.carries && change.status === 'done';
    if (carries && isOne) await warnOfCall(ctx, change, flags);
    const recorded = change.events.filter(({ type }) => type === 'CustomerCalled').length;
    const before = change.process.scheduling.calls.length - recorded;
    const { process, pending } = carries
      ? await carryOn(ctx, change, flags)
      : { process: change.process, pending: [] };
    const standing = await standingOf(ctx, process, before);
    const who = await whoOf(ctx, [process]);
    told.push({ standing, reasons: reasonsOf(change, process), who });
    if (isOne) {
      notes.push(...standingNotes(standing, ctx.view), ...(await pendingNotes(ctx, process, pending)));
    }
    const rejected = await rejectedMove(ctx, change, process);
    if (rejected !== null) {
      return {
        status: change.status,
        message: ctx.t.schedule.standing.notMoved(rejected),
        exit: EXIT.refused,
      };
    }
    const isLate = flags.wait !== undefined && pending.length > 0;
    const message = standingText(standing, ctx.view, { who, phones: visit.carries && flags.dryRun });
    // What the customer agreed to is recorded; that nobody can go there then is for a person to mend.
    if (standing.kind === 'no-technician' && change.status === 'done') {
      return { status: 'held', message, exit: EXIT.notFinished };
    }
    const exit = visit.exits ? exitOfCall(standing) : isLate ? EXIT.notFinished : EXIT.done;
    return { status: change.status, message, ...(isOne && !flags.dryRun ? { exit } : {}) };
  };
  const result = await overIds(ctx, ids, {
    check: (orderId) => mustBeThere(ctx, orderId),
    change: changeOne,
  });
  const [last] = told;
  return {
    ...result,
    notes: [
      ...(result.notes ?? []),
      ...notes,
      ...(visit.carries || isOne || flags.dryRun ? [] : await workerNotes(ctx, visit.bulkNote)),
      ...(flags.dryRun ? [ctx.t.common.dryRun] : []),
    ],
    ...(isOne && last !== undefined
      ? { foot: (view: View) => card(last, view), hints: hintsOf(ids, last, visit) }
      : {}),
  };
};

/** Of several orders the worker does the rest. */
const workerNotes = async (ctx: CommandContext, bulkNote: string | null): Promise<readonly string[]> => [
  ...(bulkNote === null ? [] : [bulkNote]),
  (await isWorkerRunning(ctx)) ? ctx.t.changes.workerGoesOn : ctx.t.changes.startWorker(ctx.program),
];

const hintsOf = (ids: readonly string[], { standing }: Told, visit: VisitChange): readonly Hint[] => {
  const [orderId = ''] = ids;
  return visit.hints?.(orderId, standing) ?? [{ command: `status ${orderId}` }];
};

/** All ids are looked up before the first is changed. */
export const mustBeThere = async ({ services }: CommandContext, orderId: string): Promise<void> => {
  const store = await services.store('read');
  if ((await store.read((tx) => tx.views.get(orderId))) === null) {
    throw new Refusal('ORDER_NOT_FOUND', { orderId });
  }
};

/** The desk's code when it refused the move that this change asked for: the old visit stands. */
const rejectedMove = async (
  { services }: CommandContext,
  { events }: Change,
  { orderId, scheduling }: OrderProcess,
): Promise<string | null> => {
  const asked = events.find(({ type }) => type === 'MoveRequested');
  if (asked === undefined || scheduling.move !== null) return null;
  const store = await services.store('read');
  const later = await store.read((tx) => tx.events.load(orderId, asked.version));
  const rejected = later.find((event) => event.type === 'MoveRejected');
  return rejected?.data.code ?? null;
};

const standingOf = async (
  { services }: CommandContext,
  process: OrderProcess,
  callsBefore: number,
): Promise<VisitStanding> => {
  const store = await services.store('read');
  const row = await store.read((tx) => tx.work.get(process.orderId));
  return visitStanding(process, { callsBefore, lane: row?.lanes.tm ?? null });
};

/** Names of everybody that an order's schedule speaks of. */
const whoOf = async ({ services }: CommandContext, processes: readonly OrderProcess[]): Promise<Who> => {
  const ids = processes.flatMap(({ scheduling: { visit, proposal, move } }) =>
    [visit, proposal, move].flatMap((part) => (part === null ? [] : [part.technicianId])),
  );
  const store = await services.store('read');
  const known = await store.read((tx) => Promise.all([...new Set(ids)].map((id) => tx.technicians.get(id))));
  const names = new Map(
    known.flatMap((one) => (one === null ? [] : [[one.technicianId, one.name] as const])),
  );
  return (technicianId) => whoText(technicianId, names.get(technicianId));
};

const reasonsOf = ({ events }: Change, { scheduling }: OrderProcess): readonly string[] => {
  const proposed = events.find((event) => event.type === 'VisitProposed');
  return proposed?.data.reasons ?? scheduling.proposal?.reasons ?? [];
};

/** A person asks for the call, so it is made; but whoever asks should know what time it is there. */
const warnOfCall = async (ctx: CommandContext, { process }: Change, flags: ChangeFlags): Promise<void> => {
  const { services, t, view } = ctx;
  const now = ctx.now();
  const { proposal, callback } = process.scheduling;
  if (flags.dryRun || proposal?.via !== 'desk' || Date.parse(proposal.callAt) > now) return;
  if (callback !== null && Date.parse(callback) > now)
    await ctx.warn(t.schedule.callbackPromised(view.time(callback)));
  if (nextCallTime(now, services.policy) === now) return;
  const hours = hoursText(services.policy.schedule.callingHours);
  await ctx.warn(t.schedule.outsideHours(view.clock(now), hours));
};

const card = ({ standing, reasons, who }: Told, view: View): readonly Block[] => {
  const { labels, agreedCall } = view.t.schedule;
  if (!('technicianId' in standing)) return [];
  const rows = [
    [labels.technician, who(standing.technicianId)] as const,
    ...(reasons.length === 0 ? [] : [[labels.why, reasonsText(reasons, view)] as const]),
    ...(standing.kind === 'agreed' ? [[labels.call, agreedCall(standing.calls)] as const] : []),
    ...('expiresAt' in standing ? [[labels.hold, view.time(standing.expiresAt)] as const] : []),
  ];
  return [{ kind: 'card', sections: [{ rows }] }];
};
