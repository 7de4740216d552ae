import { describe, expect, test } from 'vitest';
import { memoryStore } from '../../src/adapters/memory/memory-store.ts';
import { changeOrder } from '../../src/core/app/change-order.ts';
import type { SagaDeps } from '../../src/core/app/deps.ts';
import { drain } from '../../src/core/app/engine/drain.ts';
import { placeOrder } from '../../src/core/app/orders/place-order.ts';
import { reconcile } from '../../src/core/app/reconcile/reconcile.ts';
import { readOrder } from '../../src/core/app/write-order.ts';
import { cancelOrder } from '../../src/core/order/decide.ts';
import type { Finding } from '../../src/core/peers/finding.ts';
import type { KeyMarks } from '../../src/core/values/keys.ts';
import { type SagaWorld, sagaWorld } from '../support/saga-world.ts';

const ORDER = {
  name: '정하은',
  phone: '010-5577-8157',
  address: '경기도 성남시 분당구 황새울로 117, 126동 202호',
  area: '분당구',
  lines: { internet: 1, tv: 0 },
  channel: 'desk',
  priority: 'normal',
  wishes: {},
} as const;

const marks = (current: string | null, ...before: readonly string[]): KeyMarks => ({ current, before });

/** Another operator at the same peers, with a database of its own. */
const beside = ({ deps, ne, tm }: SagaWorld, keyMarks: KeyMarks): SagaDeps => ({
  ...deps,
  store: memoryStore({ keyMarks }),
  ne: ne.client(),
  tm: tm.client(),
});

const work = (world: SagaWorld, deps: SagaDeps) =>
  world.awaiting(
    drain(deps, {
      concurrency: 4,
      drain: true,
      waitMs: 300_000,
      signal: new AbortController().signal,
      closedLanes: async () => new Map(),
      places: { local: 4, ne: 4, tm: 4 },
    }),
  );

const place = async (world: SagaWorld, deps: SagaDeps): Promise<string> => {
  const { process } = await placeOrder(deps, ORDER, {});
  await work(world, deps);
  return process.orderId;
};

const cancel = async (world: SagaWorld, deps: SagaDeps, orderId: string): Promise<string> => {
  await changeOrder(deps, orderId, { command: 'order cancel' }, (process) =>
    cancelOrder(process, { code: 'TEST' }),
  );
  await work(world, deps);
  return (await deps.store.read((tx) => readOrder(tx, orderId))).stage;
};

const findings = (world: SagaWorld, deps: SagaDeps): Promise<readonly Finding[]> =>
  world.awaiting(
    (async () => {
      const all: Finding[] = [];
      for await (const finding of reconcile(deps, { fix: true, maxShare: 1 })) all.push(finding);
      return all;
    })(),
  );

const live = ({ ne }: SagaWorld): readonly string[] =>
  ne
    .ledger()
    .services.filter(({ state }) => state === 'active')
    .map(({ key }) => key)
    .sort();

const servicesOf = (owner: string): readonly string[] => [
  `${owner}/access.gpon#1/1`,
  `${owner}/internet.hsi#1/1`,
];

describe('two databases at one network and one desk', () => {
  test('that give the same order numbers away share no service, and switch nothing of each other off', async () => {
    const world = await sagaWorld({ keyMarks: marks('aaaaaaaa') });
    const other = beside(world, marks('bbbbbbbb'));
    const [a, b] = [await place(world, world.deps), await place(world, other)];
    expect([a, b]).toEqual(['ORD-000001', 'ORD-000001']);
    expect(live(world)).toEqual([...servicesOf('ORD-000001@aaaaaaaa'), ...servicesOf('ORD-000001@bbbbbbbb')]);
    expect([await findings(world, world.deps), await findings(world, other)]).toEqual([[], []]);
    expect(await cancel(world, world.deps, a)).toBe('cancelled');
    expect([await findings(world, world.deps), await findings(world, other)]).toEqual([[], []]);
    expect(live(world)).toEqual(servicesOf('ORD-000001@bbbbbbbb'));
  });

  test('one of which is from before there were marks: what has no id on the log is left alone', async () => {
    const world = await sagaWorld({ keyMarks: marks('aaaaaaaa') });
    const old = beside(world, marks(null));
    const [a, b] = [await place(world, world.deps), await place(world, old)];
    expect(await cancel(world, world.deps, a)).toBe('cancelled');
    expect(await findings(world, world.deps)).toEqual([]);
    expect(live(world)).toEqual(servicesOf(b));
  });

  test('after a restore the services of orders that were lost are for a person, and none is switched off', async () => {
    const world = await sagaWorld({ keyMarks: marks('aaaaaaaa') });
    await place(world, world.deps);
    const restored = beside(world, marks('bbbbbbbb', 'aaaaaaaa'));
    expect(await findings(world, restored)).toMatchObject([
      ...servicesOf('ORD-000001@aaaaaaaa').map((key) => ({ kind: 'orphan', key, state: 'by-hand' })),
      { kind: 'stray-appointment', key: 'ORD-000001@aaaaaaaa/call#1', state: 'by-hand' },
    ]);
    expect(live(world)).toEqual(servicesOf('ORD-000001@aaaaaaaa'));
  });
});
