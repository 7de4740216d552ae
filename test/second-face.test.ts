import { afterEach, expect, test } from 'vitest';
import type { Services } from '../src/adapters/compose.ts';
import type { Change } from '../src/core/app/change-order.ts';
import { type AppDeps, operation } from '../src/core/app/deps.ts';
import { assignVisit } from '../src/core/app/desk/assign-visit.ts';
import type { VisitWish } from '../src/core/app/desk/choose-visit.ts';
import { planQueue } from '../src/core/app/desk/plan-queue.ts';
import { proposePlan } from '../src/core/app/desk/propose-plan.ts';
import { carryOn } from '../src/core/app/engine/carry-on.ts';
import { completeVisit } from '../src/core/app/field/field.ts';
import { areaOfOrder, knownAreas } from '../src/core/app/orders/area-of-order.ts';
import { assembleOrder, type OrderAsked } from '../src/core/app/orders/order-asked.ts';
import { placeOrder } from '../src/core/app/orders/place-order.ts';
import { openOrder } from '../src/core/app/orders/read-details.ts';
import { takeOffAndGive } from '../src/core/app/technicians/give-away.ts';
import type { GivenEvidence } from '../src/core/fieldwork/evidence.ts';
import { Refusal } from '../src/core/rules/refusal.ts';
import { type FieldHome, fieldHome } from '../src/testing/cli/field.fixture.ts';

/** A face for many people at once: no words, no flags, no terminal, no HTTP; whoever asks is named in each call. */
const secondFace = async (services: Services) => {
  const { saga, clock, ids, processes, policy } = services;
  const store = await services.store('write');
  const { as } = operation({ store, clock, ids, processes, policy });
  const patience = {
    dryRun: false,
    inlineMs: 60_000,
    waitMs: undefined,
    signal: new AbortController().signal,
  };
  const refusalOf = (thrown: unknown) => (thrown instanceof Refusal ? thrown : null);
  const carry = async (deps: AppDeps, change: Change): Promise<string> => {
    const peers = async () => ({ ...(await saga()), actor: deps.actor });
    return (await carryOn(deps, change, { ...patience, saga: peers, refusalOf })).process.orderId;
  };
  return {
    place: async (actor: string, asked: OrderAsked) => {
      const deps = as(actor);
      const { order, givenArea } = await assembleOrder(deps, asked);
      const found = areaOfOrder({ address: order.address, given: givenArea }, await knownAreas(deps, null));
      const area = found.kind === 'found' ? found.area : null;
      return carry(deps, await placeOrder(deps, { ...order, area, channel: 'api' }, { claim: true }));
    },
    assign: async (actor: string, orderId: string, wish: VisitWish) =>
      carry(as(actor), await assignVisit(as(actor), orderId, { wish, claim: true })),
    complete: async (actor: string, orderId: string, evidence: GivenEvidence) =>
      carry(as(actor), await completeVisit(as(actor), orderId, { facts: {}, evidence, claim: true })),
    /** Everybody who waits, held for whom the plan sends; the customers are phoned later. */
    plan: async (actor: string) => {
      const { placed } = await planQueue(as(actor), {});
      const held = await proposePlan(as(actor), placed, { dryRun: false, signal: patience.signal });
      return held.map(({ visit, kind }) => [visit.orderId, visit.technicianId, kind]);
    },
    dayOff: async (actor: string, technicianId: string, date: string) => {
      const carryOn = async (change: Change) => {
        await carry(as(actor), change);
        return change.process;
      };
      const away = { dates: { from: date, to: date }, to: 'auto', dryRun: false, claim: true, carryOn };
      const { given } = await takeOffAndGive(as(actor), technicianId, away);
      return given.map(({ visit, kind }) => [visit.orderId, kind]);
    },
    open: (actor: string, orderId: string) =>
      openOrder(as(actor), orderId, { showPii: false, writable: async () => store }),
  };
};

const homes: FieldHome[] = [];
afterEach(async () => {
  for (const home of homes.splice(0)) await home.close();
});
const newHome = async (): Promise<FieldHome> => {
  const home = await fieldHome();
  homes.push(home);
  return home;
};

const CS = 'cs:lee';
const DESK = 'dispatcher:kim';
const ONE = 'technician:T-01';
const OTHER = 'technician:T-02';
const ID = 'ORD-000001';
const ORDER = {
  name: '정하은',
  phone: '010-5577-8157',
  address: '경기도 성남시 분당구 황새울로 117',
  internet: 1,
  priority: 'normal',
} as const;
const EVIDENCE: GivenEvidence = { ont: 'HWTC12345678', rx: -18.4, signer: '정하은' };
const VISIT: VisitWish = {
  technician: 'T-01',
  at: Date.parse('2026-11-24T10:00:00+09:00'),
  prefer: undefined,
  via: 'agreed',
  call: 'now',
  force: undefined,
};

/** What is on the log and in the audit log, without what differs between any two runs. */
const traceOf = (home: FieldHome) =>
  home.withServices(async (services) => {
    const store = await services.store('read');
    return store.read(async (tx) => ({
      events: (await tx.events.load(ID)).map(({ type, actor }) => `${type} ${actor}`),
      audit: [...(await tx.audit.list(100))].reverse().map(({ at: _at, hash: _hash, ...entry }) => entry),
    }));
  });

/** The code that a call of the face is refused with; null: it is not. */
const refused = async (call: Promise<unknown>): Promise<string | null> => {
  const thrown = await call.then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown === null) return null;
  if (thrown instanceof Refusal) return thrown.code;
  throw thrown;
};

test('a second face has the refusals, the events and the audit of the command line', async () => {
  const [theirs, ours] = [await newHome(), await newHome()];
  const oss = async (actor: string, line: readonly string[]): Promise<string | null> => {
    const { exitCode, stderr } = await theirs.oss([...line, '--json'], { env: { OSS_ACTOR: actor } });
    if (exitCode === 0) return null;
    return /"code":\s*"([A-Z_]+)"/.exec(stderr)?.[1] ?? stderr;
  };
  const taken = ['--name', ORDER.name, '--phone', ORDER.phone, '--address', ORDER.address];
  const given = ['--ont', 'HWTC12345678', '--rx', '-18.4', '--signed-by', '정하은'];
  const visit = ['--technician', 'T-01', '--at', '2026-11-24 10:00', '--agreed'];
  const byCommand = [
    await oss(CS, ['order', 'new', ...taken, '--internet', '0']),
    await oss(CS, ['order', 'new', ...taken, '--internet', '1']),
    await oss(CS, ['order', 'new', ...taken, '--internet', '1']),
    await oss(DESK, ['schedule', 'assign', '99', ...visit]),
    await oss(DESK, ['schedule', 'assign', '1', ...visit]),
    await oss(OTHER, ['field', 'complete', '1', ...given]),
    await oss(ONE, ['field', 'complete', '1', ...given, '--rx', '-60']),
    await oss(ONE, ['order', 'show', '1']),
    await oss(ONE, ['field', 'complete', '1', ...given]),
  ];
  const byFace = await ours.withServices(async (services) => {
    const face = await secondFace(services);
    return [
      await refused(face.place(CS, { ...ORDER, internet: 0 })),
      await refused(face.place(CS, ORDER)),
      await refused(face.place(CS, ORDER)),
      await refused(face.assign(DESK, 'ORD-000099', VISIT)),
      await refused(face.assign(DESK, ID, VISIT)),
      await refused(face.complete(OTHER, ID, EVIDENCE)),
      await refused(face.complete(ONE, ID, { ...EVIDENCE, rx: -60 })),
      await refused(face.open(ONE, ID)),
      await refused(face.complete(ONE, ID, EVIDENCE)),
    ];
  });
  expect(byFace).toEqual([
    'NO_LINES',
    null,
    'DUPLICATE_ORDER',
    'ORDER_NOT_FOUND',
    null,
    'DENIED',
    'EVIDENCE_MISSING',
    null,
    null,
  ]);
  expect(byCommand).toEqual(byFace);
  const trace = await traceOf(ours);
  expect(trace).toEqual(await traceOf(theirs));
  expect(trace.events).toContain(`FieldWorkCompleted ${ONE}`);
  expect(trace.audit.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
    `${OTHER} denied`,
    `${ONE} pii.read`,
  ]);
});

test('a second face plans a queue and gives away the visits of a day off as the command line does', async () => {
  const [theirs, ours] = [await newHome(), await newHome()];
  const dispatcher = { env: { OSS_ACTOR: DESK } };
  for (const home of [theirs, ours]) await home.place({ internet: 1, tv: 0 });
  const planned = await theirs.oss(['schedule', 'plan', '-y', '--json'], dispatcher);
  const off = ['technician', 'off', 'T-01', '--date', '2026-11-24', '--reassign', 'auto', '--json'];
  // By then the customer's call is due, whatever the speed of this machine.
  const later = { OSS_NOW: '2026-11-24T00:10:00.000Z' };
  const moved = await theirs.oss(off, { env: { ...dispatcher.env, ...later } });
  expect([planned.exitCode, moved.exitCode]).toEqual([0, 0]);
  await ours.withServices(async (services) => {
    const face = await secondFace(services);
    expect(await face.plan(DESK)).toEqual([[ID, 'T-01', 'held']]);
  });
  await ours.withServices(async (services) => {
    const face = await secondFace(services);
    expect(await face.dayOff(DESK, 'T-01', '2026-11-24')).toEqual([[ID, 'given']]);
  }, later);
  const trace = await traceOf(ours);
  expect(trace).toEqual(await traceOf(theirs));
  expect(trace.events.filter((event) => event.startsWith('VisitProposed'))).toHaveLength(2);
  expect(JSON.parse(moved.stdout).items).toMatchObject([
    { orderId: ID, status: 'moved', technicianId: 'T-02' },
  ]);
});

test('nobody acts who is nobody', async () => {
  const home = await newHome();
  await home.withServices(async (services) => {
    const face = await secondFace(services);
    for (const actor of ['', 'kim', 'boss:kim', 'cs:', 'cs:a\nb']) {
      expect(await refused(face.place(actor, ORDER))).toBe('BAD_VALUE');
    }
  });
});
