import type { QueuePlan } from '../../core/app/desk/plan-queue.ts';
import type { Relaxation } from '../../core/assign/relaxations.ts';
import type { WhyNoneCode } from '../../core/codes/why-none.ts';
import { type Block, type Cell, heading, textBlock, tone } from '../../faces/cli/terminal/blocks.ts';
import { RECORDS_UNDER } from '../../faces/cli/terminal/records.ts';
import { reasonsText } from '../../texts/choice-reason.ts';
import { whyNoneText } from '../../texts/why-none.ts';
import type { ListColumn } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import { slotCell } from '../order/words.ts';
import { whoText } from '../technician/words.ts';
import { loadBlocks } from './plan-load-view.ts';
import { wouldText } from './why.handler.ts';

/** An item of `oss.plan/1`. */
export type PlanItem = {
  readonly orderId: string;
  readonly status: 'planned' | 'held' | 'retimed' | 'already' | 'failed' | 'unplaced';
  readonly area: string | null;
  readonly isLate: boolean;
  readonly start: string | null;
  readonly end: string | null;
  readonly technicianId: string | null;
  readonly technicianName: string | null;
  /** How it stood before: a time that was held, or one that was agreed; and that time. */
  readonly stood: 'none' | 'held' | 'agreed';
  readonly fromStart: string | null;
  readonly fromEnd: string | null;
  readonly fromTechnicianId: string | null;
  /** Why this visit. */
  readonly reasons: readonly string[];
  /** Why none, and what alone would place it, the least first. */
  readonly why: readonly WhyNoneCode[];
  readonly would: readonly Relaxation[];
  readonly code: string | null;
  readonly message: string | null;
};

/** So many visits are on the screen, and so many where each takes some lines. */
const SHOWN = 40;
const SHOWN_NARROW = 12;
/** So wide a terminal has room for the areas, and so wide for the reasons of every visit as well; with one time more it takes more. */
const AREA_FROM = 90;
const WHY_FROM = 140;
const WHY_FROM_WITH_MOVES = 170;
/** So many orders are named of those that have no place for one reason. */
const NAMED = 3;

/** What a plan comes to, then who has no place, the worst first, then the days, then who goes where. */
export const planBlocks = (
  {
    plan,
    items,
    isAll,
    isReplan,
  }: {
    readonly plan: QueuePlan;
    readonly items: readonly PlanItem[];
    readonly isAll: boolean;
    readonly isReplan: boolean;
  },
  view: View,
): readonly Block[] => {
  const { planNothing, replanNothing } = view.t.schedule;
  if (items.length === 0) return [textBlock(isReplan ? replanNothing : planNothing)];
  const left = items.filter(({ status }) => status === 'unplaced');
  const failed = items.filter(({ status }) => status === 'failed');
  const visits = items.filter(({ status }) => status !== 'unplaced' && status !== 'failed');
  return [
    textBlock(...summaryLines(plan, items, view)),
    ...visitBlocks(failed, { isAll: true }, view),
    ...leftBlocks(left, view),
    ...loadBlocks(plan, view),
    ...visitBlocks(visits, { isAll }, view),
  ];
};

const summaryLines = (
  { placed, stays, figures, search }: QueuePlan,
  items: readonly PlanItem[],
  view: View,
): readonly Cell[] => {
  const { schedule } = view.t;
  const moves = placed.filter(({ from }) => from !== null).length;
  const { metres, minutes, lateUnplaced, wishes, wishesMet } = figures;
  return [
    tone('strong', schedule.planTitle(placed.length, items.length)),
    ...(moves === 0 && stays === 0 ? [] : [schedule.replanMoves(moves, stays)]),
    ...(lateUnplaced === 0 ? [] : [tone('bad', schedule.planLateLeft(lateUnplaced))]),
    ...(wishes === 0 ? [] : [schedule.planWishes(wishesMet, wishes)]),
    ...(metres === null || placed.length === 0
      ? []
      : [schedule.planRoad(minutes, Math.round(metres / 1_000))]),
    tone('dim', schedule.planMade(search)),
  ];
};

type Group = {
  readonly area: string | null;
  readonly why: readonly WhyNoneCode[];
  /** Of the first of them; null: no single change would place them. */
  readonly least: Relaxation | null;
  /** The least change has another time or technician for others of them. */
  readonly differs: boolean;
  readonly items: readonly PlanItem[];
};

/** Orders of one area that have no place for one reason, and would have one by one kind of change, are a row. */
const groupsOf = (left: readonly PlanItem[]): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const item of left) {
    const { area, why, would } = item;
    const [least = null] = would;
    const key = JSON.stringify([area, why, least?.what]);
    const group = groups.get(key) ?? { area, why, least, differs: false, items: [] };
    const differs = group.differs || JSON.stringify(least) !== JSON.stringify(group.least);
    groups.set(key, { ...group, differs, items: [...group.items, item] });
  }
  return [...groups.values()];
};

const leftBlocks = (left: readonly PlanItem[], view: View): readonly Block[] => {
  if (left.length === 0) return [];
  const { schedule } = view.t;
  const { columns } = schedule;
  return [
    heading(schedule.planLeft(left.length)),
    {
      kind: 'table',
      columns: [
        { title: columns.orders, drop: 0 },
        { title: columns.area, drop: 0 },
        { title: columns.why, drop: 0 },
        { title: columns.would, drop: 0 },
      ],
      rows: groupsOf(left).map(({ area, why, least, differs, items }) => {
        const named = items.slice(0, NAMED).map(({ orderId }) => orderId);
        const late = items.filter(({ isLate }) => isLate).length;
        return [
          tone(late > 0 ? 'bad' : 'warn', schedule.planOrders(named, items.length, late)),
          area ?? schedule.areaUnknown,
          why.map((code) => whyNoneText(code, schedule.whyNone)).join(', '),
          least === null ? schedule.why.nothingAlone : wouldText(least, view, { isExample: differs }),
        ];
      }),
    },
  ];
};

const visitBlocks = (
  visits: readonly PlanItem[],
  { isAll }: { readonly isAll: boolean },
  view: View,
): readonly Block[] => {
  if (visits.length === 0) return [];
  const { schedule } = view.t;
  const columns = visitColumns(view, {
    hasMoves: visits.some(({ stood }) => stood !== 'none'),
    hasFailed: visits.some(({ status }) => status === 'failed'),
  });
  const most = isAll ? visits.length : view.width < RECORDS_UNDER ? SHOWN_NARROW : SHOWN;
  const shown = visits.slice(0, most);
  return [
    { kind: 'table', columns, rows: shown.map((item) => columns.map(({ cell }) => cell(item, view))) },
    ...(shown.length === visits.length
      ? []
      : [textBlock(tone('dim', schedule.planMore(visits.length - shown.length)))]),
  ];
};

const TONES = {
  planned: 'plain',
  held: 'good',
  retimed: 'good',
  already: 'dim',
  failed: 'bad',
  unplaced: 'warn',
} as const;

/** `hasMoves`: some visits have a time already, which is a column then. `hasFailed`: what went wrong is told at every width. */
export const visitColumns = (
  { t, width }: View,
  { hasMoves, hasFailed = false }: { readonly hasMoves: boolean; readonly hasFailed?: boolean },
): readonly ListColumn<PlanItem>[] => {
  const { columns, planStatus, areaUnknown } = t.schedule;
  const hasWhy = hasFailed || width >= (hasMoves ? WHY_FROM_WITH_MOVES : WHY_FROM);
  return [
    { title: columns.order, drop: 0, cell: ({ orderId }) => orderId },
    {
      title: columns.status,
      drop: hasWhy ? 0 : 2,
      cell: ({ status }) => ({ text: planStatus[status], tone: TONES[status] }),
    },
    { title: columns.area, drop: width < AREA_FROM ? 3 : 0, cell: ({ area }) => area ?? areaUnknown },
    { title: columns.when, drop: 0, cell: whenText },
    ...(hasMoves ? [{ title: columns.from, drop: 0, cell: fromText } as const] : []),
    {
      title: columns.technician,
      drop: 0,
      cell: ({ technicianId, technicianName }) =>
        technicianId === null ? '' : whoText(technicianId, technicianName),
    },
    { title: columns.why, drop: hasWhy ? 0 : 4, cell: whyCell },
  ];
};

const whenText = ({ start, end }: PlanItem, view: View): string =>
  start === null || end === null ? '' : slotCell({ start, end }, view);

/** Where it moves from, and who was to go where that is another. */
const fromText = ({ fromStart, fromEnd, fromTechnicianId, technicianId }: PlanItem, view: View): string => {
  if (fromStart === null || fromEnd === null) return '';
  const slot = slotCell({ start: fromStart, end: fromEnd }, view);
  return fromTechnicianId === technicianId ? slot : `${slot} ${fromTechnicianId}`;
};

const whyCell = (item: PlanItem, view: View): Cell => {
  if (item.message !== null) return tone('bad', item.message);
  if (item.why.length === 0) return reasonsText(item.reasons, view.t);
  return tone('warn', item.why.map((code) => whyNoneText(code, view.t.schedule.whyNone)).join(', '));
};
