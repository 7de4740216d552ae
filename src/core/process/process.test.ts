import { describe, expect, test } from 'vitest';
import { and, type GivenEvent, given } from '../../../test/support/given.ts';
import {
  agreed,
  allOn,
  answered,
  called,
  cancelled,
  completed,
  dispatched,
  event,
  held,
  keyOf,
  noTechnician,
  notDone,
  onSite,
  placed,
  proposed,
  queued,
  returned,
  scheduled,
  started,
  switchedOff,
} from '../../../test/support/stories.ts';
import type { Stage } from '../rules/stage.ts';
import { finalIntent, fold, isClosed, isGoing, isUndoing, newProcess } from './process.ts';

const closed = (outcome: 'completed' | 'returned' | 'cancelled') => event('OrderClosed', { outcome });
const pending = [answered('REFUSED', null), event('VisitReleased', { why: 'customer-pending' })];

describe('the stage is the first line of the table that fits', () => {
  const table: readonly (readonly [Stage, string, readonly GivenEvent[]])[] = [
    ['placed', 'taken', [placed()]],
    ['activating', 'planned', started()],
    ['activating', 'all on, not told to the desk yet', allOn()],
    ['held', 'a step needs a person', [...started(), held(`ActivateService:${keyOf('access.gpon#1')}`)]],
    ['held', 'agreed, nobody to go', noTechnician()],
    ['held', 'a visit stands, and something is held', [...scheduled(), held('FieldVisit')]],
    ['tm-queue', 'in the queue', queued()],
    ['tm-queue', 'proposed', proposed()],
    ['tm-queue', 'being called', called()],
    ['customer-pending', 'not reached', [...called(), ...pending]],
    ['customer-pending', 'the address is wrong', [...onSite(), notDone('WRONG_ADDRESS')]],
    ['tm-queue', 'proposed again', [...called(), ...pending, ...proposed().slice(-1)]],
    [
      'tm-queue',
      'contact data changed',
      [...called(), ...pending, event('ContactChanged', { fields: ['phone'] })],
    ],
    [
      'tm-queue',
      'called again',
      [...called(), ...pending, answered('NO_ANSWER', '2026-11-25T01:00:00.000Z', 2)],
    ],
    ['scheduled', 'agreed', scheduled()],
    ['dispatched', 'handed over', dispatched()],
    ['scheduled', 'recalled', [...dispatched(), event('FieldWorkRecalled', { technicianId: 'T-01' })]],
    ['on-site', 'there', onSite()],
    ['tm-queue', 'nobody was at home', [...onSite(), notDone('NO_ACCESS')]],
    ['completed', 'done', completed()],
    ['completed', 'done and closed', [...completed(), closed('completed')]],
    ['completed', 'done, and a hold is left', [...completed(), held('CloseAppointment:APT-1')]],
    ['returning', 'returned', returned()],
    ['returned', 'returned and closed', [...returned(), closed('returned')]],
    ['cancelling', 'cancelled', [...dispatched(), cancelled('dispatched')]],
    ['cancelling', 'cancelled while held', [...noTechnician(), cancelled('held')]],
    ['cancelled', 'cancelled and closed', [placed(), cancelled('placed'), closed('cancelled')]],
    [
      'cancelling',
      'found on after the end',
      [
        ...allOn(),
        cancelled('activating'),
        closed('cancelled'),
        event('ServiceFound', { key: keyOf('access.gpon#1'), neId: 'NE-1', how: 'reconcile' }),
      ],
    ],
    [
      'returning',
      'an answer after the end',
      [
        ...returned(),
        closed('returned'),
        event('CustomerCalled', {
          callKey: 'ORD-000042/call#2',
          outcome: 'BUSY',
          nextCallAt: null,
          by: 'desk',
        }),
      ],
    ],
  ];

  test.each(table)('%s: %s', (stage, _what, events) => {
    expect(given(...events).stage).toBe(stage);
  });
});

describe('since when', () => {
  test('a stage begins with the event that made it, and notes do not move it', () => {
    const process = given(placed(), event('NoteAdded', { textId: 'text-1' }));
    expect(process).toMatchObject({
      version: 2,
      stageSince: '2026-11-24T01:00:00.000Z',
      updatedAt: '2026-11-24T01:00:01.000Z',
    });
    expect(and(process, ...started().slice(1))).toMatchObject({
      stage: 'activating',
      stageSince: '2026-11-24T01:00:02.000Z',
    });
  });

  test('folding in two parts is folding at once', () => {
    const events = scheduled();
    expect(and(given(...events.slice(0, 7)), ...events.slice(7))).toEqual(given(...events));
    expect(fold(newProcess('ORD-000042'), [])).toEqual(newProcess('ORD-000042'));
  });
});

describe('the final intent', () => {
  test.each([
    ['none', scheduled(), null],
    ['cancelled', [...scheduled(), cancelled('scheduled')], 'cancelled'],
    ['returned', returned(), 'returned'],
    ['completed', completed(), 'completed'],
  ] as const)('%s', (_what, events, intent) => {
    const process = given(...events);
    expect(finalIntent(process)).toBe(intent);
    expect(isGoing(process)).toBe(intent === null);
    expect(isUndoing(process)).toBe(intent === 'cancelled' || intent === 'returned');
  });

  test('an order nobody placed is neither going nor over', () => {
    expect(isGoing(newProcess('ORD-000042'))).toBe(false);
    expect(finalIntent(newProcess('ORD-000042'))).toBeNull();
  });
});

describe('closed', () => {
  const over = [...allOn(), cancelled('activating'), ...switchedOff('internet.hsi#1')];

  test('lasts while nothing is learnt', () => {
    expect(isClosed(given(...over))).toBe(false);
    const process = given(...over, closed('cancelled'));
    expect(isClosed(process)).toBe(true);
    expect(isClosed(and(process, event('NoteAdded', { textId: 'text-1' })))).toBe(true);
  });

  test('ends with a fact about a service, a call or an appointment, and comes anew', () => {
    const process = given(...over, closed('cancelled'));
    const facts = [
      event('ServiceFound', { key: keyOf('internet.hsi#1'), neId: 'NE-1', how: 'reconcile' }),
      agreed(),
      event('AppointmentClosed', { appointmentId: 'APT-1', as: 'failed' }),
    ];
    for (const fact of facts) {
      const open = and(process, fact);
      expect(isClosed(open)).toBe(false);
      expect(isClosed(and(open, closed('cancelled')))).toBe(true);
    }
  });
});
