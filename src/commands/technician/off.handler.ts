import { reassignVisit } from '../../core/app/technicians/reassign.ts';
import { takeOff } from '../../core/app/technicians/technicians.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import type { Occupied } from '../../core/technicians/technician.ts';
import { appDeps, carryOn, claimsInline, isWorkerRunning } from '../changing.ts';
import type { ChangeFlags } from '../framework/parse/descriptor.ts';
import { failureInZone } from '../framework/print/local-times.ts';
import { list } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { failureOf } from '../framework/run/failure.ts';
import { slotCell } from '../schedule/words.ts';
import type { technicianOff } from './off.ts';
import { datesText, whoText } from './words.ts';

/** An item of `oss.technician-off/1`: what became of one visit of those days. */
type Freed = {
  readonly orderId: string;
  readonly start: string;
  readonly end: string;
  readonly kind: 'held' | 'agreed';
  readonly area: string | null;
  /** moving: the desk has still to confirm it. */
  readonly status: 'moved' | 'moving' | 'left' | 'failed';
  /** Who goes there now. */
  readonly technicianId: string;
  readonly code: string | null;
  readonly message: string;
};

const TONES = { moved: 'good', moving: 'warn', left: 'dim', failed: 'bad' } as const;

export const run: Handler<typeof technicianOff> = async (ctx, { args, flags, change }) => {
  const { columns, ...words } = ctx.t.technicians;
  await mustKnow(ctx, args.id, flags.reassign);
  const deps = await appDeps(ctx, change);
  const { status, technician, visits } = await takeOff(deps, args.id, {
    dates: flags.date,
    dryRun: change.dryRun,
  });
  const freed: Freed[] = [];
  // What a customer has agreed to finds somebody first.
  const byKind = [...visits].sort((a, b) => a.kind.localeCompare(b.kind));
  for (const visit of byKind) {
    const left = flags.reassign === 'none' || change.dryRun;
    freed.push(left ? leave(ctx, visit) : await giveAway(ctx, visit, { to: flags.reassign, flags: change }));
  }
  const moving = freed.some((one) => one.status === 'moving');
  const failed = freed.filter((one) => one.status === 'failed').length;
  const who = whoText(args.id, technician.name);
  const dates = datesText(flags.date);
  return list<Freed>({
    schema: 'oss.technician-off/1',
    items: freed,
    id: ({ orderId }) => orderId,
    extra: { technicianId: args.id, from: flags.date.from, to: flags.date.to, status },
    empty: words.nothingToMove,
    exit: failed > 0 ? EXIT.someFailed : EXIT.done,
    head: () => [
      { kind: 'text', lines: [status === 'done' ? words.off(who, dates) : words.alreadyOff(who, dates)] },
    ],
    columns: [
      { title: columns.order, drop: 0, cell: ({ orderId }) => orderId },
      { title: columns.visit, drop: 0, cell: slotCell },
      { title: columns.area, drop: 3, cell: ({ area }) => area ?? '' },
      { title: columns.kind, drop: 2, cell: ({ kind }) => words.kinds[kind] },
      {
        title: ctx.t.common.columns.status,
        drop: 0,
        cell: (one) => ({ text: words.moveStatus[one.status], tone: TONES[one.status] }),
      },
      { title: columns.goes, drop: 0, cell: ({ technicianId }) => technicianId },
      { title: ctx.t.common.columns.message, drop: 1, cell: ({ message }) => message },
    ],
    notes: [
      ...(failed > 0 ? [ctx.t.common.someFailed(failed, freed.length)] : []),
      ...(moving ? [await workerNote(ctx)] : []),
      ...(change.dryRun ? [ctx.t.common.dryRun] : []),
    ],
    hints: freed
      .filter((one) => one.status === 'failed')
      .slice(0, 1)
      .map(({ orderId }) => ({ command: words.moveNext(orderId) })),
  });
};

const workerNote = async (ctx: CommandContext): Promise<string> =>
  (await isWorkerRunning(ctx)) ? ctx.t.changes.workerGoesOn : ctx.t.changes.startWorker(ctx.program);

/** Whoever takes the visits must be known before anything is changed. */
const mustKnow = async ({ services }: CommandContext, id: string, to: string): Promise<void> => {
  if (to === 'auto' || to === 'none') return;
  const store = await services.store('read');
  const technician = await store.read((tx) => tx.technicians.get(to));
  if (technician === null || to === id) throw new Refusal('TECHNICIAN_NOT_FOUND', { technicianId: to });
};

const common = ({ orderId, slot, kind, area, technicianId }: Occupied) => ({
  orderId,
  ...slot,
  kind,
  area,
  technicianId,
});

const leave = ({ t }: CommandContext, visit: Occupied): Freed => ({
  ...common(visit),
  status: 'left',
  code: null,
  message: t.technicians.moveLeft,
});

const giveAway = async (
  ctx: CommandContext,
  visit: Occupied,
  { to, flags }: { readonly to: string; readonly flags: ChangeFlags },
): Promise<Freed> => {
  try {
    const deps = await appDeps(ctx, flags);
    const claim = claimsInline(ctx, flags);
    const change = await reassignVisit(deps, visit, { claim, from: visit.technicianId, to });
    const { process } = await carryOn(ctx, change, flags);
    const { visit: stands, move, proposal } = process.scheduling;
    const goes = stands ?? proposal;
    const status = move === null ? 'moved' : 'moving';
    const slot = goes?.slot ?? visit.slot;
    const technicianId = move?.technicianId ?? goes?.technicianId ?? visit.technicianId;
    return { ...common(visit), ...slot, status, technicianId, code: null, message: '' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const failure = failureInZone(failureOf(error, ctx.t, ctx.now()), ctx.view.tz);
    const message = failure.wordings.map(({ what, why }) => why ?? what).join('; ');
    return { ...common(visit), status: 'failed', code: failure.code, message };
  }
};
