import {
  type PlannedVisit,
  type PlanWatch,
  planQueue,
  type QueuePlan,
} from '../../core/app/desk/plan-queue.ts';
import { type ProposedVisit, proposePlan } from '../../core/app/desk/propose-plan.ts';
import type { WhyNoneCode } from '../../core/codes/why-none.ts';
import { type Block, type Cell, tone } from '../../faces/cli/terminal/blocks.ts';
import { reasonsText } from '../../texts/choice-reason.ts';
import { whyNoneText } from '../../texts/why-none.ts';
import { appDeps, workerNote } from '../changing.ts';
import { confirmChange } from '../framework/ask/confirm.ts';
import { failureInZone } from '../framework/print/local-times.ts';
import { oneLine } from '../framework/print/one-line.ts';
import { type ListColumn, type ListResult, list } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { failureOf } from '../framework/run/failure.ts';
import { slotCell } from '../order/words.ts';
import { whoText } from '../technician/words.ts';
import type { schedulePlan } from './plan.ts';
import { asksForOther, planComparison } from './plan-comparison.ts';

/** An item of `oss.plan/1`. */
type PlanItem = {
  readonly orderId: string;
  readonly status: 'planned' | 'held' | 'already' | 'failed' | 'unplaced';
  readonly area: string | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly technicianId: string | null;
  readonly technicianName: string | null;
  /** Why this visit. */
  readonly reasons: readonly string[];
  /** Why none. */
  readonly why: readonly WhyNoneCode[];
  readonly code: string | null;
  readonly message: string | null;
};

export const run: Handler<typeof schedulePlan> = async (ctx, { args, flags, change }) => {
  const { t } = ctx;
  const deps = await appDeps(ctx, change);
  const orderIds = args.id.length === 0 ? undefined : [...new Set(args.id)];
  const { area, date, effort, iterations, seed } = flags;
  const query = { orderIds, area, date, effort, iterations, seed };
  const watch = planWatch(ctx);
  if (asksForOther(flags)) return planComparison(ctx, flags, { query, watch });
  const plan = await planQueue(deps, query, watch);
  if (ctx.terminal.stderrTty) await ctx.progress(null);
  const preview = [...plan.placed.map(planned), ...plan.unplaced.map(unplaced)];
  // Who cuts a plan off wants to see it first.
  if (plan.search.isCut) return planList(ctx, plan, preview, [t.schedule.planCut(plan.search)]);
  if (plan.placed.length === 0) return planList(ctx, plan, preview, change.dryRun ? [t.common.dryRun] : []);
  if (!ctx.globals.yes && !change.dryRun) {
    if (!ctx.prompts.possible) return planList(ctx, plan, preview, [t.schedule.planPreview]);
    await ctx.preview(blocksOf(plan, preview, ctx.view));
    await confirmChange(ctx, t.schedule.planAsk(plan.placed.length));
  }
  const held = await proposePlan(deps, plan.placed, { dryRun: change.dryRun, signal: ctx.signal });
  const items = held.map((one) => itemOf(ctx, one, change.dryRun));
  const failed = items.filter(({ status }) => status === 'failed').length;
  const notes = [
    ...(failed > 0 ? [t.common.someFailed(failed, items.length)] : []),
    change.dryRun ? t.common.dryRun : await workerNote(ctx),
  ];
  const result = planList(ctx, plan, [...items, ...plan.unplaced.map(unplaced)], notes);
  return { ...result, exit: failed > 0 ? EXIT.someFailed : EXIT.done };
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
  if (held.kind !== 'refused')
    return { ...item, status: isDry && held.kind === 'held' ? 'planned' : held.kind };
  const failure = failureInZone(failureOf(held.refusal, ctx.t, ctx.now()), ctx.view.tz);
  return { ...item, status: 'failed', code: failure.code, message: oneLine(failure.wordings) };
};

const planned = ({ orderId, area, slot, technicianId, technicianName, reasons }: PlannedVisit): PlanItem => ({
  orderId,
  status: 'planned',
  area,
  ...slot,
  technicianId,
  technicianName,
  reasons,
  why: [],
  code: null,
  message: null,
});

const unplaced = ({ orderId, area, why }: QueuePlan['unplaced'][number]): PlanItem => ({
  orderId,
  status: 'unplaced',
  area,
  start: null,
  end: null,
  technicianId: null,
  technicianName: null,
  reasons: [],
  why,
  code: null,
  message: null,
});

const planList = (
  ctx: CommandContext,
  plan: QueuePlan,
  items: readonly PlanItem[],
  notes: readonly string[],
): ListResult => {
  const { schedule } = ctx.t;
  return list<PlanItem>({
    schema: 'oss.plan/1',
    items,
    id: ({ orderId }) => orderId,
    extra: { load: plan.load, figures: plan.figures, search: plan.search },
    empty: schedule.planNothing,
    columns: columnsOf(ctx.view),
    foot: (view) => (items.length === 0 ? [] : loadBlocks(plan, view)),
    notes: [
      ...(items.length === 0 ? [] : [schedule.planTitle(plan.placed.length, items.length)]),
      ...(plan.figures.metres === null || plan.placed.length === 0
        ? []
        : [schedule.planRoad(plan.figures.minutes, Math.round(plan.figures.metres / 1_000))]),
      ...notes,
    ],
  });
};

const TONES = { planned: 'plain', held: 'good', already: 'dim', failed: 'bad', unplaced: 'warn' } as const;

const columnsOf = ({ t }: View): readonly ListColumn<PlanItem>[] => {
  const { columns, planStatus, areaUnknown } = t.schedule;
  return [
    { title: columns.order, drop: 0, cell: ({ orderId }) => orderId },
    {
      title: columns.status,
      drop: 0,
      cell: ({ status }) => ({ text: planStatus[status], tone: TONES[status] }),
    },
    { title: columns.area, drop: 3, cell: ({ area }) => area ?? areaUnknown },
    { title: columns.when, drop: 0, cell: whenText },
    {
      title: columns.technician,
      drop: 0,
      cell: ({ technicianId, technicianName }) =>
        technicianId === null ? '' : whoText(technicianId, technicianName),
    },
    { title: columns.why, drop: 0, cell: whyCell },
  ];
};

const whenText = ({ start, end }: PlanItem, view: View): string =>
  start === null || end === null ? '' : slotCell({ start, end }, view);

const whyCell = (item: PlanItem, view: View): Cell => {
  if (item.message !== null) return tone('bad', item.message);
  if (item.why.length === 0) return reasonsText(item.reasons, view.t);
  return tone('warn', item.why.map((code) => whyNoneText(code, view.t.schedule.whyNone)).join(', '));
};

const loadBlocks = ({ load }: QueuePlan, { t }: View): readonly Block[] => {
  const { columns, planLoad, areaUnknown } = t.schedule;
  if (load.length === 0) return [];
  return [
    { kind: 'text', lines: [tone('strong', planLoad)] },
    {
      kind: 'table',
      columns: [
        { title: columns.date, drop: 0 },
        { title: columns.area, drop: 0 },
        { title: columns.before, drop: 0, align: 'right' },
        { title: columns.planned, drop: 0, align: 'right' },
      ],
      rows: load.map(({ date, area, before, planned: added }) => [
        date,
        area ?? areaUnknown,
        String(before),
        `+${added}`,
      ]),
    },
  ];
};

/** What is shown before the question. */
const blocksOf = (plan: QueuePlan, items: readonly PlanItem[], view: View): readonly Block[] => {
  const columns = columnsOf(view);
  const rows = items.map((item) => columns.map(({ cell }) => cell(item, view)));
  return [
    { kind: 'table', columns, rows },
    ...loadBlocks(plan, view),
    { kind: 'text', lines: [view.t.schedule.planTitle(plan.placed.length, items.length)] },
  ];
};
