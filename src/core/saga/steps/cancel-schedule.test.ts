import { describe, expect, test } from 'vitest';
import { and, given, typesOf } from '../../../../test/support/given.ts';
import { sagaWorld } from '../../../../test/support/saga-world.ts';
import { stepLab, stepOf } from '../../../../test/support/step-lab.ts';
import { cancelled, event, queued, scheduled, TM } from '../../../../test/support/stories.ts';
import { failFieldWork } from '../../fieldwork/decide.ts';
import { iso } from '../../time/iso.ts';

const standing = async () => {
  const world = await sagaWorld();
  const id = await world.place();
  await world.settle(id);
  return { world, id };
};

describe('an undo at the desk', () => {
  test('cancels the appointment, then says so', async () => {
    const { world, id } = await standing();
    await world.cancel(id);
    await world.settle(id);
    const said = (await world.events(id)).find(({ type }) => type === 'ScheduleCancelled');
    expect(said?.data).toEqual({ code: 'CUSTOMER_CHANGED_MIND', appointments: ['APT-000001'] });
    expect(world.tm.ledger().appointments).toMatchObject([{ status: 'cancelled' }]);
    expect(await world.broken()).toEqual([]);
  });

  test('of a return has the code of the return', async () => {
    const { world, id } = await standing();
    await world.change(id, (process) =>
      failFieldWork(process, 'NO_FACILITY', { occurredAt: iso(world.clock.now()) }),
    );
    expect((await world.settle(id)).stage).toBe('returned');
    expect((await world.events(id)).find(({ type }) => type === 'ScheduleCancelled')?.data).toMatchObject({
      code: 'NO_FACILITY',
    });
    expect((await world.types(id)).slice(-1)).toEqual(['OrderClosed']);
    expect(await world.broken()).toEqual([]);
  });

  test.each(['lost-before', 'lost-after', 'garbage', 'not-sent', 'misconfigured'] as const)(
    'that fails is sent again: %s',
    async (fault) => {
      const { world, id } = await standing();
      world.tmFaults.add('change', { fault }, { times: 2 });
      await world.cancel(id);
      expect((await world.settle(id)).stage).toBe('cancelled');
      expect(await world.broken()).toEqual([]);
    },
  );

  test('of an appointment that is final already is done', async () => {
    const { world, id } = await standing();
    const admission = await world.tm.admit();
    if (!admission.admitted) throw new Error('not admitted');
    const { visit } = (await world.order(id)).scheduling;
    if (visit === null) throw new Error('no visit');
    const change = { slot: visit.slot, status: 'failed' } as const;
    await world.tm.changeAppointment('APT-000001', { callKey: `${id}/call#1`, ...change }, async () => ({
      permit: admission.permit,
      deadlineMs: 5000,
    }));
    await world.cancel(id);
    const process = await world.settle(id);
    expect(process.stage).toBe('cancelled');
    expect(process.order.holds).toEqual([]);
    expect(await world.broken()).toEqual([]);
  });

  test('that the desk refuses is a hold, tried until it is done', async () => {
    const { world, id } = await standing();
    world.tmFaults.add('change', { fault: 'reject', code: 'LOCKED' }, { times: 2 });
    await world.cancel(id);
    await world.run(id);
    expect((await world.order(id)).order.holds).toMatchObject([{ hold: 'CancelSchedule', cause: 'LOCKED' }]);
    const process = await world.settle(id);
    expect(process.stage).toBe('cancelled');
    expect(process.order.holds).toEqual([]);
    expect(await world.broken()).toEqual([]);
  });

  test('of an appointment that the right desk does not know is done; at another one it proves nothing', async () => {
    const asked = given(...scheduled(), cancelled('scheduled'));
    const step = stepOf(asked, 'CancelSchedule');
    const lab = await stepLab();
    expect(TM).toBe(lab.tm.identity);
    expect((await lab.judge(await lab.send(asked, step), asked, step)).events).toEqual([
      { type: 'ScheduleCancelled', data: { code: 'CUSTOMER_CHANGED_MIND', appointments: ['APT-1'] } },
    ]);
    const other = await stepLab({ tm: { identity: 'tm:http://elsewhere' } });
    const { events, retry } = await other.judge(await other.send(asked, step), asked, step);
    expect(events).toMatchObject([{ type: 'OrderHeld', data: { cause: 'PEER_CHANGED' } }]);
    expect(retry).not.toBeNull();
  });

  test('that refuses the change and does not know the appointment is done', async () => {
    const asked = given(...scheduled(), cancelled('scheduled'));
    const step = stepOf(asked, 'CancelSchedule');
    const lab = await stepLab();
    lab.tmFaults.add('change', { fault: 'reject', code: 'UNKNOWN_APPOINTMENT' });
    expect(typesOf((await lab.judge(await lab.send(asked, step), asked, step)).events)).toEqual([
      'ScheduleCancelled',
    ]);
  });

  test.each(['misconfigured', 'garbage', 'lost-before'] as const)(
    'of an appointment that was answered with 404 waits until the desk itself can be asked: %s',
    async (fault) => {
      const asked = given(...scheduled(), cancelled('scheduled'));
      const step = stepOf(asked, 'CancelSchedule');
      const lab = await stepLab();
      lab.tmFaults.add('findCall', { fault });
      const { events, retry } = await lab.judge(await lab.send(asked, step), asked, step);
      expect(events).toEqual([]);
      expect(retry).not.toBeNull();
    },
  );

  test('that fails at one appointment keeps no other one waiting, and waits alone', async () => {
    const second = event('CustomerCalled', {
      callKey: 'ORD-000042/call#2',
      outcome: 'AGREED',
      slot: { start: '2026-11-26T07:00:00.000Z', end: '2026-11-26T08:00:00.000Z' },
      appointmentId: 'APT-2',
      nextCallAt: null,
      by: 'desk',
    });
    const asked = given(...scheduled(), second, cancelled('scheduled'));
    const step = stepOf(asked, 'CancelSchedule');
    for (const [fault, isAlone] of [
      ['lost-before', true],
      ['reject', true],
      ['busy', false],
    ] as const) {
      const lab = await stepLab();
      const of = { fault, code: 'LOCKED', retryAt: lab.clock.now() + 60_000 };
      lab.tmFaults.add('change', of, { key: 'APT-1' });
      lab.tmFaults.add('read', { fault: 'lost-before' });
      const { events, retry } = await lab.judge(await lab.send(asked, step), asked, step);
      expect(events[0]).toEqual({
        type: 'AppointmentClosed',
        data: { appointmentId: 'APT-2', as: 'cancelled' },
      });
      expect(retry?.alone === true, fault).toBe(isAlone);
      const after = and(asked, ...events);
      expect(stepOf(after, 'CancelSchedule').lane).toBe('tm');
    }
  });

  test('that fails on for one reason is told to a person, and goes on beside that', async () => {
    const { world, id } = await standing();
    world.tmFaults.add('change', { fault: 'answered-after', status: 409 }, { times: 8 });
    world.tmFaults.add('read', { fault: 'lost-before' }, { times: 100 });
    world.tmFaults.add('findCall', { fault: 'lost-before' }, { times: 100 });
    await world.cancel(id);
    await world.settle(id, 20_000);
    const held = await world.order(id);
    expect(held.order.holds).toMatchObject([{ hold: 'CancelSchedule', cause: 'UNDO_FAILS' }]);
    world.tmFaults.clear();
    const process = await world.settle(id);
    expect(process.stage).toBe('cancelled');
    expect(process.order.holds).toEqual([]);
    expect(await world.broken()).toEqual([]);
  });

  test('takes what became open while it was sent in a second round', async () => {
    const asked = given(...scheduled(), cancelled('scheduled'));
    const step = stepOf(asked, 'CancelSchedule');
    const lab = await stepLab();
    const settle = await lab.send(asked, step);
    const grown = and(
      asked,
      event('CustomerCalled', {
        callKey: 'ORD-000042/call#2',
        outcome: 'AGREED',
        slot: { start: '2026-11-26T07:00:00.000Z', end: '2026-11-26T08:00:00.000Z' },
        appointmentId: 'APT-2',
        nextCallAt: null,
        by: 'desk',
      }),
    );
    const { events } = await lab.judge(settle, grown, step);
    const after = and(grown, ...events);
    expect(after.scheduling.appointments.get('APT-1')?.open).toBe(false);
    expect(stepOf(after, 'CancelSchedule').lane).toBe('tm');
  });
});

test('with nothing open at the desk the schedule is cleared here, and no request is sent', async () => {
  const asked = given(...queued(), cancelled());
  expect(stepOf(asked, 'CancelSchedule').lane).toBe('local');
  const world = await sagaWorld({ tm: { answer: () => ({ outcome: 'REFUSED' }) } });
  const id = await world.place();
  await world.settle(id);
  const before = world.tm.ledger().requests;
  await world.cancel(id);
  expect((await world.settle(id)).stage).toBe('cancelled');
  expect(world.tm.ledger().requests).toEqual(before);
  expect(await world.broken()).toEqual([]);
});

test('an order that never got to the desk needs no ScheduleCancelled', async () => {
  const world = await sagaWorld();
  world.neFaults.add('create', { fault: 'reject', code: 'NO_PORT' });
  const id = await world.place();
  await world.settle(id);
  await world.cancel(id);
  expect((await world.settle(id)).stage).toBe('cancelled');
  expect((await world.types(id)).slice(-4)).toEqual([
    'OrderCancelled',
    'HoldReleased',
    'ActivationCancelled',
    'OrderClosed',
  ]);
  expect(await world.broken()).toEqual([]);
});
