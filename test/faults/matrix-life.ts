import { changeOrder } from '../../src/core/app/change-order.ts';
import type { SagaDeps } from '../../src/core/app/deps.ts';
import { moveVisit } from '../../src/core/app/desk/desk.ts';
import { LEASE_MS } from '../../src/core/app/due/lease.ts';
import { runOrder } from '../../src/core/app/engine/order-loop.ts';
import { cancelOrder } from '../../src/core/app/orders/change-terms.ts';
import { readOrder } from '../../src/core/app/write-order.ts';
import { completeFieldWork } from '../../src/core/fieldwork/decide.ts';
import { iso } from '../../src/core/time/iso.ts';
import { EVIDENCE } from '../support/stories.ts';
import type { Cell } from './operations.ts';
import type { SkippingClock } from './skipping-clock.ts';

/** One cell's order, and its own way to the peers. */
export type World = {
  readonly cell: Cell;
  readonly orderId: string;
  readonly deps: SagaDeps;
  /** How many requests the cell's fault was aimed at so far. */
  readonly hits: () => number;
  readonly clock: SkippingClock;
};

/** How an order ends after the fault has struck. */
export type Ending = 'cancelled' | 'completed';

/** What is due later than this waits for people or other days, not for the network: longer than any bound. */
const SOON_MS = 100_000;
const MOST_RUNS = 200;

class PowerCut extends Error {
  override readonly name = 'PowerCut';
}

type Living = World & {
  /** How the aimed step was settled, each time. */
  readonly settled: string[];
  readonly life: { hasDied: boolean };
};

/** Lets the fault strike, comes to rest, and is brought to its end. Returns how the struck step was settled. */
export const live = async (world: World, ending: Ending): Promise<string> => {
  try {
    return await liveOn(world, ending);
  } finally {
    world.clock.leave();
  }
};

const liveOn = async (world: World, ending: Ending): Promise<string> => {
  const { cell, orderId, deps } = world;
  const living: Living = { ...world, settled: [], life: { hasDied: cell.moment !== 'after a crash' } };
  const rest = async (): Promise<void> => {
    for (let runs = 0; runs < MOST_RUNS; runs += 1) if (!(await runOnce(living))) return;
    throw new Error(`${orderId} does not come to rest`);
  };
  await rest();
  if (cell.operation.after === 'move') {
    const { scheduling } = await deps.store.read((tx) => readOrder(tx, orderId));
    const at = Date.parse(scheduling.visit?.slot.start ?? '') + 86_400_000;
    await moveVisit(deps, orderId, { move: { at, agreed: true, code: 'CUSTOMER_RESCHEDULE' } });
    await rest();
  }
  if (ending === 'cancelled') await cancelOrder(deps, orderId, { code: 'TEST' });
  else await complete(deps, orderId);
  await rest();
  return living.settled[timesBefore(cell)] ?? 'never';
};

/** How often the struck step was settled before the fault was aimed at it: a call is looked up before it is made again. */
const timesBefore = ({ moment, operation: { name } }: Cell): number => {
  const looks = name === 'call' && moment !== 'first try' ? 1 : 0;
  return looks + (moment === 'retry' ? 1 : 0);
};

const complete = (deps: SagaDeps, orderId: string) =>
  changeOrder(deps, orderId, { command: 'field complete' }, (process) =>
    completeFieldWork(process, EVIDENCE, { occurredAt: iso(deps.clock.now()) }),
  );

/** Runs what is due, after waiting for it. false: nothing is due soon. */
const runOnce = async (living: Living): Promise<boolean> => {
  const { deps, cell, orderId, hits, clock, settled, life } = living;
  const { store, processes } = deps;
  const row = await store.read((tx) => tx.work.get(orderId));
  const dues = Object.values(row?.lanes ?? {}).map(({ due }) => due ?? Number.POSITIVE_INFINITY);
  const due = Math.min(...dues);
  if (due - clock.now() > SOON_MS) return false;
  if (due > clock.now()) await clock.idleUntil(due);
  const claim = await store.write((tx) =>
    tx.work.claimOne(orderId, { now: clock.now(), owner: processes.self, leaseMs: LEASE_MS }),
  );
  if (claim === null) throw new Error(`${orderId} is claimed`);
  const { step, of } = cell.operation;
  // Dies once, with the answer to the aimed request in its hands.
  const crashPoint = (name: string): void => {
    if (life.hasDied || hits() === 0 || name !== `${step}:before-settle`) return;
    life.hasDied = true;
    throw new PowerCut();
  };
  try {
    await runOrder({ ...deps, crashPoint }, claim, {
      onStep: (done, retry) => {
        if (done.name !== step || (of !== null && done.subject?.includes(of) !== true)) return;
        settled.push(retry === null ? 'done' : 'again');
      },
    });
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
    await store.write((tx) => tx.work.reclaim(processes.self));
  }
  return true;
};
