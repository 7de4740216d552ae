import { type Overview, readOverview } from '../../core/app/overview/overview.ts';
import { STAGES } from '../../core/rules/stage.ts';
import { iso } from '../../core/time/iso.ts';
import { processName } from '../../core/values/process-name.ts';
import type { OrderSummary } from '../../core/views/order-summary.ts';
import { type Block, type Cell, tone } from '../../faces/cli/terminal/blocks.ts';
import { inWords } from '../../texts/coded.ts';
import { type BreakerItem, breakerItem } from '../breaker/row.ts';
import { actorDeps } from '../changing.ts';
import { type Hint, type ListResult, list, type ObjectResult, object } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { orderColumns } from '../order/columns.ts';
import { causeText } from '../order/words.ts';

type WorkerItem = {
  readonly owner: string;
  readonly host: string;
  readonly running: boolean;
  readonly startedAt: string;
  readonly beatAt: string;
  readonly concurrency: number;
  readonly inFlight: number;
};

/** `oss.overview/1` */
export type OverviewData = Omit<Overview, 'breakers' | 'workers' | 'comparison'> & {
  readonly breakers: readonly BreakerItem[];
  readonly workers: readonly WorkerItem[];
  readonly comparison: ComparisonItem | null;
};

/** The last comparison with the peers. `complete` false: it saw not everything, or has not ended. */
type ComparisonItem = {
  readonly at: string;
  readonly complete: boolean;
  /** What it left to people. */
  readonly findings: number;
};

const overviewData = async (ctx: CommandContext, limit: number): Promise<OverviewData> => {
  const { services } = ctx;
  const found = await readOverview(await actorDeps(ctx, 'read'), {
    breakers: services.breakers,
    limit,
  });
  const { breakers, workers, comparison, items, nextCursor, ...counts } = found;
  return {
    ...counts,
    breakers: breakers.map(breakerItem),
    workers: workers.map(({ owner, state, startedAt, beatAt, concurrency, inFlight }) => ({
      owner,
      host: processName(owner).host,
      running: state === 'running',
      startedAt: iso(startedAt),
      beatAt: iso(beatAt),
      concurrency,
      inFlight,
    })),
    comparison: comparison === null ? null : comparisonItem(comparison),
    items,
    nextCursor,
  };
};

const comparisonItem = ({ last, findings }: NonNullable<Overview['comparison']>): ComparisonItem => ({
  at: iso(last.beganAt),
  complete: last.endedAt !== null && last.failure === null && last.gaps.length === 0,
  findings,
});

const LISTED = 20;

/** The overview once: its counts above a list of the open orders. */
export const overviewList = async (ctx: CommandContext, limit = LISTED): Promise<ListResult> => {
  const { items, nextCursor, ...counts } = await overviewData(ctx, limit);
  return list<OrderSummary>({
    schema: 'oss.overview/1',
    extra: counts,
    head: (view) => headBlocks(counts, view),
    items,
    id: ({ orderId }) => orderId,
    columns: orderColumns(ctx.t),
    empty: ctx.t.overview.noOrders,
    nextCursor: () => nextCursor,
    hints: hintsOf(ctx, items.length, counts),
  });
};

/** Every figure of the head that needs a person leads to its list. */
const hintsOf = (
  { t }: CommandContext,
  listed: number,
  { late, heldByCause, inDoubt }: Pick<Counts, 'late' | 'heldByCause' | 'inDoubt'>,
): readonly Hint[] => [
  ...(listed === 0 ? [{ command: 'order new', why: t.overview.startWith }] : []),
  ...(late.hazard + late.critical > 0 ? [{ command: 'order list --late' }] : []),
  ...(Object.keys(heldByCause).length > 0 ? [{ command: 'fallout list' }] : []),
  ...(inDoubt > 0 ? [{ command: 'order list --in-doubt' }] : []),
];

/** One frame of the watched overview. */
export const overviewFrame = async (ctx: CommandContext, limit = LISTED): Promise<ObjectResult> => {
  const data = await overviewData(ctx, limit);
  const columns = orderColumns(ctx.t);
  return object({
    schema: 'oss.overview/1',
    data,
    id: data.items.map(({ orderId }) => orderId).join('\n'),
    show: ({ items, ...counts }, view) => [
      ...headBlocks(counts, view),
      {
        kind: 'table',
        columns,
        rows: items.map((item) => columns.map((column) => column.cell(item, view))),
        empty: ctx.t.overview.noOrders,
      },
    ],
  });
};

type Counts = Omit<OverviewData, 'items' | 'nextCursor'>;

const headBlocks = (counts: Counts, view: View): readonly Block[] => {
  const { t } = view;
  const { labels, ...words } = t.overview;
  const { openByStage, late, heldByCause } = counts;
  const isLate = late.hazard + late.critical > 0;
  const rows: readonly (readonly [string, Cell])[] = [
    [labels.open, String(counts.open)],
    [
      labels.stages,
      STAGES.flatMap((stage) =>
        openByStage[stage] === undefined ? [] : [`${t.stages.stage[stage]} ${openByStage[stage]}`],
      ).join(', '),
    ],
    [
      labels.late,
      isLate
        ? tone(late.critical > 0 ? 'bad' : 'warn', words.late(late.hazard, late.critical))
        : words.allInTime,
    ],
    [
      labels.held,
      tone(
        'warn',
        Object.entries(heldByCause)
          .map(([cause, n]) => `${causeText(cause, t)} ${n}`)
          .join(', '),
      ),
    ],
    [labels.inDoubt, counts.inDoubt === 0 ? '' : tone('warn', words.inDoubt(counts.inDoubt))],
    [labels.breakers, breakersCell(counts.breakers, view)],
    [labels.workers, workersCell(counts.workers, view)],
    [labels.comparison, comparisonCell(counts.comparison, view)],
  ];
  return [{ kind: 'card', sections: [{ rows }] }];
};

const breakersCell = (breakers: readonly BreakerItem[], view: View): Cell => {
  const { overview, changes } = view.t;
  const notClosed = breakers.filter(({ state }) => state !== 'closed');
  if (notClosed.length === 0) return overview.breakersClosed;
  const isOver = (until: string | null): boolean => until !== null && Date.parse(until) <= view.now;
  const texts = notClosed.map(({ name, state, openUntil, lastErrorCode, forced }) => {
    const last = lastErrorCode === null ? null : inWords(view.t.causes, lastErrorCode);
    return overview.breaker(
      name.startsWith('ne') ? changes.peers.ne : changes.peers.tm,
      // Its time is over: the next request tries the peer.
      isOver(openUntil) ? view.t.breaker.states.due : overview.states[state],
      isOver(openUntil) ? '' : view.time(openUntil),
      forced === null ? last : overview.forced(forced.actor, forced.reason),
    );
  });
  return tone('bad', texts.join('; '));
};

/** Nothing when all was seen and nothing is left. */
const comparisonCell = (comparison: ComparisonItem | null, { t, program, time }: View): Cell => {
  if (comparison === null || (comparison.complete && comparison.findings === 0)) return '';
  const { at, findings } = comparison;
  return findings > 0
    ? tone('bad', t.overview.findings(findings, program))
    : tone('warn', t.overview.incomplete(time(at)));
};

/** How many work on which host; none when they are all of one. */
const hostsOf = (
  running: readonly WorkerItem[],
): readonly { readonly host: string; readonly workers: number }[] => {
  const counts = new Map<string, number>();
  for (const { host } of running) counts.set(host, (counts.get(host) ?? 0) + 1);
  return counts.size < 2 ? [] : [...counts].map(([host, workers]) => ({ host, workers }));
};

const workersCell = (workers: readonly WorkerItem[], { t, program }: View): Cell => {
  const running = workers.filter((one) => one.running);
  const inHand = running.reduce((sum, { inFlight }) => sum + inFlight, 0);
  return running.length === 0
    ? tone('warn', t.overview.noWorker(program))
    : t.overview.workers(running.length, inHand, hostsOf(running));
};
