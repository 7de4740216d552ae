import { describe } from 'vitest';
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
