import { neededServices, planService } from '../../src/core/activation/catalogue.ts';
import type { Evidence } from '../../src/core/fieldwork/events.ts';
import type { OrderPlaced } from '../../src/core/order/events.ts';
import type { EventOf, EventType, NewEvent } from '../../src/core/process/events.ts';
import type { CallOutcome } from '../../src/core/scheduling/events.ts';
import type { Slot } from '../../src/core/time/slot.ts';
import type { Lines } from '../../src/core/values/lines.ts';
import { ORDER_ID } from './given.ts';

/** Pieces of orders' lives, as bare events: `given(...scheduled())`. */

export const NE = 'ne:simulated';
export const TM = 'tm:simulated';
export const ONE_LINE: Lines = { internet: 1, tv: 0 };

export const SLOT: Slot = { start: '2026-11-26T01:00:00.000Z', end: '2026-11-26T02:00:00.000Z' };
export const LATER_SLOT: Slot = { start: '2026-11-26T05:00:00.000Z', end: '2026-11-26T06:00:00.000Z' };

export const EVIDENCE: Evidence = {
  ontSerial: 'ABCD12345678',
  rxPowerDbm: -18.5,
  stbSerials: [],
  signerTextId: 'text-signer',
};

/** The key of a service of the given order, e.g. `keyOf('tv.stb#2')`. */
export const keyOf = (service: string, generation = 1): string => `${ORDER_ID}/${service}/${generation}`;
export const callKeyOf = (number: number): string => `${ORDER_ID}/call#${number}`;

/** An event of a type with its data, typed. */
export const event = <T extends EventType>(type: T, data: EventOf<T>['data']): NewEvent =>
  ({ type, data }) as unknown as NewEvent;

export const placed = (data: Partial<OrderPlaced['data']> = {}): NewEvent =>
  event('OrderPlaced', {
    customerId: 'CUS-000001',
    internetCount: 1,
    tvCount: 0,
    area: '분당구',
    channel: 'desk',
    priority: 'normal',
    wishes: {},
    ...data,
  });

export const placedWith = (lines: Lines): NewEvent =>
  placed({ internetCount: lines.internet, tvCount: lines.tv });

export const started = (lines: Lines = ONE_LINE): readonly NewEvent[] => [
  placedWith(lines),
  event('ActivationStarted', {
    plan: neededServices(lines).map((needed) => planService(ORDER_ID, needed, 1, '분당구')),
  }),
];

export const requested = (service: string, generation = 1): NewEvent =>
  event('ServiceRequested', { key: keyOf(service, generation), peer: NE, attempt: 0 });

export const on = (service: string, generation = 1): NewEvent =>
  event('ServiceActivated', {
    key: keyOf(service, generation),
    neId: `NE-${service}-${generation}`,
    ...(service.startsWith('access.gpon') ? { equipmentId: 'OLT-1/1' } : {}),
  });

export const switchedOn = (service: string, generation = 1): readonly NewEvent[] => [
  requested(service, generation),
  on(service, generation),
];

export const switchedOff = (service: string, generation = 1): readonly NewEvent[] => [
  event('RevertRequested', { key: keyOf(service, generation), peer: NE }),
  event('ServiceReverted', { key: keyOf(service, generation), how: 'reverted' }),
];

export const amended = (lines: Lines): NewEvent =>
  event('OrderAmended', { internetCount: lines.internet, tvCount: lines.tv });

/** Everything that the lines need is on. */
export const allOn = (lines: Lines = ONE_LINE): readonly NewEvent[] => [
  ...started(lines),
  ...neededServices(lines).flatMap(({ service }) => switchedOn(service)),
];

export const TASK_SLOTS: readonly Slot[] = [SLOT, LATER_SLOT];

/** In the TM queue. */
export const queued = (lines: Lines = ONE_LINE): readonly NewEvent[] => [
  ...allOn(lines),
  event('ActivationCompleted', {
    equipmentId: 'OLT-1/1',
    services: neededServices(lines).map(({ service }) => keyOf(service)),
  }),
  event('SchedulingRequested', { taskId: 'TASK-1', slots: TASK_SLOTS }),
];

export const proposal = (
  data: Partial<EventOf<'VisitProposed'>['data']> = {},
): EventOf<'VisitProposed'>['data'] => ({
  slot: SLOT,
  technicianId: 'T-01',
  via: 'desk',
  callAt: '2026-11-24T02:00:00.000Z',
  expiresAt: '2026-11-24T04:00:00.000Z',
  choice: 'automatic',
  reasons: ['earliest'],
  ...data,
});

export const proposed = (data: Partial<EventOf<'VisitProposed'>['data']> = {}): readonly NewEvent[] => [
  ...queued(),
  event('VisitProposed', proposal(data)),
];

export const calling = (number = 1): NewEvent =>
  event('CallRequested', { callKey: callKeyOf(number), peer: TM, via: 'desk', slot: SLOT });

/** The desk phones. */
export const called = (): readonly NewEvent[] => [...proposed(), calling()];

export const answered = (
  outcome: Exclude<CallOutcome, 'AGREED'>,
  nextCallAt: string | null,
  number = 1,
): NewEvent =>
  event('CustomerCalled', {
    callKey: callKeyOf(number),
    outcome,
    nextCallAt,
    by: 'desk',
    ...(nextCallAt === null ? {} : { expiresAt: '2026-11-25T04:00:00.000Z' }),
  });

export const agreed = (slot: Slot = SLOT, number = 1): NewEvent =>
  event('CustomerCalled', {
    callKey: callKeyOf(number),
    outcome: 'AGREED',
    slot,
    appointmentId: `APT-${number}`,
    nextCallAt: null,
    by: 'desk',
  });

export const visit = (slot: Slot = SLOT, technicianId = 'T-01', appointmentId = 'APT-1'): NewEvent =>
  event('Scheduled', { visitDateTime: slot, technicianId, appointmentId });

export const scheduled = (): readonly NewEvent[] => [...called(), agreed(), visit()];

export const noTechnician = (): readonly NewEvent[] => [
  ...called(),
  agreed(LATER_SLOT),
  event('VisitReleased', { why: 'agreed-other-slot' }),
  event('OrderHeld', {
    hold: 'ScheduleVisit',
    step: 'ScheduleVisit',
    cause: 'NO_TECHNICIAN_AT_AGREED_SLOT',
  }),
];

export const dispatched = (): readonly NewEvent[] => [
  ...scheduled(),
  event('FieldWorkDispatched', { technicianId: 'T-01' }),
];

export const onSite = (): readonly NewEvent[] => [
  ...dispatched(),
  event('FieldWorkStarted', { technicianId: 'T-01', occurredAt: SLOT.start }),
];

export const completed = (): readonly NewEvent[] => [
  ...onSite(),
  event('FieldWorkCompleted', { result: EVIDENCE, technicianId: 'T-01', visit: 1, occurredAt: SLOT.end }),
];

export const returned = (): readonly NewEvent[] => [
  ...onSite(),
  event('FieldWorkFailed', { code: 'NO_FACILITY', visit: 1, technicianId: 'T-01', occurredAt: SLOT.end }),
];

export const notDone = (code: EventOf<'VisitNotDone'>['data']['code'], number = 1): NewEvent =>
  event('VisitNotDone', { code, visit: number, technicianId: 'T-01', occurredAt: SLOT.end });

export const cancelled = (stage: EventOf<'OrderCancelled'>['data']['stage'] = 'tm-queue'): NewEvent =>
  event('OrderCancelled', { code: 'CUSTOMER_CHANGED_MIND', stage });

export const held = (hold: string, cause = 'REFUSED'): NewEvent =>
  event('OrderHeld', { hold, step: hold.split(':')[0] ?? hold, cause });
