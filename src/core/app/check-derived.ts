import type { Tx } from '../ports/store.ts';
import type { Envelope } from '../process/events.ts';
import { type OrderProcess, processOf } from '../process/process.ts';
import { LANES } from '../rules/lanes.ts';
import { isRefusal } from '../rules/refusal.ts';
import { canonicalJson } from '../values/canonical-json.ts';
import { orderView } from '../views/project.ts';
import type { AppDeps } from './deps.ts';
import { planWork } from './due/work-plan.ts';
import { hasStrays } from './rebuild.ts';

/**
 * view, no-view: the row of the read model is not what the log says, or not there. stray-views: it holds other orders than
 * the log. no-work: nothing would ever be done for the order, though something is due. no-customer, no-address, no-text:
 * the log speaks of something that the vault neither holds nor erased. no-binding: there are orders, and no peers they belong to.
 */
export type DerivedProblem =
  | 'view'
  | 'no-view'
  | 'stray-views'
  | 'no-work'
  | 'no-customer'
  | 'no-address'
  | 'no-text'
  | 'no-binding';

export type DerivedFinding = { readonly orderId: string | null; readonly problem: DerivedProblem };

/** Orders of one read. */
const ORDERS_A_READ = 256;

/** Every text that the events of an order speak of. */
const textIdsOf = (events: readonly Envelope[]): readonly string[] =>
  events.flatMap(({ data }) =>
    Object.entries(data).flatMap(([name, value]) =>
      /^textId$|TextId$/.test(name) && typeof value === 'string' ? [value] : [],
    ),
  );

const vaultProblems = async (
  { vault }: Tx,
  process: OrderProcess,
  events: readonly Envelope[],
): Promise<readonly DerivedProblem[]> => {
  const customerId = process.order.placed?.customerId;
  if (customerId === undefined) return [];
  const customer = await vault.customer(customerId);
  if (customer === null) return ['no-customer'];
  if (customer.erasedAt !== null) return [];
  const contacts = await vault.contacts([process.orderId]);
  const textIds = textIdsOf(events);
  const texts = textIds.length === 0 ? new Map() : await vault.texts(textIds);
  return [
    ...(contacts.has(process.orderId) ? [] : (['no-address'] as const)),
    ...(textIds.every((textId) => texts.has(textId)) ? [] : (['no-text'] as const)),
  ];
};

/** A lane with something due that the stored row does not know of is never looked at again. */
const hasStopped = async (
  { policy, clock }: Pick<AppDeps, 'policy' | 'clock'>,
  { work }: Tx,
  process: OrderProcess,
): Promise<boolean> => {
  const stored = await work.get(process.orderId);
  const planned = planWork(process, policy, { previous: stored, reports: {}, now: clock.now() });
  return LANES.some(
    (lane) => planned.lanes[lane].due !== null && (stored === null || stored.lanes[lane].due === null),
  );
};

/** An event that cannot be read is a finding of the log's own check. */
const readAll = async (tx: Tx, ids: readonly string[]): Promise<readonly (readonly Envelope[])[]> => {
  const all: (readonly Envelope[])[] = [];
  for (const id of ids) {
    try {
      all.push(await tx.events.load(id));
    } catch (error) {
      if (!isRefusal(error, 'ORDER_UNREADABLE')) throw error;
    }
  }
  return all;
};

const viewProblem = async ({ views }: Tx, process: OrderProcess): Promise<'view' | 'no-view' | null> => {
  try {
    const view = await views.get(process.orderId);
    if (view === null) return 'no-view';
    return canonicalJson(view) === canonicalJson(orderView(process)) ? null : 'view';
  } catch (error) {
    if (isRefusal(error, 'DATABASE_DAMAGED')) return 'view';
    throw error;
  }
};

const checkOrder = async (
  deps: Pick<AppDeps, 'policy' | 'clock'>,
  tx: Tx,
  events: readonly Envelope[],
): Promise<readonly DerivedFinding[]> => {
  const orderId = events[0]?.orderId;
  if (orderId === undefined) return [];
  const process = processOf(orderId, events);
  const problems: DerivedProblem[] = [];
  const problem = await viewProblem(tx, process);
  if (problem !== null) problems.push(problem);
  if (await hasStopped(deps, tx, process)) problems.push('no-work');
  problems.push(...(await vaultProblems(tx, process, events)));
  return problems.map((problem) => ({ orderId, problem }));
};

/**
 * Compares what is derived from the log, and what the log speaks of, with the log: a few orders a read, each of one state,
 * while others work. Changes nothing; `oss db rebuild` makes the read model and the work rows anew.
 */
export const checkDerived = async (
  deps: Pick<AppDeps, 'store' | 'policy' | 'clock'>,
  found: (finding: DerivedFinding) => void,
): Promise<void> => {
  const { store } = deps;
  for (let after = '', last: string | undefined = after; last !== undefined; after = last ?? after) {
    const from = after;
    last = await store.read(async (tx) => {
      const ids = await tx.events.orderIds(from, ORDERS_A_READ);
      for (const events of await readAll(tx, ids))
        for (const finding of await checkOrder(deps, tx, events)) found(finding);
      return ids.at(-1);
    });
  }
  if (await hasStrays(deps)) found({ orderId: null, problem: 'stray-views' });
  const isUnbound = await store.read(
    async ({ events, meta }) => (await events.head()).n > 0 && (await meta.binding()) === null,
  );
  if (isUnbound) found({ orderId: null, problem: 'no-binding' });
};
