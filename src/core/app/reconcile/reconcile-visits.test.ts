import { describe, expect, it } from 'vitest';
import { type SagaWorld, sagaWorld, TECHNICIAN } from '../../../../test/support/saga-world.ts';
import { startFieldWork } from '../../fieldwork/decide.ts';
import type { Finding } from '../../peers/finding.ts';
import { moveVisit } from '../../scheduling/decide.ts';
import type { Technician } from '../../technicians/technician.ts';
import { iso, ms } from '../../time/iso.ts';
import type { Slot } from '../../time/slot.ts';
import { markDone } from '../fallout/mark-done.ts';
import { reconcile } from './reconcile.ts';
import type { Compared, ReconcileOptions } from './reconcile-options.ts';

const HOUR_MS = 3_600_000;
const APT = 'APT-000001';

const compare = (
  world: SagaWorld,
  fix = true,
  options: Partial<ReconcileOptions> = {},
): Promise<Compared & { readonly findings: readonly Finding[] }> =>
  world.awaiting(
    (async () => {
      const findings: Finding[] = [];
      const all = reconcile(world.deps, { fix, ...options });
      for (let next = await all.next(); ; next = await all.next()) {
        if (next.done === true) return { findings, ...next.value };
        findings.push(next.value);
      }
    })(),
  );

/** An order whose visit is agreed. `leadHours` 0: not handed over before it begins. */
const agreed = async (leadHours = 0, orders = 1, technicians?: readonly Technician[]): Promise<SagaWorld> => {
  const policy = { dispatch: { leadHours } };
  const world = await sagaWorld({ policy, ...(technicians === undefined ? {} : { technicians }) });
  for (let n = 0; n < orders; n += 1) {
    await world.settle(await world.place({ wishes: { notBefore: '2026-11-27' } }));
  }
  return world;
};

const slotOf = async (world: SagaWorld, orderId = 'ORD-000001'): Promise<Slot> => {
  const slot = (await world.order(orderId)).scheduling.visit?.slot;
  if (slot === undefined) throw new Error('there is no visit');
  return slot;
};

const laterBy = ({ start, end }: Slot, hours: number): Slot => ({
  start: iso(ms(start) + hours * HOUR_MS),
  end: iso(ms(end) + hours * HOUR_MS),
});

const calendar = ({ deps }: SagaWorld) =>
  deps.store.read((tx) => tx.calendar.between('2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'));

const newTypes = async (world: SagaWorld, before: number) => (await world.types('ORD-000001')).slice(before);

describe('a visit that the desk moved by itself', () => {
  it('is agreed anew at that time with the same technician, and calendar and readers follow', async () => {
    const world = await agreed();
    const slot = laterBy(await slotOf(world), 3);
    const before = (await world.types('ORD-000001')).length;
    world.tm.byItself(APT, { slot });
    const moved = { kind: 'moved-by-desk', key: 'ORD-000001/call#1', stage: 'scheduled' };
    expect((await compare(world, false)).findings).toMatchObject([{ ...moved, state: 'open' }]);
    expect(await newTypes(world, before)).toEqual([]);
    expect((await compare(world)).findings).toMatchObject([{ ...moved, state: 'fixed' }]);
    expect(await newTypes(world, before)).toEqual(['AppointmentMovedByDesk', 'Scheduled']);
    expect((await world.order('ORD-000001')).scheduling.visit).toMatchObject({ slot, technicianId: 'T-01' });
    expect(await calendar(world)).toMatchObject([{ slot, technicianId: 'T-01' }]);
    expect(await world.view('ORD-000001')).toMatchObject({
      stage: 'scheduled',
      visit: { start: slot.start },
    });
    expect((await compare(world)).findings).toEqual([]);
    expect(await world.broken()).toEqual([]);
  });

  it('calls a technician back who was sent already, and sends one again in time', async () => {
    const world = await agreed(96);
    expect((await world.order('ORD-000001')).stage).toBe('dispatched');
    const before = (await world.types('ORD-000001')).length;
    const slot = laterBy(await slotOf(world), 96);
    world.tm.byItself(APT, { slot });
    await compare(world);
    expect(await newTypes(world, before)).toEqual([
      'FieldWorkRecalled',
      'AppointmentMovedByDesk',
      'Scheduled',
    ]);
    await world.settle('ORD-000001', 96 * HOUR_MS);
    expect((await world.types('ORD-000001')).at(-1)).toBe('FieldWorkDispatched');
    expect(await world.broken()).toEqual([]);
  });

  it('holds the order where nobody is free then, and a later assignment uses the same appointment', async () => {
    const world = await agreed(0, 2, [TECHNICIAN]);
    const taken = await slotOf(world, 'ORD-000001');
    const free = await slotOf(world, 'ORD-000002');
    world.tm.byItself('APT-000002', { slot: taken });
    expect((await compare(world)).findings).toMatchObject([{ kind: 'moved-by-desk', state: 'fixed' }]);
    const { order, scheduling } = await world.order('ORD-000002');
    expect(order.holds).toMatchObject([{ step: 'ScheduleVisit', cause: 'NO_TECHNICIAN_AT_AGREED_SLOT' }]);
    expect(scheduling).toMatchObject({ visit: null, agreed: { slot: taken, appointmentId: 'APT-000002' } });
    expect(await calendar(world)).toHaveLength(1);
    // Moved on while it is held, to a time when a technician is free again.
    world.tm.byItself('APT-000002', { slot: free });
    expect((await compare(world)).findings).toMatchObject([{ kind: 'moved-by-desk', state: 'fixed' }]);
    expect(await world.view('ORD-000002')).toMatchObject({ stage: 'scheduled', holds: [] });
    expect(await world.broken()).toEqual([]);
  });

  it("is not the desk's doing while a move of ours is open there", async () => {
    const world = await agreed();
    const slot = laterBy(await slotOf(world), 3);
    await world.change('ORD-000001', (process) =>
      moveVisit(process, { slot, technicianId: 'T-01', code: 'CUSTOMER_RESCHEDULE', agreed: true }),
    );
    world.tm.byItself(APT, { slot: laterBy(slot, 1) });
    const before = (await world.types('ORD-000001')).length;
    expect((await compare(world)).findings).toEqual([]);
    expect(await newTypes(world, before)).toEqual([]);
  });
});

describe('a visit that the desk cancelled by itself', () => {
  it('goes back to the queue, and the technician is called back', async () => {
    const world = await sagaWorld();
    await world.settle(await world.place());
    const before = (await world.types('ORD-000001')).length;
    world.tm.byItself(APT, { status: 'cancelled' });
    const { findings } = await compare(world);
    expect(findings).toMatchObject([
      { kind: 'cancelled-by-desk', key: 'ORD-000001/call#1', stage: 'dispatched', state: 'fixed' },
    ]);
    expect((await newTypes(world, before)).slice(0, 3)).toEqual([
      'FieldWorkRecalled',
      'AppointmentCancelledByDesk',
      'SchedulingRequested',
    ]);
    // A new one is agreed by the ordinary steps.
    await world.settle('ORD-000001');
    expect((await world.order('ORD-000001')).scheduling.visit?.appointmentId).toBe('APT-000002');
    expect((await compare(world)).findings).toEqual([]);
    expect(await world.broken()).toEqual([]);
  });

  it('waits for the customer who told the desk that nobody is to come', async () => {
    const world = await agreed();
    world.tm.byItself(APT, { status: 'failed', outcome: 'REFUSED' });
    await compare(world);
    expect(await world.view('ORD-000001')).toMatchObject({ stage: 'customer-pending', visit: null });
    await world.settle('ORD-000001');
    expect((await world.view('ORD-000001')).stage).toBe('customer-pending');
    expect(await calendar(world)).toEqual([]);
  });

  it('is left alone once the technician is there, and when it is over', async () => {
    const world = await agreed();
    await world.change('ORD-000001', (process) =>
      startFieldWork(process, { occurredAt: iso(world.clock.now()) }),
    );
    world.tm.byItself(APT, { status: 'cancelled' });
    expect((await compare(world)).findings).toEqual([]);
    const past = await agreed();
    await past.clock.advance(ms((await slotOf(past)).end) - past.clock.now());
    past.tm.byItself(APT, { status: 'cancelled' });
    expect((await compare(past)).findings).toEqual([]);
  });

  it('is the reason why our move of it is rejected, and a fact all the same', async () => {
    const world = await agreed();
    const slot = laterBy(await slotOf(world), 3);
    world.tm.byItself(APT, { status: 'cancelled' });
    await world.change('ORD-000001', (process) =>
      moveVisit(process, { slot, technicianId: 'T-01', code: 'CUSTOMER_RESCHEDULE', agreed: true }),
    );
    const before = (await world.types('ORD-000001')).length;
    await world.run('ORD-000001');
    expect((await newTypes(world, before)).slice(0, 2)).toEqual([
      'MoveRejected',
      'AppointmentCancelledByDesk',
    ]);
    await world.settle('ORD-000001');
    expect(await world.broken()).toEqual([]);
  });
});

describe('an appointment that the desk does not know any more', () => {
  it('holds the order until a person says that the visit stands', async () => {
    const world = await agreed();
    world.tm.byItself(APT, 'forgotten');
    const lost = { kind: 'lost-appointment', key: 'ORD-000001/call#1', state: 'by-hand' };
    expect((await compare(world)).findings).toMatchObject([lost]);
    expect(await world.view('ORD-000001')).toMatchObject({
      stage: 'held',
      holds: [{ step: 'LostAppointment', cause: 'DESK_LOST_APPOINTMENT' }],
    });
    expect((await compare(world)).findings).toMatchObject([lost]);
    const wish = { step: 'LostAppointment' };
    await world.awaiting(markDone(world.deps, 'ORD-000001', { wish, reason: 'they will come' }));
    expect((await world.view('ORD-000001')).stage).toBe('scheduled');
    expect((await compare(world)).findings).toEqual([]);
    await world.settle('ORD-000001', 7 * 24 * HOUR_MS);
    expect((await world.order('ORD-000001')).stage).toBe('dispatched');
  });

  it('is not believed of a desk that shows nothing for a moment, and the hold goes when it shows again', async () => {
    const world = await agreed();
    const before = (await world.types('ORD-000001')).length;
    world.tmFaults.add('inventory', { fault: 'blank' }, { times: 2 });
    world.tmFaults.add('read', { fault: 'blank' });
    expect((await compare(world)).findings).toEqual([]);
    expect(await newTypes(world, before)).toEqual([]);
    world.tmFaults.clear();
    for (const operation of ['inventory', 'read', 'findCall'] as const) {
      world.tmFaults.add(operation, { fault: 'blank' }, { times: 2 });
    }
    expect((await compare(world)).findings).toMatchObject([{ kind: 'lost-appointment', state: 'by-hand' }]);
    world.tmFaults.clear();
    expect((await compare(world)).findings).toMatchObject([
      {
        kind: 'lost-appointment',
        state: 'fixed',
        detail: { code: 'SHOWN_BY_DESK_AGAIN', appointmentId: 'APT-000001' },
      },
    ]);
    expect((await world.view('ORD-000001')).stage).toBe('scheduled');
  });

  it('is held back when it is said of too many at once', async () => {
    const world = await agreed(0, 5);
    for (let n = 1; n <= 5; n += 1) world.tm.byItself(`APT-00000${n}`, 'forgotten');
    const { findings } = await compare(world);
    expect(findings.map(({ kind, state }) => `${kind} ${state}`)).toEqual(
      Array(5).fill('lost-appointment held-back'),
    );
    expect((await world.view('ORD-000005')).stage).toBe('scheduled');
  });
});

describe('the look before the technician is sent', () => {
  /** The visit is agreed more than a day before it begins. */
  const waiting = async (): Promise<{ readonly world: SagaWorld; readonly handoverAt: number }> => {
    const world = await agreed(1);
    const handoverAt = ms((await slotOf(world)).start) - HOUR_MS;
    expect(handoverAt - world.clock.now()).toBeGreaterThan(HOUR_MS);
    expect((await world.order('ORD-000001')).stage).toBe('scheduled');
    return { world, handoverAt };
  };
  const until = (world: SagaWorld, at: number) => world.settle('ORD-000001', at - world.clock.now());

  it('sends one to a visit that stands, at its time', async () => {
    const { world, handoverAt } = await waiting();
    await until(world, handoverAt);
    const last = (await world.events('ORD-000001')).at(-1);
    expect(last).toMatchObject({ type: 'FieldWorkDispatched', at: iso(handoverAt) });
    expect(world.tm.ledger().requests.filter(({ operation }) => operation === 'read')).toHaveLength(1);
  });

  it('is made however late the worker comes', async () => {
    const { world, handoverAt } = await waiting();
    world.tm.byItself(APT, { status: 'cancelled' });
    await world.clock.advance(handoverAt + HOUR_MS / 2 - world.clock.now());
    const before = (await world.types('ORD-000001')).length;
    await world.run('ORD-000001');
    expect((await newTypes(world, before))[0]).toBe('AppointmentCancelledByDesk');
    expect(await world.types('ORD-000001')).not.toContain('FieldWorkDispatched');
    await world.settle('ORD-000001');
    expect(await world.broken()).toEqual([]);
  });

  it('keeps nobody at home when the worker comes late and the desk does not answer', async () => {
    const { world, handoverAt } = await waiting();
    world.tmFaults.add('read', { fault: 'garbage' }, { times: 100 });
    await world.clock.advance(handoverAt + HOUR_MS / 2 - world.clock.now());
    await world.settle('ORD-000001', 1_000);
    expect((await world.order('ORD-000001')).stage).toBe('dispatched');
    expect(world.tm.ledger().requests.filter(({ operation }) => operation === 'read')).toHaveLength(1);
    const closed = await waiting();
    closed.world.tmFaults.add('admit', { fault: 'breaker-open', retryAt: null }, { times: 100 });
    await closed.world.clock.advance(closed.handoverAt + HOUR_MS / 2 - closed.world.clock.now());
    await closed.world.settle('ORD-000001', 1_000);
    expect((await closed.world.order('ORD-000001')).stage).toBe('dispatched');
  });

  it('sends nobody to a visit that the desk cancelled meanwhile', async () => {
    const { world, handoverAt } = await waiting();
    world.tm.byItself(APT, { status: 'cancelled' });
    await until(world, handoverAt);
    const types = await world.types('ORD-000001');
    expect(types).toContain('AppointmentCancelledByDesk');
    expect(types.indexOf('FieldWorkDispatched')).toBe(-1);
  });

  it('sends one to the time that the desk moved it to', async () => {
    const { world, handoverAt } = await waiting();
    const slot = laterBy(await slotOf(world), 72);
    world.tm.byItself(APT, { slot });
    await until(world, handoverAt);
    expect((await world.types('ORD-000001')).slice(-2)).toEqual(['AppointmentMovedByDesk', 'Scheduled']);
    await until(world, handoverAt + 72 * HOUR_MS);
    expect((await world.types('ORD-000001')).at(-1)).toBe('FieldWorkDispatched');
  });

  it('holds a visit whose appointment the desk does not know', async () => {
    const { world, handoverAt } = await waiting();
    world.tm.byItself(APT, 'forgotten');
    await until(world, handoverAt + 2 * HOUR_MS);
    expect(await world.view('ORD-000001')).toMatchObject({
      stage: 'held',
      holds: [{ cause: 'DESK_LOST_APPOINTMENT' }],
    });
    expect(await world.types('ORD-000001')).not.toContain('FieldWorkDispatched');
  });

  it.each(['lost-before', 'misconfigured', 'garbage', 'breaker-open'] as const)(
    'stops nobody where the desk does not answer in time: %s',
    async (fault) => {
      const { world, handoverAt } = await waiting();
      const retryAt = handoverAt + 24 * HOUR_MS;
      if (fault === 'breaker-open') world.tmFaults.add('admit', { fault, retryAt }, { times: 99 });
      else world.tmFaults.add('read', { fault }, { times: 99 });
      await until(world, handoverAt + 120_000);
      const last = (await world.events('ORD-000001')).at(-1);
      expect(last?.type).toBe('FieldWorkDispatched');
      expect(ms(last?.at ?? '') - handoverAt).toBeGreaterThan(0);
      expect(ms(last?.at ?? '') - handoverAt).toBeLessThanOrEqual(60_000);
    },
  );
});
