import { afterEach, describe, expect, test } from 'vitest';
import { and, given } from '../../../../test/support/given.ts';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import { stepLab, stepOf } from '../../../../test/support/step-lab.ts';
import { cancelled, event, LATER_SLOT, scheduled } from '../../../../test/support/stories.ts';
import { moveVisit } from '../../scheduling/decide.ts';
import type { Slot } from '../../time/slot.ts';

const TO: Slot = { start: '2026-11-27T05:00:00.000Z', end: '2026-11-27T06:00:00.000Z' };

let world: SagaWorld;
const standing = async (): Promise<string> => {
  world = await sagaWorld();
  const id = await world.place();
  await world.settle(id);
  return id;
};
const move = (id: string, slot = TO, technicianId = 'T-02') =>
  world.change(id, (process) =>
    moveVisit(process, { slot, technicianId, code: 'CUSTOMER_RESCHEDULE', agreed: true }),
  );
const appointment = () => world.tm.ledger().appointments[0];

describe('a move', () => {
  afterEach(async () => {
    expect(await world.broken()).toEqual([]);
  });

  test('is made at the desk first; until then the old visit stands', async () => {
    const id = await standing();
    const old = (await world.order(id)).scheduling.visit;
    await move(id);
    expect((await world.order(id)).scheduling.visit).toEqual(old);
    const process = await world.settle(id);
    expect(process.scheduling).toMatchObject({
      visit: { slot: TO, technicianId: 'T-02', appointmentId: 'APT-000001' },
      move: null,
      promise: old?.slot,
    });
    expect(appointment()).toMatchObject({ start: TO.start, technicianId: 'T-02', status: 'confirmed' });
  });

  test('of a dispatched visit recalls it, and dispatches the new one when its time comes', async () => {
    const id = await standing();
    expect((await world.order(id)).stage).toBe('dispatched');
    await move(id);
    expect((await world.types(id)).slice(-2)).toEqual(['FieldWorkRecalled', 'MoveRequested']);
    expect((await world.settle(id)).stage).toBe('scheduled');
    expect((await world.settle(id, 5 * 86_400_000)).fieldwork.dispatched?.technicianId).toBe('T-02');
  });

  test('that the desk refuses leaves the old visit, which is dispatched again', async () => {
    const id = await standing();
    const old = (await world.order(id)).scheduling.visit;
    world.tmFaults.add('change', { fault: 'reject', code: 'SLOT_FULL' });
    await move(id);
    const process = await world.settle(id);
    expect((await world.types(id)).slice(-2)).toEqual(['MoveRejected', 'FieldWorkDispatched']);
    expect(process.scheduling).toMatchObject({ visit: old, move: null });
  });

  test('in doubt is read again: what was applied is not sent twice', async () => {
    const id = await standing();
    world.tmFaults.add('change', { fault: 'lost-after' });
    await move(id);
    expect((await world.settle(id)).scheduling.visit?.slot).toEqual(TO);
    const changes = world.tm.ledger().requests.find(({ operation }) => operation === 'change');
    expect(changes?.count).toBe(1);
  });

  test.each(['lost-before', 'not-sent', 'misconfigured'] as const)(
    'that fails is made again: %s',
    async (fault) => {
      const id = await standing();
      world.tmFaults.add('read', { fault });
      world.tmFaults.add('change', { fault }, { times: 2 });
      await move(id);
      expect((await world.settle(id)).scheduling.visit?.slot).toEqual(TO);
    },
  );

  test('to another technician at the same time changes the technician alone', async () => {
    const id = await standing();
    const visit = (await world.order(id)).scheduling.visit;
    if (visit === null) throw new Error('no visit');
    await move(id, visit.slot, visit.technicianId === 'T-02' ? 'T-01' : 'T-02');
    const process = await world.settle(id);
    expect(process.scheduling.visit?.slot).toEqual(visit.slot);
    expect(process.scheduling.visit?.technicianId).not.toBe(visit.technicianId);
  });

  test('that is pending when the order is cancelled is dropped, whatever became of it', async () => {
    const id = await standing();
    world.tmFaults.add('change', { fault: 'lost-after' });
    await move(id);
    await world.run(id);
    await world.cancel(id);
    const process = await world.settle(id);
    expect(process.stage).toBe('cancelled');
    const types = await world.types(id);
    expect(types.slice(types.indexOf('OrderCancelled'))).toContain('MoveRejected');
    expect(appointment()?.status).toBe('cancelled');
  });
});

describe('an appointment that is not there to be moved', () => {
  const moving = given(
    ...scheduled(),
    event('MoveRequested', { slot: LATER_SLOT, technicianId: 'T-02', code: 'CUSTOMER_RESCHEDULE' }),
  );
  const step = stepOf(moving, 'MoveVisit');
  const intent = moving.scheduling.move?.intent;

  test('gone: the move is rejected and names its intent', async () => {
    const lab = await stepLab();
    expect(await lab.judge(await lab.send(moving, step), moving, step)).toEqual({
      events: [{ type: 'MoveRejected', data: { code: 'APPOINTMENT_GONE' }, causationId: intent }],
      retry: null,
    });
  });

  test('not known at another desk, or perhaps not asked at all: the move waits', async () => {
    const other = await stepLab({ tm: { identity: 'tm:http://elsewhere' } });
    const lab = await stepLab();
    lab.tmFaults.add('findCall', { fault: 'misconfigured' });
    for (const at of [other, lab]) {
      const { events, retry } = await at.judge(await at.send(moving, step), moving, step);
      expect(events).toEqual([]);
      expect(retry).not.toBeNull();
    }
  });

  test('nothing is recorded of a move that nobody waits for', async () => {
    const lab = await stepLab();
    const over = and(moving, cancelled('scheduled'));
    expect(await lab.judge(await lab.send(moving, step), over, step)).toEqual({ events: [], retry: null });
  });

  test('a visit without an appointment at the desk moves by the log alone', async () => {
    const lab = await stepLab();
    const byHand = given(
      ...scheduled(),
      event('Scheduled', {
        visitDateTime: LATER_SLOT,
        technicianId: 'T-01',
        appointmentId: null,
      }),
      event('MoveRequested', { slot: LATER_SLOT, technicianId: 'T-02', code: 'CUSTOMER_RESCHEDULE' }),
    );
    const { events } = await lab.judge(await lab.send(byHand, step), byHand, step);
    expect(events).toMatchObject([
      { type: 'Scheduled', data: { technicianId: 'T-02', appointmentId: null } },
    ]);
    expect(lab.tm.ledger().requests).toEqual([]);
  });
});
