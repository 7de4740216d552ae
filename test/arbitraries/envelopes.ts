import fc from 'fast-check';
import { planService } from '../../src/core/activation/catalogue.ts';
import {
  type DomainEvent,
  type Envelope,
  type EventOf,
  type EventType,
  schemaOf,
} from '../../src/core/process/events.ts';
import { STAGES } from '../../src/core/rules/stage.ts';
import { iso, ms } from '../../src/core/time/iso.ts';

export const ORDER = 'ORD-000042';
export const KEY = `${ORDER}/internet.hsi#1/1`;
export const PLACED_AT = ms('2026-11-23T00:00:00.000Z');
export const SLOT = { start: '2026-11-24T05:00:00.000Z', end: '2026-11-24T06:00:00.000Z' };

const access = planService(
  ORDER,
  { service: 'access.gpon#1', spec: 'access.gpon', dependsOn: [] },
  1,
  '강남구',
);
const internet = planService(
  ORDER,
  { service: 'internet.hsi#1', spec: 'internet.hsi', dependsOn: ['access.gpon#1'] },
  1,
  '강남구',
);
const technicianId = 'T-01';
const occurredAt = '2026-11-24T05:50:00.000Z';

/** One event of every type, as it would be in the life of one order. */
export const SAMPLE: { readonly [T in EventType]: EventOf<T>['data'] } = {
  OrderPlaced: {
    customerId: 'CUS-000001',
    internetCount: 1,
    tvCount: 0,
    area: '강남구',
    channel: 'desk',
    priority: 'normal',
    wishes: {},
  },
  OrderAmended: { internetCount: 1, tvCount: 1 },
  ContactChanged: { fields: ['phone'] },
  NoteAdded: { textId: 'text-1' },
  TermsChanged: {
    terms: { client: '포털', priority: '1', items: [{ id: '1', line: 'internet', quantity: 1 }] },
    priority: 'high',
    wishes: { notBefore: '2026-12-01' },
  },
  CancellationAssessed: {
    taskId: 'ORD-000042-C1',
    client: '포털',
    code: 'NO_LONGER_REQUIRED',
    denied: 'ALREADY_FINAL',
  },
  OrderCancelled: { code: 'CUSTOMER_CHANGED_MIND', stage: 'tm-queue' },
  OrderHeld: { hold: `ActivateService:${KEY}`, step: 'ActivateService', cause: 'NO_PORT' },
  HoldReleased: { hold: `ActivateService:${KEY}`, action: 'retry' },
  OrderClosed: { outcome: 'cancelled' },
  ActivationStarted: { plan: [access, internet] },
  ServiceRequested: { key: KEY, peer: 'ne:simulated', attempt: 0 },
  ServiceActivated: { key: KEY, neId: 'ne-1', equipmentId: 'OLT-1' },
  ServiceFound: { key: KEY, neId: 'ne-1', how: 'reconcile', duplicates: ['ne-2'] },
  ServiceRejected: { key: KEY, code: 'NO_PORT' },
  ServiceInDoubt: { key: KEY, cause: { code: 'NO_ANSWER', ms: 5_000 } },
  ServiceNotFound: { key: KEY, why: 'absent' },
  ServiceNotSeen: { key: KEY, counts: true, boot: 'boot-1', uptimeMs: 60_000 },
  ServiceDisowned: { key: KEY, neId: 'ne-1', name: 'ORD-000043/internet.hsi#1/1' },
  ActivationCompleted: { equipmentId: 'OLT-1', services: [KEY] },
  RevertRequested: { key: KEY, peer: 'ne:simulated' },
  ServiceReverted: { key: KEY, how: 'reverted' },
  DuplicatesReverted: { key: KEY, neIds: ['NE-000002'] },
  RevertRejected: { key: KEY, code: 'LOCKED' },
  ActivationCancelled: { services: [KEY] },
  ActivationReverted: { services: [KEY] },
  SlotSearchStarted: { taskId: 'task-1', peer: 'tm:simulated' },
  SchedulingRequested: { taskId: 'task-1', slots: [SLOT] },
  VisitProposed: {
    slot: SLOT,
    technicianId,
    via: 'desk',
    callAt: '2026-11-23T01:00:00.000Z',
    expiresAt: '2026-11-23T03:00:00.000Z',
    choice: 'automatic',
    reasons: ['earliest', 'load:0/5'],
  },
  VisitReleased: { why: 'expired' },
  CallRequested: { callKey: `${ORDER}/call#3`, peer: 'tm:simulated', via: 'desk', slot: SLOT },
  CustomerCalled: {
    callKey: `${ORDER}/call#3`,
    outcome: 'AGREED',
    slot: SLOT,
    appointmentId: 'app-1',
    nextCallAt: null,
    by: 'desk',
  },
  CallInDoubt: {
    callKey: `${ORDER}/call#3`,
    cause: { code: 'HTTP_STATUS', status: 503, told: '' },
    turnedAway: true,
  },
  CallNotPlaced: {
    callKey: `${ORDER}/call#3`,
    why: 'not-sent',
    cause: { code: 'CANNOT_CONNECT', error: 'ECONNREFUSED' },
  },
  CallNotSeen: { callKey: `${ORDER}/call#3` },
  MoveRequested: { slot: SLOT, technicianId, code: 'CUSTOMER_RESCHEDULE' },
  MoveRejected: { code: 'SLOT_GONE' },
  Scheduled: { visitDateTime: SLOT, technicianId, appointmentId: 'app-1' },
  VisitRetimed: { from: SLOT, slot: SLOT, technicianId },
  HistoryMayBeLost: {
    peer: 'ne:simulated',
    boundMs: 600_000,
    boot: 'boot-1',
    uptimeMs: 60_000,
    asked: [KEY],
    maybeGone: [],
  },
  ServiceWaived: { key: KEY, cause: 'NO_LOOKUP' },
  AppointmentWaived: { appointmentId: 'app-1', cause: 'PEER_CHANGED' },
  AppointmentMovedByDesk: { appointmentId: 'app-1', slot: SLOT },
  AppointmentCancelledByDesk: { appointmentId: 'app-1', code: 'REFUSED' },
  AppointmentFound: { callKey: `${ORDER}/call#3`, appointmentId: 'app-2', slot: SLOT, peer: 'tm:simulated' },
  AppointmentClosed: { appointmentId: 'app-1', as: 'completed' },
  ScheduleCancelled: { code: 'CUSTOMER_CHANGED_MIND', appointments: ['app-1'] },
  FieldWorkDispatched: { technicianId },
  FieldWorkRecalled: { technicianId },
  FieldWorkStarted: { technicianId, occurredAt: SLOT.start },
  FieldWorkCompleted: {
    result: { ontSerial: 'GPON0012AB34', rxPowerDbm: -18.5, stbSerials: [], signerTextId: 'text-2' },
    technicianId,
    visit: 1,
    occurredAt,
  },
  FieldResultCorrected: { corrected: { rxPowerDbm: -19 }, occurredAt },
  VisitNotDone: { code: 'NO_ACCESS', visit: 1, technicianId, occurredAt },
  FieldWorkFailed: { code: 'NO_FACILITY', visit: 1, technicianId, occurredAt },
};

/** A sample event with some of its payload changed. */
export const event = <T extends EventType>(type: T, changes: Partial<EventOf<T>['data']> = {}): DomainEvent =>
  // Type and payload belong together by the type of SAMPLE, which the compiler cannot follow through a spread.
  ({ type, data: { ...SAMPLE[type], ...changes } }) as DomainEvent;

export type Happened = { readonly event: DomainEvent; readonly minutes: number; readonly orderId?: string };

/** Something that happened so many minutes after the order was placed. */
export const happened = <T extends EventType>(
  minutes: number,
  type: T,
  changes: Partial<EventOf<T>['data']> = {},
): Happened => ({ event: event(type, changes), minutes });

/** Numbers what happened as the store would; `orderId` ORD-000042 unless given. */
export const envelopes = (story: readonly Happened[]): readonly Envelope[] => {
  const versions = new Map<string, number>();
  return story.map(({ event: one, minutes, orderId = ORDER }, i): Envelope => {
    const version = (versions.get(orderId) ?? 0) + 1;
    versions.set(orderId, version);
    return {
      ...one,
      position: i + 1,
      orderId,
      version,
      eventId: `event-${i + 1}`,
      schema: schemaOf(one.type),
      at: iso(PLACED_AT + minutes * 60_000),
      actor: 'tm:kim',
      causationId: null,
      hash: '',
    };
  });
};

const types = Object.keys(SAMPLE).filter(
  (type): type is EventType => type !== 'OrderPlaced' && type !== 'ActivationStarted',
);

const anyEvent: fc.Arbitrary<DomainEvent> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...types).map((type) => event(type)) },
  {
    weight: 1,
    arbitrary: fc
      .record({
        outcome: fc.constantFrom('NO_ANSWER', 'CALLBACK', 'REFUSED'),
        nextCallAt: fc.constantFrom(null, '2026-11-25T00:00:00.000Z'),
      })
      .map(({ outcome, nextCallAt }): DomainEvent => {
        const { slot: _slot, ...data } = SAMPLE.CustomerCalled;
        return { type: 'CustomerCalled', data: { ...data, outcome, nextCallAt } };
      }),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('WRONG_ADDRESS', 'WEATHER', 'NETWORK_FAULT')
      .map((code) => event('VisitNotDone', { code })),
  },
  { weight: 1, arbitrary: fc.constant(event('OrderHeld', { hold: 'CallCustomer', step: 'CallCustomer' })) },
  { weight: 1, arbitrary: fc.constantFrom(...STAGES).map((stage) => event('OrderCancelled', { stage })) },
);

/** Any events in any order after the order was placed and planned: more than ever happens, which is the point. */
export const anyStory = (maxLength: number): fc.Arbitrary<readonly Envelope[]> =>
  fc.array(fc.record({ event: anyEvent, gap: fc.nat(600) }), { maxLength }).map((events) => {
    let minutes = 1;
    const story: Happened[] = [happened(0, 'OrderPlaced'), happened(1, 'ActivationStarted')];
    for (const { event: one, gap } of events) {
      minutes += gap;
      story.push({ event: one, minutes });
    }
    return envelopes(story);
  });
