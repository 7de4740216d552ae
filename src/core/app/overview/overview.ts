import type { BreakerRow } from '../../peers/breaker-row.ts';
import type { Comparison } from '../../ports/comparisons.ts';
import type { OrderFilter, OrderQuery } from '../../ports/order-view.ts';
import type { Tx } from '../../ports/store.ts';
import type { LateReading } from '../../rules/late.ts';
import { STAGES, type Stage } from '../../rules/stage.ts';
import { type OrderSummary, orderSummary } from '../../views/order-summary.ts';
import { MASKED } from '../../views/personal.ts';
import type { AppDeps } from '../deps.ts';
import { type SeenWorker, seenWorkers } from '../engine/worker-state.ts';
import { everyView } from '../every-view.ts';
import { type Breakers, configuredNow } from '../peers/read-breakers.ts';
import { lastComparison } from '../reconcile/last-comparison.ts';
import { countLate, type LateCount } from './count-late.ts';
import { readLateReading } from './read-forecast.ts';

/** How the whole operation stands. */
export type Overview = {
  /** All orders, in the order of the stages; stages without orders are absent. */
  readonly byStage: Readonly<Partial<Record<Stage, number>>>;
  readonly open: number;
  /** The open ones among them: they add up to `open`. */
  readonly openByStage: Readonly<Partial<Record<Stage, number>>>;
  readonly late: LateCount;
  readonly heldByCause: Readonly<Record<string, number>>;
  /** Orders with a service whose proof is unknown. */
  readonly inDoubt: number;
  /** Of the configured peers, as they count now. */
  readonly breakers: readonly BreakerRow[];
  readonly workers: readonly SeenWorker[];
  /** The last comparison with the peers; null: none yet. `findings`: what it left to people. */
  readonly comparison: { readonly last: Comparison; readonly findings: number } | null;
  /** Open orders, the latest first. */
  readonly items: readonly OrderSummary[];
  readonly nextCursor: string | null;
};

type Reader = Pick<AppDeps, 'store' | 'policy' | 'clock' | 'processes'>;

export type OverviewQuery = {
  readonly breakers: Breakers;
  /** How many open orders are listed. */
  readonly limit: number;
};

export const readOverview = (
  { store, policy, clock, processes }: Reader,
  { breakers: configured, limit }: OverviewQuery,
): Promise<Overview> =>
  store.read(async (tx) => {
    const now = clock.now();
    const counts = await tx.views.counts();
    const count = (filter: OrderFilter): Promise<number> => tx.views.count(filter);
    const late = await readLateReading(tx, { now, policy });
    const page = await listOrders(tx, { open: true, sort: '-id', limit }, late);
    return {
      byStage: inOrder(counts),
      open: await count({ open: true }),
      openByStage: inOrder({ ...counts, ...(await openEnds(tx)) }),
      late: await countLate(tx, late),
      heldByCause: await heldByCause(tx),
      inDoubt: await count({ open: true, inDoubt: true }),
      breakers: configuredNow(await tx.breakers.list(), configured),
      workers: await seenWorkers(tx, { now, processes }),
      comparison: await comparisonOf(tx),
      ...page,
    };
  });

/** In the order of the stages; stages without orders are absent. */
const inOrder = (counts: Readonly<Record<string, number>>): Overview['byStage'] =>
  Object.fromEntries(STAGES.flatMap((stage) => (counts[stage] ? [[stage, counts[stage]]] : [])));

/** Stages in which an order may be closed, or have something left to do. */
const ENDS: readonly Stage[] = ['completed', 'returned', 'cancelled'];

const openEnds = async ({ views }: Pick<Tx, 'views'>): Promise<Readonly<Record<string, number>>> => {
  const open: Record<string, number> = {};
  for (const stage of ENDS) open[stage] = await views.count({ open: true, stages: [stage] });
  return open;
};

const comparisonOf = async (tx: Tx): Promise<Overview['comparison']> => {
  const { last, findings } = await lastComparison(tx);
  return last === null ? null : { last, findings: findings.length };
};

/** Holds outlive a cancel or a return when a revert is refused. */
const HELD: readonly Stage[] = ['held', 'cancelling', 'returning'];

const heldByCause = async (tx: Tx): Promise<Overview['heldByCause']> => {
  const causes = new Map<string, number>();
  for await (const { holds } of everyView(tx, { stages: HELD, sort: 'id' })) {
    for (const { cause } of holds) causes.set(cause, (causes.get(cause) ?? 0) + 1);
  }
  return Object.fromEntries([...causes].sort(([a, m], [b, n]) => n - m || a.localeCompare(b, 'en')));
};

/** One page of a list with the customers joined, as everybody may see them. */
const listOrders = async (
  tx: Tx,
  query: OrderQuery,
  reading: LateReading,
): Promise<{ readonly items: readonly OrderSummary[]; readonly nextCursor: string | null }> => {
  const { items, nextCursor } = await tx.views.list(query);
  const contacts = await tx.vault.contacts(items.map(({ orderId }) => orderId));
  return {
    items: items.map((view) =>
      orderSummary(view, { contact: contacts.get(view.orderId), sight: MASKED, ...reading }),
    ),
    nextCursor,
  };
};
