import { type GivenAway, takeOffAndGive } from '../../core/app/technicians/give-away.ts';
import type { Occupied } from '../../core/technicians/technician.ts';
import { toLocal } from '../../core/time/zone.ts';
import { assertNever } from '../../core/values/assert-never.ts';
import { appDeps, carryOn, claimsInline, workerNote } from '../changing.ts';
import { failureInZone } from '../framework/print/local-times.ts';
import { list } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { failureOf } from '../framework/run/failure.ts';
import { slotCell } from '../order/words.ts';
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
  const today = toLocal(ctx.now(), ctx.view.tz).date;
  const off = flags.date ?? { from: today, to: today };
  const deps = await appDeps(ctx, change);
  const { status, technician, given } = await takeOffAndGive(deps, args.id, {
    dates: off,
    to: flags.reassign,
    dryRun: change.dryRun,
    claim: claimsInline(ctx, change),
    carryOn: async (changed) => (await carryOn(ctx, changed, change)).process,
  });
  const freed = given.map((one) => freedOf(ctx, one, change.dryRun));
  const moving = freed.some((one) => one.status === 'moving');
  const failed = freed.filter((one) => one.status === 'failed').length;
  const who = whoText(args.id, technician.name);
  const dates = datesText(off);
  return list<Freed>({
    schema: 'oss.technician-off/1',
    items: freed,
    id: ({ orderId }) => orderId,
    extra: { technicianId: args.id, ...off, status },
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

const common = ({ orderId, slot, kind, area, technicianId }: Occupied) => ({
  orderId,
  ...slot,
  kind,
  area,
  technicianId,
});

/** A rehearsal says what the desk will have confirmed. */
const freedOf = (ctx: CommandContext, given: GivenAway, isDry: boolean): Freed => {
  const { visit } = given;
  switch (given.kind) {
    case 'left':
      return { ...common(visit), status: 'left', code: null, message: ctx.t.technicians.moveLeft };
    case 'given': {
      const { visit: stands, move, proposal } = given.process.scheduling;
      const goes = stands ?? proposal;
      const slot = goes?.slot ?? visit.slot;
      const technicianId = move?.technicianId ?? goes?.technicianId ?? visit.technicianId;
      const status = move === null || isDry ? 'moved' : 'moving';
      return { ...common(visit), ...slot, status, technicianId, code: null, message: '' };
    }
    case 'refused': {
      const failure = failureInZone(failureOf(given.refusal, ctx.t, ctx.now()), ctx.view.tz);
      const message = failure.wordings.map(({ what, why }) => why ?? what).join('; ');
      return { ...common(visit), status: 'failed', code: failure.code, message };
    }
    default:
      return assertNever(given);
  }
};
