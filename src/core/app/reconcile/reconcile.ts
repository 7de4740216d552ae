import { noteRead } from '../../activation/absence.ts';
import type { Finding } from '../../peers/finding.ts';
import type { Gap } from '../../ports/comparisons.ts';
import type { NeService } from '../../ports/peers.ts';
import type { OrderProcess } from '../../process/process.ts';
import { isBelievedOn } from '../../reconcile/judge.ts';
import { ownsService } from '../../reconcile/ownership.ts';
import { mostChanges } from '../../reconcile/share.ts';
import { createStrangers } from '../../reconcile/strangers.ts';
import { createTally } from '../../reconcile/tally.ts';
import { wholeBound } from '../../rules/policy.ts';
import { ms } from '../../time/iso.ts';
import { ownClock } from '../../time/own-clock.ts';
import { ownerOf, readServiceKey } from '../../values/keys.ts';
import type { SagaDeps } from '../deps.ts';
import { inventory } from './inventory.ts';
import { allOrders, ORDERS_A_READ, readWhole } from './read-orders.ts';
import { strayAppointments } from './reconcile-appointments.ts';
import { absentCalls, settleLateCall } from './reconcile-desk.ts';
import {
  type Compared,
  type Comparing,
  type Excess,
  MOST_SUSPECTS,
  noteSeen,
  type ReconcileOptions,
} from './reconcile-options.ts';
import {
  type Confirmed,
  judgeOf,
  lookAgain,
  type Suspect,
  settleConfirmed,
  type Unlisted,
} from './reconcile-service.ts';
import { expectedName, isSuspect, settleVisits } from './reconcile-visits.ts';
import { renamedSuspects } from './renamed-services.ts';

/**
 * Compares the NE's inventory with the log, both ways, while everybody works on; the memory does not grow with the number
 * of orders. A difference is believed only after a look-up right then, of the key and of the very id, and recorded only if
 * nothing was learnt of the order meanwhile. Fixing goes through events and the ordinary steps alone: a service that turned
 * up after its order was closed is found, reverted, and the order closed anew. Nothing is ever made again: what an order
 * under way has lost is a hold. More changes than `maxShare` are held back until a person says so. It looks up
 * again, in the same way, the calls that the desk did not know, and cancels what the desk keeps beside the visits of the log.
 * Throws Refusal PEER_UNAVAILABLE, PEER_MISCONFIGURED, and those of a database that is bound elsewhere.
 */
export async function* reconcile(
  deps: SagaDeps,
  options: ReconcileOptions,
): AsyncGenerator<Finding, Compared> {
  // Proves that the configured NE is the one that this database belongs to: absence elsewhere is nothing.
  await deps.store.write(async () => {}, {});
  const comparing: Comparing = {
    seen: { services: 0, foreign: 0, orders: 0, appointments: 0, unclear: 0 },
    gaps: [],
    tally: createTally(),
    visits: createTally(),
    strangers: createStrangers(),
    beganAt: deps.clock.now(),
  };
  const { seen, gaps } = comparing;
  const isStopped = (): boolean => options.signal?.aborted === true;
  const listed = await liveSuspects(deps, options, comparing);
  const orphans = [...listed, ...(await renamedSuspects(deps, options.signal, comparing))];
  if (!isStopped()) yield* settleAll(deps, options, { comparing, suspects: orphans, what: 'reverts' });
  if (!isStopped()) yield* lateCalls(deps, options, comparing);
  if (!isStopped() && isWhole(gaps)) {
    const lost = await lostSuspects(deps, options, comparing);
    yield* settleAll(deps, options, { comparing, suspects: lost, what: 'losses' });
  }
  if (!isStopped()) yield* strayAppointments(deps, options, comparing);
  if (!isStopped() && isDeskWhole(gaps)) {
    const orderIds = await movedVisits(deps, options, comparing);
    yield* settleVisits(deps, options, { orderIds, seen });
  }
  if (seen.unclear > 0)
    gaps.push({ part: 'look-ups', why: { code: 'LOOK_UPS_UNANSWERED', lookUps: seen.unclear } });
  if (isStopped()) gaps.push({ part: 'stopped', why: { code: 'TOLD_TO_END' } });
  return { counts: seen, gaps };
}

/** What a list that was not seen to its end does not show is not missing. */
const isWhole = (gaps: readonly Gap[]): boolean =>
  gaps.every(({ part }) => part !== 'ne-list' && part !== 'too-many');

const isDeskWhole = (gaps: readonly Gap[]): boolean =>
  gaps.every(({ part }) => part !== 'desk' && part !== 'desk-list');

/** The NE's side: every live service against its order. */
const liveSuspects = async (
  deps: SagaDeps,
  { signal, onProgress }: ReconcileOptions,
  { seen, gaps, tally, strangers }: Comparing,
): Promise<readonly Suspect[]> => {
  const suspects: Suspect[] = [];
  const marks = await deps.store.read((tx) => tx.meta.keyMarks());
  const pages = inventory(deps, { signal, onEnd: noteSeen(gaps, 'ne-list') });
  for await (const page of pages) {
    const named = page.flatMap((live) => {
      const key = readServiceKey(live.key);
      if (key === null) strangers.add(live);
      return key === null ? [] : [{ live, orderId: key.orderId, owner: ownerOf(key.mark, marks) }];
    });
    const ours = named.filter(({ owner }) => owner !== 'foreign');
    seen.foreign += page.length - ours.length;
    const orders = await readWhole(deps, [...new Set(ours.map(({ orderId }) => orderId))], gaps);
    for (const { live, orderId, owner } of ours) {
      const process = orders.get(orderId)?.process;
      if (process === undefined) continue;
      const ownership = ownsService(process, live, owner);
      if (ownership === 'none') seen.foreign += 1;
      else seen.services += 1;
      if (isBelievedOn(process.activation.services.get(live.key), live.neId)) tally.add(nameOf(live));
      if (judgeOf(process, live, ownership) !== null) suspects.push({ as: 'live', orderId, live, owner });
    }
    onProgress?.({ ...seen });
    if (suspects.length >= MOST_SUSPECTS) {
      gaps.push({ part: 'too-many', why: { code: 'TOO_MANY_DIFFER', most: MOST_SUSPECTS } });
      break;
    }
  }
  return suspects;
};

/** What the tally counts: one very service. */
const nameOf = ({ key, neId }: Pick<NeService, 'key' | 'neId'>): string => `${key} ${neId}`;

/** The log's side: what it holds for on is counted too; and calls that were believed absent are looked up once more. */
async function* lateCalls(
  deps: SagaDeps,
  options: ReconcileOptions,
  { tally, seen, visits, gaps }: Comparing,
): AsyncGenerator<Finding> {
  for await (const { process, events } of allOrders(deps, options.signal, gaps)) {
    seen.orders += 1;
    for (const name of believedOn(process)) tally.add(nameOf(name));
    const expected = expectedName(process, deps.clock.now());
    if (expected !== null) visits.add(expected);
    for (const callKey of absentCalls(events)) {
      const late = await settleLateCall(deps, { process, callKey }, options);
      if (late === 'unclear') seen.unclear += 1;
      else if (late !== null) yield late;
    }
    if (seen.orders % ORDERS_A_READ === 0) options.onProgress?.({ ...seen });
  }
}

/** Where the counts of both sides differ, what the log holds for on is suspected. */
const lostSuspects = async (
  deps: SagaDeps,
  { signal }: ReconcileOptions,
  { tally, gaps }: Comparing,
): Promise<readonly Suspect[]> => {
  const suspects = new Map<string, Suspect>();
  const own = ownClock(deps.clock);
  if (tally.isEven()) return [];
  for await (const { process } of allOrders(deps, signal, gaps)) {
    for (const one of believedOn(process)) {
      if (!tally.differs(nameOf(one))) continue;
      // Counted from here, so that all of them are waited for at once.
      const service = process.activation.services.get(one.key);
      if (service !== undefined) noteRead(service, own);
      suspects.set(one.key, { as: 'ghost', orderId: process.orderId, key: one.key });
    }
    if (suspects.size >= MOST_SUSPECTS) {
      gaps.push({ part: 'too-many', why: { code: 'TOO_MANY_MISSING', most: MOST_SUSPECTS } });
      break;
    }
  }
  return [...suspects.values()];
};

/** Orders whose agreed appointment the desk does not show as it was agreed. */
const movedVisits = async (
  deps: SagaDeps,
  { signal }: ReconcileOptions,
  { visits, gaps }: Comparing,
): Promise<readonly string[]> => {
  const orderIds: string[] = [];
  if (visits.isEven()) return orderIds;
  for await (const { process } of allOrders(deps, signal, gaps)) {
    if (isSuspect(process, deps.clock.now(), visits.differs)) orderIds.push(process.orderId);
    if (orderIds.length < MOST_SUSPECTS) continue;
    gaps.push({ part: 'too-many', why: { code: 'TOO_MANY_DIFFER', most: MOST_SUSPECTS } });
    break;
  }
  return orderIds;
};

type Settling = {
  readonly comparing: Comparing;
  readonly suspects: readonly Suspect[];
  readonly what: Excess['what'];
};

/** Each suspicion is looked up; of what is confirmed everything is recorded, or nothing while there is too much of it. */
async function* settleAll(
  deps: SagaDeps,
  options: ReconcileOptions,
  { comparing, suspects, what }: Settling,
): AsyncGenerator<Finding> {
  const { seen } = comparing;
  const { fix, signal, maxShare = deps.policy.reconcile.maxShare, mayExceed } = options;
  const all: Confirmed[] = [];
  const there: Unlisted[] = [];
  for (const suspect of suspects) {
    if (signal?.aborted === true) return;
    const looked = await lookAgain(deps, suspect, signal);
    if (looked === 'unclear') seen.unclear += 1;
    else if (looked === 'nothing') continue;
    else if ('unlisted' in looked) there.push(looked);
    else all.push(looked);
  }
  noteUnlisted(deps, comparing, { there, gone: all });
  const count = all.filter(isChange).length;
  const most = mostChanges(seen.services, maxShare);
  const isTooMuch = fix && count > most && (await mayExceed?.({ what, count, most })) !== true;
  for (const one of all) {
    if (!fix) yield { ...one.finding, state: one.judged.follows === 'by-hand' ? 'by-hand' : 'open' };
    else if (isTooMuch && isChange(one)) yield { ...one.finding, state: 'held-back' };
    else yield* settleOne(deps, one, options);
  }
}

/**
 * What the NE shows by key or id, and its list did not, was left out of the list: then others may have been too.
 * A name that only shares its place in the tally with one that is gone was in the list; what a worker requested so
 * shortly before that it may have come after the list was read may be there or not.
 */
const noteUnlisted = (
  { policy: { ne } }: SagaDeps,
  { tally, gaps, seen, beganAt }: Comparing,
  { there, gone }: { readonly there: readonly Unlisted[]; readonly gone: readonly Confirmed[] },
): void => {
  if (there.length === 0) return;
  for (const { suspect, process } of gone) {
    if (suspect.as !== 'ghost') continue;
    for (const one of believedOn(process)) if (one.key === suspect.key) tally.add(nameOf(one));
  }
  const settledBy = beganAt - wholeBound(ne) - ne.consistencyMs;
  const isLacking = ({ unlisted, requestedAt }: Unlisted): boolean =>
    requestedAt !== null && ms(requestedAt) < settledBy && tally.differs(nameOf(unlisted));
  const lacking = there.filter(isLacking);
  seen.unclear += there.filter((one) => one.isByIdOnly && !isLacking(one)).length;
  if (lacking.length > 0)
    gaps.push({ part: 'ne-list', why: { code: 'LIST_LACKS', services: lacking.length } });
};

/** Asking took time, and so did the others: it is looked at once more. */
async function* settleOne(
  deps: SagaDeps,
  { suspect }: Confirmed,
  { signal }: ReconcileOptions,
): AsyncGenerator<Finding> {
  if (signal?.aborted === true) return;
  const again = await lookAgain(deps, suspect, signal);
  if (again === 'unclear' || again === 'nothing' || 'unlisted' in again) return;
  const finding = await settleConfirmed(deps, again, signal);
  if (finding !== null) yield finding;
}

/** It would switch something off, or hold an order. */
const isChange = ({ judged, process }: Confirmed): boolean =>
  judged.follows === 'reverts' || (judged.follows === 'by-hand' && judged.decide(process).length > 0);

const believedOn = (process: OrderProcess): readonly { readonly key: string; readonly neId: string }[] =>
  [...process.activation.services.values()]
    .filter(({ proof }) => proof === 'on')
    .flatMap(({ plan, neId, duplicates }) =>
      [...(neId === null ? [] : [neId]), ...duplicates].map((id) => ({ key: plan.key, neId: id })),
    );
