import type { Hold } from '../../order/state.ts';
import type { Claim, WorkRow } from '../../ports/work.ts';
import type { NewEvent } from '../../process/events.ts';
import { mustBeOpen, mustExist } from '../../process/legal.ts';
import type { OrderProcess } from '../../process/process.ts';
import { Refusal } from '../../rules/refusal.ts';
import { DONE_BY_WORD, serviceKeyOf } from '../../views/fallout.ts';
import { allow } from '../allow.ts';
import { asRehearsed, type Change, type ChangeOptions, recordKey, usedKey } from '../change-order.ts';
import type { AppDeps, SagaDeps } from '../deps.ts';
import { LEASE_MS } from '../due/lease.ts';
import { wakeOrder } from '../engine/wake-order.ts';
import { putText } from '../put-text.ts';
import { append, project, readOrder, type WriteContext } from '../write-order.ts';
import { type HoldWish, isEndedAlready, meantHold, meantHolds } from './hold-wish.ts';
import { awaitTelling, provenFact, readNe } from './prove-hold.ts';
import type { NeReading } from './verify-hold.ts';

/** What a person says was done outside. */
export type DoneByHand = {
  readonly wish: HoldWish;
  /** The NE's own id of the service; needed for holds of a service. */
  readonly neId?: string | undefined;
  readonly reason: string;
};

const COMMAND = 'fallout done';

type DoneOptions = Omit<ChangeOptions, 'command' | 'content'> & DoneByHand;

const keyedBy = ({ wish, neId, reason, key }: DoneOptions): Keyed => ({
  command: COMMAND,
  key,
  content: { wish, neId, reason },
});

/**
 * All that can be checked of `markDone` without asking the NE, for a dry run. Throws Refusal HOLD_NOT_FOUND,
 * HOLD_UNCLEAR, NOT_BY_HAND, NE_ID_REQUIRED, ORDER_CLOSED, STALE_VERSION, KEY_CONFLICT, DENIED.
 */
export const checkDone = async (
  deps: Pick<AppDeps, 'store' | 'clock' | 'actor'>,
  orderId: string,
  options: DoneOptions,
): Promise<Change & { readonly key: string | null }> => {
  await allow(deps, COMMAND, orderId);
  const { wish, neId, ifVersion } = options;
  const { process, hold } = await askedFor(deps, orderId, { wish, keyed: keyedBy(options), ifVersion });
  const change = { process, events: [], claim: null, rehearsed: null };
  if (hold === null) return { ...change, status: 'already', key: null };
  return { ...change, status: 'done', key: mustBeByHand(process, hold, neId) };
};

/**
 * `markDone` without asking the NE and rolled back: of a visit's hold all of it, of a service what can be checked. Throws
 * as `checkDone` does.
 */
export const rehearseDone = async (
  deps: AppDeps,
  orderId: string,
  options: DoneOptions,
): Promise<Change & { readonly key: string | null }> => {
  const checked = await checkDone(deps, orderId, options);
  if (checked.status === 'already' || checked.key !== null) return checked;
  const { policy, actor, clock } = deps;
  const ended = await deps.store.rehearse(async (tx) => {
    const write: WriteContext = { tx, policy, actor, now: clock.now() };
    const before = await readOrder(tx, orderId);
    const hold = meantHold(before, options.wish);
    const { reason } = options;
    return asRehearsed(
      write,
      await endHold(write, deps, { before, hold, fact: [], reason, keyed: keyedBy(options) }),
      true,
    );
  });
  return { ...ended, key: null };
};

/**
 * A person says: it is done. Of a service this reads the NE under the order's lease, and then records what it shows
 * as a fact by hand; a visit's hold simply ends. Done already: "already".
 * Throws Refusal as `checkDone` does, and NOT_VERIFIED, PEER_UNAVAILABLE, PEER_MISCONFIGURED, ORDER_BUSY.
 */
export const markDone = async (deps: SagaDeps, orderId: string, options: DoneOptions): Promise<Change> => {
  const checked = await checkDone(deps, orderId, options);
  if (checked.status === 'already') return checked;
  const { process, key } = checked;
  const { wish, neId, reason } = options;
  const keyed = keyedBy(options);
  const claim = await claimOrder(deps, orderId);
  try {
    if (key !== null) await awaitTelling(deps, process, key);
    const reading = key === null || neId === undefined ? null : await readNe(deps, process, { key, neId });
    return await settle(deps, claim, { wish, reason, reading, keyed });
  } catch (error) {
    await deps.store.write((tx) => tx.work.release(claim), {});
    throw error;
  }
};

type Keyed = { readonly command: string; readonly key: string | undefined; readonly content: unknown };

/** The order and the hold that is meant; null: it was ended so before. */
const askedFor = (
  { store }: Pick<AppDeps, 'store'>,
  orderId: string,
  {
    wish,
    keyed,
    ifVersion,
  }: { readonly wish: HoldWish; readonly keyed: Keyed; readonly ifVersion: number | undefined },
): Promise<{ readonly process: OrderProcess; readonly hold: Hold | null }> =>
  store.read(async (tx) => {
    const process = await readOrder(tx, orderId);
    mustExist(process);
    if (await usedKey(tx, orderId, keyed)) return { process, hold: null };
    if (ifVersion !== undefined && ifVersion !== process.version) {
      throw new Refusal('STALE_VERSION', { orderId, expected: ifVersion, actual: process.version });
    }
    if (meantHolds(process, wish).length === 0 && (await isEndedAlready(tx, orderId, wish, 'done'))) {
      return { process, hold: null };
    }
    const hold = meantHold(process, wish);
    mustBeOpen(process);
    return { process, hold };
  });

/** The key of the held service; null for the hold of a visit. Other holds end in other ways. */
const mustBeByHand = ({ orderId }: OrderProcess, hold: Hold, neId: string | undefined): string | null => {
  const key = serviceKeyOf(hold);
  if (key !== null) {
    if (neId === undefined) throw new Refusal('NE_ID_REQUIRED', { orderId, step: hold.step });
    return key;
  }
  if (DONE_BY_WORD.has(hold.step)) return null;
  const { step } = hold;
  const instead = step === 'CheckCall' ? 'call' : step === 'ScheduleVisit' ? 'assign' : 'retry';
  throw new Refusal('NOT_BY_HAND', { orderId, step, instead });
};

const CLAIM_TRIES = 50;
const CLAIM_AGAIN_MS = 100;

/** The order's lease; waits for a worker that has it now. Throws Refusal ORDER_BUSY. */
const claimOrder = async ({ store, clock, processes }: SagaDeps, orderId: string): Promise<Claim> => {
  for (let tries = 0; tries < CLAIM_TRIES; tries += 1) {
    const claim = await store.write(
      (tx) => tx.work.claimOne(orderId, { now: clock.now(), owner: processes.self, leaseMs: LEASE_MS }),
      {},
    );
    if (claim !== null) return claim;
    await clock.wait(CLAIM_AGAIN_MS);
  }
  throw new Refusal('ORDER_BUSY', { orderId }, { retryAt: clock.now() + LEASE_MS });
};

type Settling = {
  readonly wish: HoldWish;
  readonly reason: string;
  /** null: there is nothing to read. */
  readonly reading: NeReading | null;
  readonly keyed: Keyed;
};

/** The fact and the end of the hold, in one commit under the fence, judged by the order as it is then. */
const settle = (
  deps: SagaDeps,
  claim: Claim,
  { wish, reason, reading, keyed }: Settling,
): Promise<Change> => {
  const { store, policy, actor, clock } = deps;
  const { orderId } = claim;
  return store.write(
    async (tx) => {
      const write: WriteContext = { tx, policy, actor, now: clock.now() };
      if (!(await tx.work.holds(claim))) throw new Refusal('ORDER_BUSY', { orderId });
      const before = await readOrder(tx, orderId);
      const hold = meantHold(before, wish);
      const known = async () => (await tx.vault.contacts([orderId])).get(orderId) ?? {};
      const fact =
        reading === null ? [] : [provenFact(deps, before, { hold, reading, known: await known() })];
      const { row, ...change } = await endHold(write, deps, { before, hold, fact, reason, keyed });
      return { ...change, claim: { ...claim, row } };
    },
    { orders: [orderId] },
  );
};

type Ended = Omit<Settling, 'wish' | 'reading'> & {
  readonly before: OrderProcess;
  readonly hold: Hold;
  readonly fact: readonly NewEvent[];
};

/** What is proven and the end of the hold, inside a write; with the order's work row, which knows that it is awake. */
const endHold = async (
  write: WriteContext,
  deps: AppDeps,
  { before, hold, fact, reason, keyed }: Ended,
): Promise<Change & { readonly row: WorkRow }> => {
  const { orderId } = before;
  const textId = await putText(deps, write, { orderId, text: reason });
  const { process, events } = await append(write, before, [
    ...fact,
    { type: 'HoldReleased', data: { hold: hold.hold, action: 'done', textId } },
  ]);
  await recordKey(write, orderId, keyed);
  await wakeOrder(write, orderId);
  const row = await project(write, { before, after: process });
  return { status: 'done', process, events, claim: null, rehearsed: null, row };
};
