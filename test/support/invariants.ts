import { createHash } from 'node:crypto';
import { isOff, wantedKeys } from '../../src/core/activation/wanted.ts';
import { isHeld } from '../../src/core/order/state.ts';
import type { OrderView } from '../../src/core/ports/order-view.ts';
import type { WorkRow } from '../../src/core/ports/work.ts';
import { hashInput } from '../../src/core/process/event-hash.ts';
import type { Envelope } from '../../src/core/process/events.ts';
import {
  evolve,
  isClosed,
  newProcess,
  type OrderProcess,
  processOf,
} from '../../src/core/process/process.ts';
import { LANES } from '../../src/core/rules/lanes.ts';
import { lostHold } from '../../src/core/rules/lost-service.ts';
import type { Policy } from '../../src/core/rules/policy.ts';
import { nextSteps } from '../../src/core/saga/saga.ts';
import type { Occupied } from '../../src/core/technicians/technician.ts';
import { canonicalJson } from '../../src/core/values/canonical-json.ts';
import { shownKey } from '../../src/core/values/keys.ts';
import { orderView } from '../../src/core/views/project.ts';

/** What three independent places know at the end of a run: the client, the store, and the peers' own ledgers. */
export type RunRecord = {
  /** Ids of the orders that a client was told of. */
  readonly acknowledged: readonly string[];
  readonly events: ReadonlyMap<string, readonly Envelope[]>;
  readonly views: ReadonlyMap<string, OrderView>;
  readonly work: ReadonlyMap<string, WorkRow>;
  /** The technicians' whole calendar. */
  readonly occupied: readonly Occupied[];
  /** Leases that are held. */
  readonly leased: number;
  readonly ne: {
    readonly services: readonly { readonly key: string; readonly neId: string; readonly state: string }[];
    readonly effects: readonly { readonly key: string; readonly effect: string }[];
  };
  readonly tm: {
    readonly appointments: readonly {
      readonly appointmentId: string;
      readonly callKey: string;
      readonly status: string;
    }[];
    readonly calls: readonly { readonly callKey: string; readonly count: number }[];
  };
  readonly policy: Policy;
  /** Epoch ms: the end of the run. */
  readonly now: number;
};

export type InvariantOptions = {
  /** The peer was told to break its own promise (one effect a key, one call a key). */
  readonly peersRepeat?: boolean;
  /** The peers may lose what they had: of what nobody wants any more it is found out when its turn comes. */
  readonly peersForget?: boolean;
  /** Work may still be due: the run was stopped, not drained. */
  readonly unfinished?: boolean;
  /** Names of services and calls that people were told of: what is there differs, and they are to see to it. */
  readonly excused?: ReadonlySet<string>;
};

type Order = {
  readonly id: string;
  readonly events: readonly Envelope[];
  readonly process: OrderProcess;
  readonly record: RunRecord;
  readonly excused: ReadonlySet<string>;
  readonly options: InvariantOptions;
};

const NONE: ReadonlySet<string> = new Set();

/** One sentence for each promise that was broken ("Nothing lost, nothing twice"); empty: all were kept. */
export const brokenInvariants = (record: RunRecord, options: InvariantOptions = {}): readonly string[] => {
  const lost = record.acknowledged
    .filter((id) => (record.events.get(id)?.length ?? 0) === 0)
    .map((id) => `${id} was acknowledged and is not in the log`);
  const leases = record.leased === 0 ? [] : [`${record.leased} leases are left`];
  const repeated = options.peersRepeat === true ? [] : repeatedEffects(record);
  const inOrders = [...record.events].flatMap(([id, events]) => {
    const process = processOf(id, events);
    const told = toldOf(process);
    const excused = new Set([...(options.excused ?? NONE), ...told]);
    const order: Order = { id, events, process, record, excused, options };
    const waits = options.unfinished === true ? [] : waitsForSomebody(order);
    return [
      ...logIsWhole(order),
      ...viewIsTheLog(order),
      ...oneFinalIntent(order),
      ...forwardBeforeRevert(order),
      ...scheduledInOneCommit(order),
      ...causesExist(order),
      ...networkIsAsProven(order),
      ...shiftsInsideThePromise(order),
      ...finalIsFinal(order),
      ...waits,
    ].map((fault) => `${id}: ${fault}`);
  });
  return [...lost, ...leases, ...repeated, ...inOrders];
};

const isOf = (id: string, key: string): boolean => shownKey(key).startsWith(`${id}/`);

const liveOf = ({ id, record }: Order) =>
  record.ne.services.filter(({ key, state }) => isOf(id, key) && state === 'active');

/** What a person of this order was told of: a service that the NE lost, or that nobody could prove off. */
const toldOf = ({ activation, order }: OrderProcess): readonly string[] =>
  [...activation.services.values()].flatMap(({ plan: { key }, waived }) =>
    waived || isHeld(order, lostHold(key)) ? [key] : [],
  );

/** 2 and 7: one effect a key, one phone call a call key. */
const repeatedEffects = ({ ne, tm }: RunRecord): readonly string[] => {
  const creates = new Map<string, number>();
  for (const { key, effect } of ne.effects) {
    if (effect === 'create') creates.set(key, (creates.get(key) ?? 0) + 1);
  }
  return [
    ...[...creates]
      .filter(([, count]) => count > 1)
      .map(([key, count]) => `${key} was created ${count} times`),
    ...tm.calls
      .filter(({ count }) => count > 1)
      .map(({ callKey, count }) => `the phone rang ${count} times for ${callKey}`),
  ];
};

/** 6: dense versions and right hashes. */
const logIsWhole = ({ id, events }: Order): readonly string[] => {
  const faults: string[] = [];
  let before: Envelope | undefined;
  for (const event of events) {
    const version = (before?.version ?? 0) + 1;
    if (event.orderId !== id) faults.push(`holds an event of ${event.orderId}`);
    if (event.version !== version) faults.push(`version ${event.version} stands where ${version} should`);
    if (before !== undefined && event.position <= before.position) faults.push(`${version} is out of order`);
    const hash = createHash('sha256')
      .update(hashInput(before?.hash ?? '', event))
      .digest('hex');
    if (hash !== event.hash) faults.push(`the hash of ${event.type} (${version}) is wrong`);
    before = event;
  }
  return faults;
};

/** 6: the stored read model is the one that the log makes. */
const viewIsTheLog = ({ id, process, record }: Order): readonly string[] => {
  const stored = record.views.get(id);
  if (stored === undefined) return ['has no view'];
  const rebuilt = canonicalJson(orderView(process));
  return canonicalJson(stored) === rebuilt ? [] : [`the view is not what the log makes: ${rebuilt}`];
};

/** 10 and rule 1. */
const oneFinalIntent = ({ events }: Order): readonly string[] => {
  const finals = events.filter(({ type }) =>
    ['OrderCancelled', 'FieldWorkFailed', 'FieldWorkCompleted'].includes(type),
  );
  return finals.length > 1 ? [`has ${finals.length} final intents`] : [];
};

/** 5: nothing is reverted before it is known to be on, or the NE has told of it by id. */
const forwardBeforeRevert = ({ id, events, record }: Order): readonly string[] => {
  const faults: string[] = [];
  const asked = new Set<string>();
  let process = newProcess(id);
  for (const event of events) {
    if (event.type === 'RevertRequested') {
      asked.add(event.data.key);
      const service = process.activation.services.get(event.data.key);
      const proof = service?.proof;
      if (proof !== 'on' && service?.maybeGone === false && service.told.length === 0)
        faults.push(`${event.data.key} was to be reverted while it was ${proof}`);
    }
    process = evolve(process, event);
  }
  const unasked = record.ne.effects.filter(
    ({ key, effect }) => effect === 'terminate' && isOf(id, key) && !asked.has(key),
  );
  return [...faults, ...unasked.map(({ key }) => `${key} was reverted without a word in the log`)];
};

/** Rule 9: the first ActivationCompleted stands beside its SchedulingRequested, in one commit. */
const scheduledInOneCommit = ({ events }: Order): readonly string[] => {
  const at = events.findIndex(({ type }) => type === 'ActivationCompleted');
  const [completed, next] = at < 0 ? [] : events.slice(at, at + 2);
  if (completed === undefined) return [];
  return next?.type === 'SchedulingRequested' && next.at === completed.at
    ? []
    : ['ActivationCompleted stands without SchedulingRequested'];
};

/** Rule 2: an outcome names an intent of its own order, before it, about the same key. */
const causesExist = ({ events }: Order): readonly string[] => {
  const before = new Map<string, Envelope>();
  const faults: string[] = [];
  const keyOf = (event: Envelope): string | null =>
    'key' in event.data && event.type !== 'OrderPlaced'
      ? event.data.key
      : 'callKey' in event.data
        ? event.data.callKey
        : null;
  const keysOf = (cause: Envelope): readonly string[] =>
    cause.type === 'HistoryMayBeLost' ? cause.data.asked : [keyOf(cause) ?? ''];
  for (const event of events) {
    before.set(event.eventId, event);
    if (event.causationId === null) continue;
    const cause = before.get(event.causationId);
    if (cause === undefined) faults.push(`${event.type} (${event.version}) names a cause that is not there`);
    else if (!keysOf(cause).includes(keyOf(event) ?? ''))
      faults.push(`${event.type} (${event.version}) answers another key`);
  }
  return faults;
};

/** 3 and 4, and before the end too: what is proven on is live, what is proven off is not. */
const networkIsAsProven = (order: Order): readonly string[] => {
  const { excused, options, process } = order;
  const live = liveOf(order);
  const { services } = process.activation;
  const wanted = wantedKeys(process);
  const unknownKeys = live.filter(({ key }) => !services.has(key) && !excused.has(key));
  return [
    ...unknownKeys.map(({ key }) => `${key} lives at the NE and was never planned`),
    ...[...services.values()].flatMap(({ plan: { key }, proof, neId, revert }) => {
      if (excused.has(key)) return [];
      const ids = live.filter((service) => service.key === key).map((service) => service.neId);
      const mayBeLost = options.peersForget === true && !wanted.has(key) && !isClosed(process);
      if (proof === 'on' && revert === null && !ids.includes(neId ?? '') && !mayBeLost)
        return [`${key} is proven on and ${neId} is not live`];
      if ((proof === 'off' || proof === 'refused') && ids.length > 0) {
        return [`${key} is proven ${proof} and lives at the NE as ${ids.join(', ')}`];
      }
      return [];
    }),
  ];
};

/** Only an agreed visit that nobody was sent to shifts, inside what the customer was told, and with the same technician. */
const shiftsInsideThePromise = ({ id, events }: Order): readonly string[] => {
  const faults: string[] = [];
  let before = newProcess(id);
  for (const event of events) {
    if (event.type === 'VisitRetimed') {
      const { visit } = before.scheduling;
      const { slot, technicianId } = event.data;
      const told = visit?.window;
      const isKept = told !== undefined && slot.start >= told.start && slot.start <= told.end;
      if (before.stage !== 'scheduled') faults.push(`its visit shifted while it was ${before.stage}`);
      if (visit?.technicianId !== technicianId) faults.push('another technician came with a shift');
      if (!isKept) faults.push(`its visit shifted to ${slot.start}, which is not what was promised`);
    }
    before = evolve(before, event);
  }
  return faults;
};

/** 3, 4 and 11. */
const finalIsFinal = (order: Order): readonly string[] => {
  const { id, process, record } = order;
  if (!isClosed(process)) return [];
  const isOpenly = (key: string): boolean => !order.excused.has(key);
  const live = liveOf(order)
    .map(({ key }) => key)
    .filter(isOpenly);
  const wanted = (process.order.closed?.outcome === 'completed' ? [...wantedKeys(process)] : []).filter(
    isOpenly,
  );
  const same = canonicalJson([...live].sort()) === canonicalJson([...wanted].sort());
  const open = record.tm.appointments.filter(
    ({ appointmentId, callKey, status }) =>
      isOf(id, callKey) &&
      isOpenly(callKey) &&
      process.scheduling.appointments.get(appointmentId)?.waived !== true &&
      (status === 'confirmed' || status === 'initialized'),
  );
  const time = record.occupied.filter(({ orderId }) => orderId === id);
  const unproven = [...process.activation.services.values()].filter(
    (service) => !isOff(service) && !wanted.includes(service.plan.key) && isOpenly(service.plan.key),
  );
  return [
    ...(same ? [] : [`is ${process.stage} with ${live.join(', ') || 'nothing'} live at the NE`]),
    ...unproven.map(({ plan }) => `is ${process.stage} while ${plan.key} is not proven off`),
    ...open.map(({ appointmentId, status }) => `is ${process.stage} while ${appointmentId} is ${status}`),
    ...time.map(({ technicianId }) => `is ${process.stage} and still takes the time of ${technicianId}`),
    ...(process.order.holds.length === 0 ? [] : [`is ${process.stage} and held`]),
  ];
};

/** Stages in which nothing is due because a person or the customer comes next. */
const WAITS_FOR_PEOPLE = new Set([
  'held',
  'tm-queue',
  'customer-pending',
  'scheduled',
  'dispatched',
  'on-site',
]);

/** 9: every order is final, or waits for a named person, time or peer, and its work row says so. */
const waitsForSomebody = ({ id, process, record }: Order): readonly string[] => {
  const { policy, now } = record;
  const row = record.work.get(id);
  if (row === undefined) return ['has no work row'];
  const steps = nextSteps(process, policy);
  const faults = LANES.flatMap((lane) => {
    const isNeeded = steps.some((step) => step.lane === lane);
    const { due } = row.lanes[lane];
    if (isNeeded !== (due !== null))
      return [`its ${lane} lane is due ${due} and ${isNeeded ? '' : 'not '}needed`];
    return due !== null && due <= now ? [`its ${lane} lane is still due`] : [];
  });
  const isStuck = !isClosed(process) && steps.length === 0 && !WAITS_FOR_PEOPLE.has(process.stage);
  return isStuck ? [...faults, `is ${process.stage}, and nothing is to come`] : faults;
};
