import type { MemoryNe } from '../../src/adapters/memory/memory-ne.ts';
import type { Change } from '../../src/core/app/change-order.ts';
import type { SagaDeps } from '../../src/core/app/deps.ts';
import { assignVisit } from '../../src/core/app/desk/assign-visit.ts';
import { moveVisit, recordCall, unassignVisit } from '../../src/core/app/desk/desk.ts';
import { markDone } from '../../src/core/app/fallout/mark-done.ts';
import { retryHolds } from '../../src/core/app/fallout/retry-holds.ts';
import { waiveHeld } from '../../src/core/app/fallout/waive-hold.ts';
import {
  completeVisit,
  correctVisit,
  returnVisit,
  revisitLater,
  startVisit,
} from '../../src/core/app/field/field.ts';
import { addNote, amendOrder, cancelOrder } from '../../src/core/app/orders/change-terms.ts';
import { placeOrder } from '../../src/core/app/orders/place-order.ts';
import { rebuild } from '../../src/core/app/rebuild.ts';
import { compareAndKeep } from '../../src/core/app/reconcile/compare-peers.ts';
import { readOrder } from '../../src/core/app/write-order.ts';
import type { CallOutcome } from '../../src/core/scheduling/events.ts';
import { iso } from '../../src/core/time/iso.ts';
import type { Random } from './random.ts';

/** One thing that a person does. `claim`: its steps run inline. Throws Refusal. */
type Command = (
  deps: SagaDeps,
  orderId: string,
  by: { readonly chaos: Random; readonly claim: boolean },
) => Promise<Change | null>;

const HALF_HOUR_MS = 1_800_000;
const DAY_MS = 86_400_000;

/** A half-hour within the next days, mostly in working hours. */
const someTime = (deps: SagaDeps, chaos: Random): number =>
  Math.ceil(deps.clock.now() / HALF_HOUR_MS) * HALF_HOUR_MS +
  chaos.below(3) * DAY_MS +
  chaos.below(10) * HALF_HOUR_MS;

const ORDER = {
  phone: '010-5577-8157',
  area: '분당구',
  channel: 'desk',
  wishes: {},
} as const;

export const place: Command = (deps, _orderId, { chaos, claim }) =>
  placeOrder(
    deps,
    {
      ...ORDER,
      name: chaos.pick(['정하은', '김도윤']),
      address: `경기도 성남시 분당구 황새울로 ${chaos.below(3)}`,
      lines: { internet: chaos.below(2) + 1, tv: chaos.below(2) },
      priority: chaos.pick(['low', 'normal', 'high', 'urgent']),
    },
    { duplicateOk: true, claim },
  );

export const cancel: Command = (deps, orderId, { claim }) =>
  cancelOrder(deps, orderId, { code: 'CUSTOMER_CHANGED_MIND', claim });

export const complete: Command = async (deps, orderId, { claim }) => {
  const { order } = await deps.store.read((tx) => readOrder(tx, orderId));
  const stb = Array.from({ length: order.lines.tv }, (_, index) => `STB0000${index}`);
  const evidence = { ont: 'ABCD12345678', rx: -18.5, stb, signer: '정하은' };
  return completeVisit(deps, orderId, { facts: {}, evidence, claim });
};

export const giveBack: Command = (deps, orderId, { claim }) =>
  returnVisit(deps, orderId, { facts: {}, code: 'NO_FACILITY', claim });

const assign: Command = (deps, orderId, { chaos, claim }) => {
  const agreed = chaos.is(0.3);
  const wish = {
    technician: chaos.pick(['auto', 'T-01', 'T-02']),
    at: agreed || chaos.is(0.4) ? someTime(deps, chaos) : ('next' as const),
    via: agreed ? ('agreed' as const) : ('desk' as const),
    call: chaos.pick<'now' | 'hours'>(['now', 'hours']),
  } as const;
  return assignVisit(deps, orderId, { wish, claim });
};

const callByHand: Command = (deps, orderId, { chaos, claim }) => {
  const outcome = chaos.pick<CallOutcome>(['AGREED', 'AGREED', 'NO_ANSWER', 'CALLBACK', 'REFUSED']);
  const at = outcome === 'CALLBACK' || chaos.is(0.3) ? someTime(deps, chaos) : undefined;
  return recordCall(deps, orderId, { call: { outcome, ...(at === undefined ? {} : { at }) }, claim });
};

const move: Command = (deps, orderId, { chaos, claim }) => {
  const changes = chaos.is(0.6)
    ? { at: someTime(deps, chaos), agreed: true }
    : { technicianId: chaos.pick(['auto', 'T-01', 'T-02']), agreed: false };
  return moveVisit(deps, orderId, { move: { ...changes, code: 'CUSTOMER_RESCHEDULE' }, claim });
};

const revisit: Command = (deps, orderId, { chaos, claim }) =>
  revisitLater(deps, orderId, {
    facts: {},
    code: chaos.pick(['NO_ACCESS', 'WEATHER', 'NETWORK_FAULT', 'WRONG_ADDRESS']),
    claim,
  });

const amendLines: Command = (deps, orderId, { chaos, claim }) =>
  amendOrder(deps, orderId, {
    amendment: { lines: { internet: chaos.below(3), tv: chaos.below(3) } },
    claim,
  });

const amendContact: Command = (deps, orderId, { chaos, claim }) =>
  amendOrder(deps, orderId, { amendment: { phone: `010-5577-${1000 + chaos.below(9000)}` }, claim });

const retry: Command = (deps, orderId, { claim }) => retryHolds(deps, orderId, { wish: {}, claim });

const waive: Command = (deps, orderId, { claim }) =>
  waiveHeld(deps, orderId, { wish: {}, reason: 'nobody can say', claim });

/** A person has looked at the network, and names what it has of this order. */
const doneByHand: Command = async (deps, orderId, { chaos }) => {
  const { services } = 'ledger' in deps.ne ? (deps.ne as MemoryNe).ledger() : { services: [] };
  const [first, ...rest] = services.filter(({ asked }) => asked.startsWith(`${orderId}/`));
  const neId = first === undefined ? undefined : chaos.pick([first, ...rest]).neId;
  return markDone(deps, orderId, { wish: {}, neId, reason: 'seen it' });
};

const compare: Command = async (deps) => {
  const all = compareAndKeep(deps, {});
  while ((await all.next()).done !== true);
  return null;
};

const rebuildAll: Command = async (deps) => {
  await rebuild(deps);
  return null;
};

/** A technician's time is taken away for a day and given back. */
const dayOff: Command = async (deps, _orderId, { chaos }) => {
  const day = iso(deps.clock.now() + chaos.below(3) * DAY_MS).slice(0, 10);
  await deps.store.write(async (tx) => {
    const technician = await tx.technicians.get('T-01');
    if (technician === null) return;
    const daysOff = technician.daysOff.includes(day) ? [] : [day];
    await tx.technicians.put({ ...technician, daysOff });
  });
  return null;
};

/** By name, for the trace; the more often a command stands here, the more often it is given. */
export const COMMANDS: readonly [readonly [string, Command], ...(readonly [string, Command])[]] = [
  ['place', place],
  ['place', place],
  ['cancel', cancel],
  ['complete', complete],
  ['complete', complete],
  ['return', giveBack],
  ['assign', assign],
  ['assign', assign],
  ['call', callByHand],
  ['move', move],
  ['move', move],
  ['unassign', (deps, orderId, { claim }) => unassignVisit(deps, orderId, { claim })],
  ['start', (deps, orderId, { claim }) => startVisit(deps, orderId, { facts: {}, claim })],
  ['revisit', revisit],
  ['amend', amendLines],
  ['contact', amendContact],
  ['note', (deps, orderId, { claim }) => addNote(deps, orderId, { text: 'rings twice', claim })],
  ['correct', (deps, orderId) => correctVisit(deps, orderId, { facts: {}, given: { rx: -19 } })],
  ['retry', retry],
  ['waive', waive],
  ['done', doneByHand],
  ['compare', compare],
  ['rebuild', rebuildAll],
  ['day off', dayOff],
];
