import { describe, expect, it } from 'vitest';
import { envelopes, event, KEY, SAMPLE, SLOT } from '../../../test/arbitraries/envelopes.ts';
import { isCause } from '../codes/cause.ts';
import type { EventOf, EventType } from '../process/events.ts';
import { type TimelineEntry, timelineEntry } from './timeline.ts';

const entry = <T extends EventType>(type: T, changes: Partial<EventOf<T>['data']> = {}): TimelineEntry => {
  const [envelope] = envelopes([{ event: event(type, changes), minutes: 5 }]);
  if (envelope === undefined) throw new Error('one event');
  return timelineEntry(envelope);
};

const TYPES = Object.keys(SAMPLE).filter((type): type is EventType => type in SAMPLE);

describe('timelineEntry', () => {
  it.each(TYPES)('tells %s with when, who and what', (type) => {
    const told = entry(type);
    expect(told).toMatchObject({ title: type, version: 1, at: '2026-11-23T00:05:00.000Z', actor: 'tm:kim' });
    // Plain values and causes only, each there: the face words them without looking at the event.
    for (const [name, value] of Object.entries(told.values)) {
      const plain =
        value === null ||
        ['string', 'number'].includes(typeof value) ||
        Array.isArray(value) ||
        isCause(value)
          ? 'plain'
          : typeof value;
      expect([name, plain]).toEqual([name, 'plain']);
    }
    expect(Object.keys(told.values).length).toBeGreaterThan(0);
  });

  it.each<[EventType, object]>([
    [
      'OrderPlaced',
      { internet: 1, tv: 0, area: '강남구', priority: 'normal', channel: 'desk', textId: null },
    ],
    ['OrderHeld', { step: 'ActivateService', subject: 'internet.hsi#1', cause: 'NO_PORT', said: null }],
    ['ActivationStarted', { services: ['access.gpon#1', 'internet.hsi#1'] }],
    ['ServiceRequested', { service: 'internet.hsi#1', generation: 1, peer: 'ne:simulated', attempt: 0 }],
    [
      'ServiceFound',
      {
        service: 'internet.hsi#1',
        generation: 1,
        neId: 'ne-1',
        equipmentId: null,
        how: 'reconcile',
        duplicates: 1,
      },
    ],
    ['ActivationCompleted', { equipmentId: 'OLT-1', services: ['internet.hsi#1'] }],
    ['SchedulingRequested', { taskId: 'task-1', slots: 1 }],
    [
      'CustomerCalled',
      {
        call: 3,
        outcome: 'AGREED',
        by: 'desk',
        nextCallAt: null,
        ...SLOT,
        appointmentId: 'app-1',
        textId: null,
      },
    ],
    ['Scheduled', { ...SLOT, technicianId: 'T-01', appointmentId: 'app-1' }],
    [
      'FieldWorkFailed',
      {
        code: 'NO_FACILITY',
        visit: 1,
        technicianId: 'T-01',
        occurredAt: '2026-11-24T05:50:00.000Z',
        textId: null,
      },
    ],
    ['FieldResultCorrected', { fields: ['rxPowerDbm'], occurredAt: '2026-11-24T05:50:00.000Z' }],
  ])('%s has the values a person wants', (type, values) => {
    expect(entry(type).values).toEqual(values);
  });

  it('tells a hold without a subject, and a later generation', () => {
    expect(entry('OrderHeld', { hold: 'CallCustomer', step: 'CallCustomer' }).values).toMatchObject({
      subject: null,
    });
    expect(entry('ServiceRejected', { key: KEY.replace(/1$/, '2') }).values).toMatchObject({ generation: 2 });
  });
});
