import { describe } from 'vitest';
import { HOUR_MS } from '../../src/core/time/units.ts';
import type { Json } from '../acceptance/house.ts';
import { inTown } from './in-town.ts';
import type { Town } from './town.ts';

const isCancelled = ({ stage }: Json): boolean => stage === 'cancelled';

/** An order whose customer has agreed to a visit; its id. */
const visited = async (town: Town): Promise<string> => {
  const orderId = await town.active();
  const agreed = await town.oss(['schedule', 'assign', orderId, '--at', 'next', '--agreed']);
  if (agreed.exitCode !== 0) throw new Error(agreed.stderr);
  return orderId;
};

const open = (town: Town) => town.desk.appointments().filter(({ status }) => status === 'confirmed');

describe.concurrent('a network that was moved to another system, which gives new ids', () => {
  inTown.concurrent('undoes by the names', async ({ open, expect }) => {
    const town = await open();
    const orderId = await town.active();
    town.ne.migrate();
    await town.cancel(orderId);
    await town.until(orderId, isCancelled);
    expect(town.live(orderId)).toEqual([]);
  });

  inTown.concurrent('is left as it is by a comparison', async ({ open, expect }) => {
    const town = await open();
    const orderId = await town.active();
    town.ne.migrate();
    const before = town.ne.live();
    await town.oss(['ne', 'reconcile', '--fix', '-y']);
    await town.work('2s');
    expect(town.ne.live()).toEqual(before);
    expect((await town.order(orderId)).stage).toBe('tm-queue');
  });
});

inTown.concurrent(
  'a network that counts ids for each kind of service: an order is not cancelled while one of its services lives',
  async ({ open, expect }) => {
    const town = await open({ idsPerSpec: true });
    const other = await town.active();
    const orderId = await town.active();
    await town.cancel(orderId);
    const order = await town.until(
      orderId,
      ({ stage, holds }) => stage === 'cancelled' || holds.length > 0,
      '10s',
    );
    expect(order.stage === 'cancelled' && town.live(orderId).length > 0).toBe(false);
    expect(town.live(other)).toHaveLength(2);
  },
);

describe.concurrent('a desk that was moved to another system, which gives new ids', () => {
  inTown.concurrent(
    'keeps no appointment of an order that was cancelled',
    async ({ open: openTown, expect }) => {
      const town = await openTown();
      const orderId = await visited(town);
      town.desk.migrate();
      await town.cancel(orderId);
      await town.until(orderId, isCancelled);
      expect(open(town)).toEqual([]);
    },
  );

  inTown.concurrent('knows that a visit is done', async ({ open: openTown, expect }) => {
    const town = await openTown();
    const orderId = await visited(town);
    town.desk.migrate();
    const evidence = ['--ont', 'ABCD12345678', '--rx', '-18', '--signed-by', '홍길동', '-y'];
    const done = await town.oss(['field', 'complete', orderId, ...evidence]);
    expect(done.exitCode, done.stderr).toBe(0);
    await town.until(orderId, ({ closedAt }) => closedAt !== null);
    expect(town.desk.appointments().map(({ status }) => status)).toEqual(['completed']);
  });
});

/** Asks for the visit to be moved by so many hours. */
const moveBy = async (town: Town, orderId: string, hours: number): Promise<void> => {
  const { visit } = await town.order(orderId);
  const at = new Date(Date.parse(visit.start) + hours * HOUR_MS).toISOString();
  const moved = await town.oss([
    ...['schedule', 'move', orderId, '--at', at, '--agreed', '--code', 'CUSTOMER_RESCHEDULE'],
    ...['--force', '--reason', 'the customer wishes it', '-y'],
  ]);
  if (!town.types(orderId).includes('MoveRequested')) throw new Error(moved.stdout + moved.stderr);
};

describe.concurrent('a move that the desk does not take as it is', () => {
  inTown.concurrent(
    'ends where the desk keeps times on a grid of its own: what it keeps is the visit',
    async ({ open: openTown, expect }) => {
      const town = await openTown();
      const orderId = await visited(town);
      town.desk.ways.gridMs = HOUR_MS;
      await moveBy(town, orderId, 26.5);
      await town.work('2s');
      const types = town.types(orderId);
      expect(types).toContain('MoveRejected');
      expect(types).toContain('AppointmentMovedByDesk');
      const kept = town.desk.appointments()[0]?.validFor.startDateTime ?? '';
      const order = await town.order(orderId);
      if (order.visit !== null) expect(Date.parse(order.visit.start)).toBe(Date.parse(kept));
      else expect(order.stage).toBe('held');
    },
  );

  inTown.concurrent(
    '409 again and again: a person is told, and it is tried on',
    async ({ open: openTown, expect }) => {
      const town = await openTown();
      const orderId = await visited(town);
      town.desk.ways.conflicts = true;
      await moveBy(town, orderId, 26);
      const { holds } = await town.until(orderId, (order) => order.holds.length > 0, '6s');
      expect(holds).toMatchObject([{ hold: 'MoveVisit', cause: 'MOVE_FAILS' }]);
      town.desk.ways.conflicts = false;
      const order = await town.until(orderId, (one) => one.holds.length === 0, '10s');
      expect(Date.parse(order.visit.start)).toBe(
        Date.parse(town.desk.appointments()[0]?.validFor.startDateTime ?? ''),
      );
      expect(town.types(orderId)).not.toContain('MoveRejected');
    },
  );
});
