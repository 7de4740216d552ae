import { applyReplan } from '../../core/app/desk/apply-replan.ts';
import {
  type PlannedVisit,
  type PlanWatch,
  planQueue,
  type QueuePlan,
} from '../../core/app/desk/plan-queue.ts';
import { type ProposedVisit, proposePlan } from '../../core/app/desk/propose-plan.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { appDeps, workerNote } from '../changing.ts';
import { confirmChange } from '../framework/ask/confirm.ts';
import { failureInZone } from '../framework/print/local-times.ts';
import { oneLine } from '../framework/print/one-line.ts';
import { type ListResult, list } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { failureOf } from '../framework/run/failure.ts';
import type { schedulePlan } from './plan.ts';
import { flagOfOther, planComparison } from './plan-comparison.ts';
import { type PlanItem, planBlocks, visitColumns } from './plan-view.ts';

export const run: Handler<typeof schedulePlan> = async (ctx, { args, flags, change }) => {
  const { t } = ctx;
  const deps = await appDeps(ctx, change);
  const orderIds = args.id.length === 0 ? undefined : [...new Set(args.id)];
  const { area, date, effort, iterations, seed } = flags;
  const query = { orderIds, area, date, effort, iterations, seed, replan: flags.replan };
  const watch = planWatch(ctx);
  const shown = (plan: QueuePlan): Shown => ({ plan, isAll: flags.all, isReplan: flags.replan });
  const other = flagOfOther(flags);
  if (other !== null) {
    if (flags.replan) throw notWithReplan(other);
    return planComparison(ctx, flags, { query, watch });
  }
  const plan = await planQueue(deps, query, watch);
  if (ctx.terminal.stderrTty) await ctx.progress(null);
  const preview = [...plan.placed.map(planned), ...plan.unplaced.map(unplaced)];
  // Who cuts a plan off wants to see it first.
  if (plan.search.isCut)
    return planList(ctx, shown(plan), preview, [
      t.schedule.planCut({ ...plan.search, isReplan: flags.replan }),
    ]);
  if (plan.placed.length === 0)
    return planList(ctx, shown(plan), preview, change.dryRun ? [t.common.dryRun] : []);
  if (!ctx.globals.yes && !change.dryRun) {
    if (!ctx.prompts.possible)
      return planList(ctx, shown(plan), preview, [
        flags.replan ? t.schedule.replanPreview : t.schedule.planPreview,
      ]);
    await ctx.preview(planBlocks({ ...shown(plan), items: preview }, ctx.view));
    const n = plan.placed.length;
    await confirmChange(ctx, flags.replan ? t.schedule.replanAsk(n) : t.schedule.planAsk(n));
  }
  const { dryRun } = change;
  const held = flags.replan
    ? await applyReplan(deps, plan.placed, { dryRun })
    : await proposePlan(deps, plan.placed, { dryRun, signal: ctx.signal });
  const items = held.map((one) => itemOf(ctx, one, change.dryRun));
  const failed = items.filter(({ status }) => status === 'failed').length;
  const notes = [
    ...(failed > 0 ? [t.common.someFailed(failed, items.length)] : []),
    change.dryRun ? t.common.dryRun : await workerNote(ctx),
  ];
  const result = planList(ctx, shown(plan), [...items, ...plan.unplaced.map(unplaced)], notes);
  return { ...result, exit: failed > 0 ? EXIT.someFailed : EXIT.done };
};

/** Another world has other times: nothing that stands in this one moves there. */
const notWithReplan = (other: string): Refusal => {
  const fault = { code: 'NOT_TOGETHER', flags: ['--replan', other] } as const;
  return new Refusal('USAGE', { fault, example: null });
};

/** How far the search has come, on a terminal; off one a plan is silent until it is there. */
const planWatch = (ctx: CommandContext): PlanWatch => ({
  told: ({ iteration, iterations, placed, orders }) =>
    ctx.terminal.stderrTty && iteration > 0
      ? ctx.progress(ctx.t.schedule.planThinks(Math.floor((iteration * 100) / iterations), placed, orders))
      : undefined,
  pause: () => new Promise((resolve) => setImmediate(resolve)),
  signal: ctx.signal,
});

/** What would be held in a rehearsal is only planned. */
const itemOf = (ctx: CommandContext, held: ProposedVisit, isDry: boolean): PlanItem => {
  const item = planned(held.visit);
  if (held.kind !== 'refused') {
    const done = held.kind === 'held' && item.stood === 'agreed' ? 'retimed' : held.kind;
    return { ...item, status: isDry && held.kind === 'held' ? 'planned' : done };
  }
  const failure = failureInZone(failureOf(held.refusal, ctx.t, ctx.now()), ctx.view.tz);
  return { ...item, status: 'failed', code: failure.code, message: oneLine(failure.wordings) };
};

const planned = ({
  orderId,
  area,
  slot,
  isLate,
  technicianId,
  technicianName,
  reasons,
  from,
}: PlannedVisit): PlanItem => ({
  orderId,
  status: 'planned',
  area,
  isLate,
  ...slot,
  technicianId,
  technicianName,
  stood: from === null ? 'none' : from.promised === null ? 'held' : 'agreed',
  fromStart: from?.slot.start ?? null,
  fromEnd: from?.slot.end ?? null,
  fromTechnicianId: from?.technicianId ?? null,
  reasons,
  why: [],
  would: [],
  code: null,
  message: null,
});

const unplaced = ({ orderId, area, why, would, isLate }: QueuePlan['unplaced'][number]): PlanItem => ({
  orderId,
  status: 'unplaced',
  area,
  isLate,
  start: null,
  end: null,
  technicianId: null,
  technicianName: null,
  stood: 'none',
  fromStart: null,
  fromEnd: null,
  fromTechnicianId: null,
  reasons: [],
  why,
  would,
  code: null,
  message: null,
});

type Shown = { readonly plan: QueuePlan; readonly isAll: boolean; readonly isReplan: boolean };

const planList = (
  ctx: CommandContext,
  shown: Shown,
  items: readonly PlanItem[],
  notes: readonly string[],
): ListResult => {
  const { schedule } = ctx.t;
  const { plan, isReplan } = shown;
  return list<PlanItem>({
    schema: 'oss.plan/1',
    items,
    id: ({ orderId }) => orderId,
    extra: { load: plan.load, stays: plan.stays, figures: plan.figures, search: plan.search },
    empty: isReplan ? schedule.replanNothing : schedule.planNothing,
    columns: visitColumns(ctx.view, { hasMoves: items.some(({ stood }) => stood !== 'none') }),
    picture: (view) => planBlocks({ ...shown, items }, view),
    notes: [
      // People have read it above.
      ...(items.length === 0 || ctx.format === 'table'
        ? []
        : [schedule.planTitle(plan.placed.length, items.length)]),
      ...notes,
    ],
  });
};
