import { describe } from 'vitest';
import type { Json } from '../acceptance/house.ts';
import { inTown } from './in-town.ts';
import type { Ways } from './ne-of-the-world.ts';

const isCancelled = ({ stage }: Json): boolean => stage === 'cancelled';

describe.concurrent('what a change is answered', () => {
  inTown.concurrent.for<readonly [Ways['change']]>([['no-content'], ['accepted'], ['partial']])(
    '%s, though it was done: the look-up proves it',
    async ([change], { open, expect }) => {
      const town = await open({ change });
      const orderId = await town.active();
      await town.cancel(orderId);
      await town.until(orderId, isCancelled);
      expect(town.live(orderId)).toEqual([]);
    },
  );

  inTown.concurrent(
    '409 again and again: a person is told, and it goes on beside the hold',
    async ({ open, expect }) => {
      const town = await open({ change: 'conflict' });
      const orderId = await town.active();
      await town.cancel(orderId);
      const order = await town.until(orderId, ({ holds }) => holds.length > 0, '15s');
      expect(order.stage).toBe('cancelling');
      town.ne.ways.change = 'told';
      await town.until(orderId, isCancelled, '30s');
      expect(town.live(orderId)).toEqual([]);
    },
  );

  inTown.concurrent('one that fails keeps no other one waiting', async ({ open }) => {
    const town = await open();
    const orderId = await town.active(['--internet', '2']);
    let busy = '';
    town.ne.ways.instead = (method, path) => {
      if (method !== 'PATCH') return null;
      if (busy === '') busy = path;
      return path === busy ? { status: 409 } : null;
    };
    await town.cancel(orderId);
    // What depends on nothing else goes, although one of them answers nothing but 409. The gateway's answer is no proof.
    await town.until(orderId, () => town.live(orderId).length === 0, '15s');
  });
});

describe.concurrent('words of other versions', () => {
  inTown.concurrent.for<readonly [string, Partial<Ways>]>([
    ['Active', { word: (state) => state.replace(/^./, (c) => c.toUpperCase()) }],
    ['numeric ids', { numericIds: true }],
    ['gzip', { gzip: true }],
  ])('%s: an order lives and is undone', async ([, ways], { open, expect }) => {
    const town = await open(ways);
    const orderId = await town.active();
    expect(town.live(orderId)).toHaveLength(2);
    await town.cancel(orderId);
    await town.until(orderId, isCancelled);
    expect(town.live(orderId)).toEqual([]);
  });
});

inTown.concurrent(
  'creates that never answer end at a person, not in events without end',
  async ({ open, expect }) => {
    const town = await open();
    await town.active();
    // What answers in the network's place forgets at once what it was asked for.
    town.ne.ways.forgets = true;
    const orderId = await town.place();
    const order = await town.until(orderId, ({ holds }) => holds.length > 0, '30s');
    expect(order.stage).toBe('held');
    expect(town.types(orderId).filter((type) => type === 'ServiceRequested')).toHaveLength(3);
  },
);

/** Where it is about noon now, so that no day ends during a test. */
const noonZone = (): string => {
  const ahead = 12 - new Date().getUTCHours();
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
};

describe.concurrent('the desk', () => {
  inTown.concurrent('whose search takes a while is read, not asked anew', async ({ open, expect }) => {
    const town = await open({}, { desk: { searchReads: 3 } });
    const orderId = await town.place();
    await town.until(orderId, ({ stage }) => stage === 'tm-queue');
    expect(town.desk.searches()).toBe(1);
  });

  inTown.concurrent(
    'that records its calls late rings once, and what it wrote down is the answer',
    async ({ open, expect }) => {
      // It rings at once, answers nobody, and writes it down later than anybody waits.
      const town = await open({}, { desk: { recordsAfterMs: Number.POSITIVE_INFINITY } });
      const orderId = await town.active();
      await town.oss(['schedule', 'assign', orderId, '--at', 'next']);
      // Time for four calls, if each was made anew as soon as the desk did not know it.
      await town.work('8s');
      expect(town.desk.rings()).toBe(1);
      expect(town.types(orderId)).toContain('CallNotPlaced');
      const { calls } = await town.order(orderId);
      expect(Date.parse(calls.nextAt) - Date.now()).toBeGreaterThan(50 * 60_000);
      town.desk.writeDown();
      await town.oss(['ne', 'reconcile', '--fix', '-y']);
      expect((await town.order(orderId)).visit).toMatchObject({ appointmentId: 'A-1' });
      expect(town.desk.rings()).toBe(1);
    },
  );

  inTown.concurrent(
    'that never records them rings no more often than a day allows',
    async ({ open, expect }) => {
      const often = {
        OSS_SCHEDULE_CALL_AGAIN_MINUTES: '0',
        OSS_SCHEDULE_CALLS_PER_DAY: '2',
        OSS_TZ: noonZone(),
      };
      const town = await open({}, { desk: { recordsAfterMs: Number.POSITIVE_INFINITY }, env: often });
      const orderId = await town.active();
      await town.oss(['schedule', 'assign', orderId, '--at', 'next']);
      for (let drains = 0; drains < 3; drains += 1) await town.work('3s');
      expect(town.desk.rings()).toBe(2);
      expect(town.types(orderId).filter((type) => type === 'CallNotSeen')).toHaveLength(1);
    },
  );
});

describe.concurrent('a state that is neither on nor off', () => {
  const RESERVED: Partial<Ways> = { word: (state) => (state === 'active' ? 'reserved' : state) };

  inTown.concurrent('does not stay so in silence: a person is told', async ({ open, expect }) => {
    const town = await open();
    await town.active();
    Object.assign(town.ne.ways, RESERVED);
    const orderId = await town.place();
    const order = await town.until(orderId, ({ holds }) => holds.length > 0, '10s');
    expect(order.stage).toBe('held');
    town.ne.ways.word = (state) => state;
    await town.oss(['fallout', 'retry', orderId, '-y']);
    await town.until(orderId, ({ stage }) => stage === 'tm-queue', '30s');
    expect(town.live(orderId)).toHaveLength(2);
  });

  inTown.concurrent('keeps no cancel from its end', async ({ open, expect }) => {
    const town = await open();
    await town.active();
    Object.assign(town.ne.ways, RESERVED);
    const orderId = await town.place();
    await town.cancel(orderId);
    await town.until(orderId, isCancelled, '10s');
    expect(town.live(orderId)).toEqual([]);
  });
});
