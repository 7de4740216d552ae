import { describe, expect, test } from 'vitest';
import { type GivenEvent, given } from '../../../test/support/given.ts';
import {
  agreed,
  allOn,
  amended,
  answered,
  called,
  calling,
  cancelled,
  completed,
  dispatched,
  event,
  held,
  keyOf,
  LATER_SLOT,
  noTechnician,
  notDone,
  on,
  onSite,
  placed,
  placedWith,
  proposed,
  queued,
  requested,
  returned,
  SLOT,
  scheduled,
  started,
  switchedOff,
  switchedOn,
  visit,
} from '../../../test/support/stories.ts';
import { DEFAULT_POLICY, type Policy } from '../rules/policy.ts';
import type { Step, StepName } from '../rules/step.ts';
import { iso, ms } from '../time/iso.ts';
import { nextSteps } from './saga.ts';

const AUTO: Policy = { ...DEFAULT_POLICY, schedule: { ...DEFAULT_POLICY.schedule, auto: true } };
const stepsOf = (events: readonly GivenEvent[], policy = DEFAULT_POLICY): readonly Step[] =>
  nextSteps(given(...events), policy);
const find = (name: StepName, events: readonly GivenEvent[], policy = DEFAULT_POLICY) =>
  stepsOf(events, policy).filter((step) => step.name === name);
const names = (events: readonly GivenEvent[], policy = DEFAULT_POLICY) =>
  stepsOf(events, policy).map((step) => (step.subject === null ? step.name : `${step.name} ${step.subject}`));

const ACCESS = keyOf('access.gpon#1');
const HSI = keyOf('internet.hsi#1');
const reverted = [...switchedOff('internet.hsi#1'), ...switchedOff('access.gpon#1')];
const confirmed = (type: 'ActivationCancelled' | 'ActivationReverted') =>
  event(type, { services: [HSI, ACCESS] });
const cleared = event('ScheduleCancelled', { code: 'CUSTOMER_CHANGED_MIND', appointments: ['APT-1'] });
const recalled = event('FieldWorkRecalled', { technicianId: 'T-01' });
const moving = event('MoveRequested', { slot: LATER_SLOT, technicianId: 'T-02', code: 'X' });
const visitAt = (at: string) => ({ ...visit(), at });
const vouched = event('HoldReleased', { hold: 'LostAppointment', action: 'done' });
const marked = event('AppointmentClosed', { appointmentId: 'APT-1', as: 'completed' });
const closed = event('OrderClosed', { outcome: 'completed' });

/** A story, and whether the step is needed at its end. */
type Case = readonly [what: string, events: readonly GivenEvent[], needed: boolean];

const TABLE: Readonly<Record<StepName, readonly Case[]>> = {
  RecallFieldWork: [
    ['cancelled while dispatched', [...dispatched(), cancelled('dispatched')], true],
    ['cancelled on site', [...onSite(), cancelled('on-site')], true],
    ['cancelled before', [...scheduled(), cancelled('scheduled')], false],
    ['recalled already', [...dispatched(), cancelled('dispatched'), recalled], false],
    ['returned', returned(), false],
    ['going', dispatched(), false],
  ],
  InitiateActivation: [
    ['placed', [placed()], true],
    ['planned', started(), false],
    ['lines added', [...allOn(), amended({ internet: 2, tv: 0 })], true],
    ['lines taken out', [...allOn({ internet: 2, tv: 0 }), amended({ internet: 1, tv: 0 })], false],
    [
      'a line wanted anew',
      [
        ...allOn({ internet: 2, tv: 0 }),
        amended({ internet: 1, tv: 0 }),
        ...switchedOff('internet.hsi#2'),
        amended({ internet: 2, tv: 0 }),
      ],
      true,
    ],
    [
      'a line wanted anew while it goes',
      [
        ...allOn({ internet: 2, tv: 0 }),
        amended({ internet: 1, tv: 0 }),
        event('RevertRequested', { key: keyOf('internet.hsi#2'), peer: 'ne:simulated' }),
        amended({ internet: 2, tv: 0 }),
      ],
      false,
    ],
    ['cancelled', [placed(), cancelled('placed')], false],
    ['also while held', [placed(), held('RequestScheduling')], true],
  ],
  CheckService: [
    ['requested, not answered', [...started(), requested('access.gpon#1')], true],
    ['also after a cancel', [...started(), requested('access.gpon#1'), cancelled('activating')], true],
    ['answered', [...started(), ...switchedOn('access.gpon#1')], false],
    [
      'known absent',
      [...started(), requested('access.gpon#1'), event('ServiceNotFound', { key: ACCESS, why: 'absent' })],
      false,
    ],
    ['held for a person', [...started(), requested('access.gpon#1'), held(`CheckService:${ACCESS}`)], false],
    [
      'held, but undoing',
      [...started(), requested('access.gpon#1'), cancelled('activating'), held(`CheckService:${ACCESS}`)],
      true,
    ],
  ],
  ActivateService: [
    ['planned', started(), true],
    ['what it needs is not on', [...started(), requested('access.gpon#1')], false],
    ['what it needs is on', [...started(), ...switchedOn('access.gpon#1')], true],
    [
      'known absent',
      [...started(), requested('access.gpon#1'), event('ServiceNotFound', { key: ACCESS, why: 'not-sent' })],
      true,
    ],
    [
      'refused',
      [
        ...started(),
        requested('access.gpon#1'),
        event('ServiceRejected', { key: ACCESS, code: 'NO_PORT' }),
        held(`ActivateService:${ACCESS}`),
      ],
      false,
    ],
    [
      'refused, and a person said: again',
      [
        ...started(),
        requested('access.gpon#1'),
        event('ServiceRejected', { key: ACCESS, code: 'NO_PORT' }),
        held(`ActivateService:${ACCESS}`),
        event('HoldReleased', { hold: `ActivateService:${ACCESS}`, action: 'retry' }),
      ],
      true,
    ],
    [
      'not wanted any more',
      [
        ...started({ internet: 1, tv: 1 }),
        ...switchedOn('access.gpon#1'),
        ...switchedOn('internet.hsi#1'),
        amended({ internet: 1, tv: 0 }),
      ],
      false,
    ],
    ['cancelled', [...started(), cancelled('activating')], false],
    ['all on', allOn(), false],
  ],
  RevertService: [
    ['wanted', allOn(), false],
    ['cancelled', [...allOn(), cancelled('activating')], true],
    [
      'what depends on it is unknown',
      [...started(), ...switchedOn('access.gpon#1'), requested('internet.hsi#1'), cancelled('activating')],
      false,
    ],
    ['returned', returned(), true],
    ['a line taken out', [...allOn({ internet: 2, tv: 0 }), amended({ internet: 1, tv: 0 })], true],
    [
      'refused by the NE, for ever',
      [...allOn(), cancelled('activating'), held(`RevertService:${HSI}`)],
      true,
    ],
    ['off', [...allOn(), cancelled('activating'), ...reverted], false],
    ['completed', completed(), false],
  ],
  RequestScheduling: [
    ['all on', allOn(), true],
    ['not all on', [...started(), ...switchedOn('access.gpon#1')], false],
    ['a line is still to be planned', [...allOn(), amended({ internet: 2, tv: 0 })], false],
    ['the whole order is held', [...allOn(), held('RequestScheduling')], false],
    ['one service is held', [...allOn(), held(`RevertService:${keyOf('internet.hsi#2')}`)], true],
    ['a visit is proposed', proposed(), false],
    ['a call is running', called(), false],
    ['a visit is agreed', scheduled(), false],
    ['agreed, nobody to go', noTechnician(), false],
    ['the visit was not done', [...onSite(), notDone('NO_ACCESS')], true],
    ['customer-pending survives a new task', [...onSite(), notDone('WRONG_ADDRESS')], true],
    [
      'the visit was not done because of the network',
      [...onSite(), notDone('NETWORK_FAULT'), held('FieldVisit')],
      false,
    ],
    ['cancelled', [...allOn(), cancelled('activating')], false],
  ],
  ProposeVisit: [
    ['a task', queued(), true],
    ['no task', allOn(), false],
    ['proposed', proposed(), false],
    [
      'customer-pending',
      [...called(), answered('REFUSED', null), event('VisitReleased', { why: 'customer-pending' })],
      false,
    ],
    ['held', [...queued(), held('FieldVisit')], false],
    [
      'the area is not known',
      [...queued(), event('ContactChanged', { fields: ['address'], area: null })],
      false,
    ],
    ['agreed', scheduled(), false],
    ['cancelled', [...queued(), cancelled()], false],
  ],
  ReleaseVisit: [
    ['proposed', proposed(), true],
    ['a call is running', called(), false],
    ['agreed', [...called(), agreed()], false],
    ['none', queued(), false],
  ],
  CallCustomer: [
    ['proposed', proposed(), true],
    ['a call is running', called(), false],
    ['no answer', [...called(), answered('NO_ANSWER', '2026-11-24T05:00:00.000Z')], true],
    ['agreed', [...called(), agreed()], false],
    [
      'not placed',
      [...called(), event('CallNotPlaced', { callKey: 'ORD-000042/call#1', why: 'absent' })],
      true,
    ],
    ['held', [...proposed(), held('CallCustomer')], false],
    ['one service is held', [...proposed(), held(`ActivateService:${HSI}`)], true],
    ['cancelled', [...proposed(), cancelled()], false],
  ],
  CheckCall: [
    ['no answer yet', called(), true],
    ['also after a cancel', [...called(), cancelled()], true],
    ['answered', [...called(), agreed()], false],
    ['held for a person', [...called(), held('CheckCall:ORD-000042/call#1')], false],
    ['held, but undoing', [...called(), cancelled(), held('CheckCall:ORD-000042/call#1')], true],
  ],
  MoveVisit: [
    ['asked for', [...scheduled(), moving], true],
    ['rejected', [...scheduled(), moving, event('MoveRejected', { code: 'FULL' })], false],
    ['done', [...scheduled(), moving, visit(LATER_SLOT, 'T-02')], false],
    ['cancelled', [...scheduled(), moving, cancelled('scheduled')], false],
  ],
  CheckVisit: [
    ['agreed long before', scheduled(), true],
    ['moved a moment before', [...scheduled(), moving, visitAt('2026-11-25T00:55:00.000Z')], false],
    ['given to a technician a moment before', [...scheduled(), visitAt('2026-11-25T00:55:00.000Z')], true],
    [
      'the desk keeps none',
      [
        ...scheduled(),
        event('Scheduled', { visitDateTime: SLOT, technicianId: 'T-01', appointmentId: null }),
      ],
      false,
    ],
    ['a person vouches for it', [...scheduled(), held('LostAppointment'), vouched], false],
    ['held', [...scheduled(), held('LostAppointment')], false],
    [
      'looked at again',
      [
        ...scheduled(),
        held('LostAppointment'),
        event('HoldReleased', { hold: 'LostAppointment', action: 'retry' }),
      ],
      true,
    ],
    ['a move is running', [...scheduled(), moving], false],
    ['dispatched', dispatched(), false],
    ['cancelled', [...scheduled(), cancelled('scheduled')], false],
  ],
  DispatchFieldWork: [
    ['agreed', scheduled(), true],
    ['a move is running', [...scheduled(), moving], false],
    ['dispatched', dispatched(), false],
    [
      'recalled by a move',
      [...dispatched(), recalled, moving, event('MoveRejected', { code: 'FULL' })],
      true,
    ],
    ['held', [...scheduled(), held('FieldVisit')], false],
    ['one service is held', [...scheduled(), held(`ActivateService:${HSI}`)], true],
    ['cancelled', [...scheduled(), cancelled('scheduled')], false],
  ],
  CancelSchedule: [
    ['a task', [...queued(), cancelled()], true],
    ['a proposal', [...proposed(), cancelled()], true],
    ['a call without outcome', [...called(), cancelled()], false],
    ['a visit', [...scheduled(), cancelled('scheduled')], true],
    ['an appointment that came late', [...called(), cancelled(), agreed()], true],
    ['returned', returned(), true],
    ['nothing', [...allOn(), cancelled('activating')], false],
    ['cleared', [...scheduled(), cancelled('scheduled'), cleared], false],
    ['going', scheduled(), false],
  ],
  CloseAppointment: [
    ['completed', completed(), true],
    ['not done', [...onSite(), notDone('NO_ACCESS')], true],
    ['marked', [...completed(), marked], false],
    ['undoing: the cancel does it', [...onSite(), notDone('NO_ACCESS'), cancelled()], false],
    ['still agreed', scheduled(), false],
  ],
  ConfirmUndo: [
    ['nothing was ever on', [placed(), cancelled('placed')], true],
    ['not all off', [...allOn(), cancelled('activating'), ...switchedOff('internet.hsi#1')], false],
    ['all off', [...allOn(), cancelled('activating'), ...reverted], true],
    [
      'confirmed',
      [...allOn(), cancelled('activating'), ...reverted, confirmed('ActivationCancelled')],
      false,
    ],
    [
      'refused counts as off',
      [
        ...started(),
        requested('access.gpon#1'),
        event('ServiceRejected', { key: ACCESS, code: 'NO_PORT' }),
        cancelled('activating'),
      ],
      true,
    ],
    ['something is unknown', [...started(), requested('access.gpon#1'), cancelled('activating')], false],
    ['going', [placed()], false],
  ],
  CloseOrder: [
    ['going', scheduled(), false],
    ['completed, the appointment is open', completed(), false],
    ['completed, the appointment is marked', [...completed(), marked], true],
    ['closed', [...completed(), marked, closed], false],
    [
      'cancelled, undo confirmed',
      [placed(), cancelled('placed'), event('ActivationCancelled', { services: [] })],
      true,
    ],
    ['cancelled, undo not confirmed', [placed(), cancelled('placed')], false],
    ['a task is left', [...queued(), cancelled(), ...reverted, confirmed('ActivationCancelled')], false],
    [
      'the technician is not recalled',
      [...dispatched(), cancelled('dispatched'), ...reverted, confirmed('ActivationCancelled'), cleared],
      false,
    ],
    [
      'all is undone',
      [
        ...dispatched(),
        cancelled('dispatched'),
        recalled,
        ...reverted,
        confirmed('ActivationCancelled'),
        cleared,
      ],
      true,
    ],
    ['returned, all is undone', [...returned(), ...reverted, confirmed('ActivationReverted'), cleared], true],
    [
      'a call is without outcome',
      [...called(), cancelled(), ...reverted, confirmed('ActivationCancelled')],
      false,
    ],
    [
      'closed, and then found on',
      [
        placedWith({ internet: 1, tv: 0 }),
        ...started().slice(1),
        cancelled('placed'),
        event('ActivationCancelled', { services: [] }),
        event('OrderClosed', { outcome: 'cancelled' }),
        event('ServiceFound', { key: ACCESS, neId: 'NE-1', how: 'reconcile' }),
      ],
      false,
    ],
  ],
};

describe.each(Object.entries(TABLE) as [StepName, readonly Case[]][])('%s', (name, cases) => {
  test.each(cases)('%s', (_what, events, needed) => {
    expect(find(name, events, AUTO).length > 0).toBe(needed);
  });
});

describe('not before', () => {
  const at = (name: StepName, events: readonly GivenEvent[], policy = DEFAULT_POLICY) =>
    find(name, events, policy)[0]?.notBefore;

  test('a look-up waits for the late bound: window, timeout and settling time after the intent', () => {
    const { windowMs, timeoutMs, settleMs } = DEFAULT_POLICY.ne;
    expect(at('CheckService', [...started(), requested('access.gpon#1')])).toBe(
      ms('2026-11-24T01:00:02.000Z') + windowMs + timeoutMs + settleMs,
    );
  });

  test('a monitor is read a poll interval after it was given', () => {
    const doubt = event('ServiceInDoubt', {
      key: ACCESS,
      cause: { code: 'HTTP_STATUS', status: 202, told: '' },
      monitor: 'MON-1',
    });
    expect(at('CheckService', [...started(), requested('access.gpon#1'), doubt])).toBe(
      ms('2026-11-24T01:00:03.000Z') + DEFAULT_POLICY.ne.pollMs,
    );
  });

  test('a call waits for its time, a booking does not', () => {
    expect(at('CallCustomer', proposed())).toBe(ms('2026-11-24T02:00:00.000Z'));
    expect(at('CallCustomer', proposed({ via: 'agreed' })) ?? Infinity).toBeLessThanOrEqual(
      ms('2026-11-24T01:01:00.000Z'),
    );
    const asked = answered('CALLBACK', '2026-11-25T06:00:00.000Z');
    expect(at('CallCustomer', [...called(), asked])).toBe(ms('2026-11-25T06:00:00.000Z'));
    expect(at('CallCustomer', [...proposed({ via: 'agreed' }), calling(), asked])).toBe(
      ms('2026-11-25T06:00:00.000Z'),
    );
  });

  test('a proposal runs out when it says, or when the call moved it', () => {
    expect(at('ReleaseVisit', proposed())).toBe(ms('2026-11-24T04:00:00.000Z'));
    const later = answered('NO_ANSWER', '2026-11-24T05:00:00.000Z');
    expect(at('ReleaseVisit', [...called(), later])).toBe(ms('2026-11-25T04:00:00.000Z'));
  });

  test('a proposal runs out when its time begins, and nobody is phoned about it any more', () => {
    const expiresAt = iso(ms(SLOT.start) + 60_000);
    expect(at('ReleaseVisit', proposed({ expiresAt }))).toBe(ms(SLOT.start));
    expect(at('ReleaseVisit', proposed({ expiresAt, via: 'agreed' }))).toBe(ms(expiresAt));
  });

  test('a call is asked about a poll interval after it was placed', () => {
    const events = called();
    const placedAt = ms('2026-11-24T01:00:00.000Z') + (events.length - 1) * 1000;
    expect(at('CheckCall', events)).toBe(placedAt + DEFAULT_POLICY.tm.pollMs);
  });

  test('a visit is handed over the lead time before it begins', () => {
    const lead = ms(SLOT.start) - 24 * 3_600_000;
    const fresh = [...scheduled(), moving, visitAt('2026-11-25T00:55:00.000Z')];
    expect(at('DispatchFieldWork', fresh)).toBe(lead);
    const soon: Policy = { ...DEFAULT_POLICY, dispatch: { leadHours: 30 } };
    expect(at('DispatchFieldWork', fresh, soon)).toBe(ms(SLOT.start) - 30 * 3_600_000);
    // The desk is looked at first, for a minute at most.
    expect(at('CheckVisit', scheduled())).toBe(lead);
    expect(at('DispatchFieldWork', scheduled())).toBe(lead + 60_000);
  });

  test('slots are asked for anew when the last one is over, and hourly while there are none', () => {
    expect(at('RequestScheduling', queued())).toBe(ms(LATER_SLOT.end));
    const none = [...allOn(), event('SchedulingRequested', { taskId: 'TASK-1', slots: [] })];
    const askedAt = ms('2026-11-24T01:00:00.000Z') + (none.length - 1) * 1000;
    expect(at('RequestScheduling', none)).toBe(askedAt + 3_600_000);
  });
});

describe('the saga as a whole', () => {
  test('ProposeVisit is only for operators that plan automatically', () => {
    expect(find('ProposeVisit', queued())).toEqual([]);
  });

  test('lanes: the desk, the network, and what needs neither', () => {
    expect(stepsOf([...scheduled(), cancelled('scheduled')]).map(({ name, lane }) => [name, lane])).toEqual([
      ['RevertService', 'ne'],
      ['CancelSchedule', 'tm'],
    ]);
    expect(find('CancelSchedule', [...queued(), cancelled()])[0]?.lane).toBe('local');
  });

  test('services that stand side by side go side by side; a chain goes in order', () => {
    const tv = [...started({ internet: 2, tv: 1 }), ...switchedOn('access.gpon#1')];
    expect(names(tv)).toEqual([
      `ActivateService ${HSI}`,
      `ActivateService ${keyOf('internet.hsi#2')}`,
      `ActivateService ${keyOf('tv.multicast#1')}`,
    ]);
    const undo = [...allOn({ internet: 1, tv: 1 }), cancelled('activating')];
    expect(names(undo)).toEqual([`RevertService ${HSI}`, `RevertService ${keyOf('tv.stb#1')}`]);
  });

  test('an older generation that lives again goes although the present one carries others', () => {
    const again = [
      ...allOn({ internet: 0, tv: 1 }),
      amended({ internet: 1, tv: 0 }),
      event('ServiceReverted', { key: keyOf('tv.stb#1'), how: 'reverted' }),
      event('ServiceReverted', { key: keyOf('tv.multicast#1'), how: 'reverted' }),
      amended({ internet: 1, tv: 1 }),
      event('ActivationStarted', {
        plan: [
          {
            service: 'tv.multicast#1',
            spec: 'tv.multicast',
            generation: 2,
            key: keyOf('tv.multicast#1', 2),
            dependsOn: ['access.gpon#1'],
            characteristics: [],
          },
        ],
      }),
      ...switchedOn('tv.multicast#1', 2),
      on('tv.multicast#1', 1),
    ];
    expect(find('RevertService', again)).toMatchObject([{ subject: keyOf('tv.multicast#1') }]);
  });

  test('an order that is over needs nothing', () => {
    expect(names([...completed(), marked, closed])).toEqual([]);
  });

  test('an order nobody placed needs nothing', () => {
    expect(stepsOf([], AUTO)).toEqual([]);
  });
});
