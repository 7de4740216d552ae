import { describe, expect, test } from 'vitest';
import { and, given, typesOf } from '../../../../test/support/given.ts';
import { type SagaWorld, sagaWorld } from '../../../../test/support/saga-world.ts';
import { stepLab, stepOf } from '../../../../test/support/step-lab.ts';
import { cancelled, event, keyOf, NE, on, requested, started } from '../../../../test/support/stories.ts';
import { planService } from '../../activation/catalogue.ts';
import { retryHolds } from '../../app/fallout/retry-holds.ts';
import { retryHold } from '../../order/decide.ts';
import { DEFAULT_POLICY } from '../../rules/policy.ts';
import { ownClock } from '../../time/own-clock.ts';

const ACCESS = keyOf('access.gpon#1');
const inDoubt = (monitor?: string) =>
  event('ServiceInDoubt', {
    key: ACCESS,
    cause: { code: 'ANSWER_LOST', error: 'reset' },
    ...(monitor === undefined ? {} : { monitor }),
  });
/** Requested at 01:00:02 and never answered; the lab's clock stands at 03:00. */
const doubtful = given(...started(), requested('access.gpon#1'), inDoubt());
const plan = planService(
  'ORD-000042',
  { service: 'access.gpon#1', spec: 'access.gpon', dependsOn: [] },
  1,
  null,
);

type Lab = Awaited<ReturnType<typeof stepLab>>;
const create = async (lab: Lab): Promise<void> => {
  const admission = await lab.ne.admit();
  if (!admission.admitted) throw new Error('not admitted');
  await lab.ne.create(
    { orderId: 'ORD-000042', service: plan, idempotencyKey: plan.key },
    { permit: admission.permit, deadlineMs: 5000 },
  );
};
const check = async (lab: Lab, sent = doubtful, current = sent) => {
  const step = stepOf(sent, 'CheckService');
  return lab.judge(await lab.send(sent, step), current, step);
};

describe('a look-up by key', () => {
  test('that finds it proves it on, with the NE id', async () => {
    const lab = await stepLab();
    await create(lab);
    expect((await check(lab)).events).toEqual([
      {
        type: 'ServiceFound',
        data: {
          key: ACCESS,
          neId: 'NE-000001',
          equipmentId: 'OLT-0001/1/1/1',
          how: 'look-up',
          request: 'e3',
        },
      },
    ]);
  });

  test('that finds it terminated proves it off', async () => {
    const lab = await stepLab();
    await create(lab);
    const admission = await lab.ne.admit();
    if (!admission.admitted) throw new Error('not admitted');
    const { permit } = admission;
    await lab.ne.revert('NE-000001', { key: ACCESS, names: [ACCESS] }, async () => ({
      permit,
      deadlineMs: 5000,
    }));
    expect((await check(lab)).events).toEqual([
      { type: 'ServiceReverted', data: { key: ACCESS, how: 'reverted', request: 'e3' } },
    ]);
  });

  test('that finds nothing proves it absent, because it began late, and names the intent', async () => {
    const lab = await stepLab();
    expect(await check(lab)).toEqual({
      events: [{ type: 'ServiceNotFound', data: { key: ACCESS, why: 'absent' }, causationId: 'e3' }],
      retry: null,
    });
  });

  test('that finds nothing too early proves nothing, and comes again at the bound', async () => {
    const lab = await stepLab({ own: ownClock });
    const late = given(
      ...started(),
      { ...requested('access.gpon#1'), at: '2026-11-24T02:59:50.001Z' },
      inDoubt(),
    );
    const bound = Date.parse('2026-11-24T03:00:00.001Z');
    expect(stepOf(late, 'CheckService').notBefore).toBe(bound);
    // Its own clock counts from the first reading, which is this one: the intent tells of no boot.
    const at = Date.parse('2026-11-24T03:00:10.000Z');
    expect(await check(lab, late)).toMatchObject({ retry: { at, burn: false } });
    await lab.clock.advance(10_000);
    expect(typesOf((await check(lab, late)).events)).toEqual(['ServiceNotFound']);
  });

  test('at another peer proves nothing by finding nothing: a person must look', async () => {
    const lab = await stepLab({ ne: { identity: 'ne:http://elsewhere' } });
    const { events, retry } = await check(lab);
    expect(events).toEqual([
      {
        type: 'OrderHeld',
        data: { hold: `CheckService:${ACCESS}`, step: 'CheckService', cause: 'PEER_CHANGED' },
      },
    ]);
    expect(retry).not.toBeNull();
  });

  test('that the NE cannot do holds the order', async () => {
    const lab = await stepLab({ ne: { lookup: false } });
    expect((await check(lab)).events).toMatchObject([{ data: { cause: 'NO_LOOKUP' } }]);
  });

  test.each(['lost-before', 'garbage', 'not-sent', 'misconfigured'] as const)(
    'that fails proves nothing: %s',
    async (fault) => {
      const lab = await stepLab();
      await create(lab);
      lab.neFaults.add('find', { fault });
      const { events, retry } = await check(lab);
      expect(events).toEqual([]);
      expect(retry).not.toBeNull();
    },
  );

  test('of a key with two live services holds the order, once a cause', async () => {
    const lab = await stepLab({ ne: { idempotent: false } });
    await create(lab);
    await create(lab);
    const { events } = await check(lab);
    expect(events).toMatchObject([{ type: 'OrderHeld', data: { cause: 'AMBIGUOUS' } }]);
    const cancelledNow = and(doubtful, cancelled('activating'));
    expect((await check(lab, cancelledNow)).events).toMatchObject([
      { type: 'ServiceFound', data: { neId: 'NE-000001', duplicates: ['NE-000002'] } },
    ]);
  });

  test('records nothing when the order does not ask any more', async () => {
    const lab = await stepLab();
    await create(lab);
    const known = and(doubtful, on('access.gpon#1'));
    expect(await check(lab, doubtful, known)).toEqual({ events: [], retry: null });
  });

  test('is not admitted: nothing is known, nothing is counted', async () => {
    const lab = await stepLab();
    lab.neFaults.add('admit', { fault: 'bulkhead-full' });
    expect(await check(lab)).toMatchObject({ events: [], retry: { burn: false } });
  });

  test('ends the wait for a person', async () => {
    const lab = await stepLab();
    await create(lab);
    const asked = and(
      doubtful,
      cancelled('activating'),
      event('OrderHeld', { hold: `CheckService:${ACCESS}`, step: 'CheckService', cause: 'NO_LOOKUP' }),
    );
    expect(typesOf((await check(lab, asked)).events)).toEqual(['ServiceFound', 'HoldReleased']);
  });
});

describe('a monitor', () => {
  const story = async (fault: { readonly ms: number; readonly code?: string }) => {
    const world = await sagaWorld();
    const id = await world.place();
    world.neFaults.add('create', { fault: 'monitor', ...fault });
    return { world, id, key: `${id}/access.gpon#1/1` };
  };
  const finds = ({ ne }: SagaWorld) =>
    ne.ledger().requests.find(({ operation }) => operation === 'find')?.count ?? 0;

  test('is read at the poll interval, burns no attempt, and needs no look-up when it completes', async () => {
    const { world, id, key } = await story({ ms: 5_000 });
    await world.run(id);
    const from = world.clock.now();
    expect((await world.row(id)).lanes.ne.due).toBe(from + 2_000);
    await world.clock.advance(2_000);
    await world.run(id);
    expect((await world.row(id)).lanes.ne).toMatchObject({ due: from + 4_000, tries: 0 });
    await world.settle(id);
    expect(await world.types(id)).toContain('ServiceFound');
    expect(finds(world)).toBe(0);
    expect((await world.order(id)).activation.services.get(key)?.proof).toBe('on');
    expect(await world.broken()).toEqual([]);
  });

  test('that ends in error, with the service absent, is a refusal and holds the order', async () => {
    const { world, id, key } = await story({ ms: 3_000, code: 'NO_PORT' });
    const process = await world.settle(id);
    expect((await world.types(id)).slice(-2)).toEqual(['ServiceRejected', 'OrderHeld']);
    expect(process.order.holds).toMatchObject([{ hold: `ActivateService:${key}`, cause: 'NO_PORT' }]);
    expect(await world.broken()).toEqual([]);
  });

  test('that ends in error after the order was cancelled holds nobody', async () => {
    const { world, id } = await story({ ms: 3_000, code: 'NO_PORT' });
    await world.run(id);
    await world.cancel(id);
    const process = await world.settle(id);
    expect(process.stage).toBe('cancelled');
    expect(process.order.holds).toEqual([]);
    expect(await world.broken()).toEqual([]);
  });

  test('that never ends holds the order at the age limit, and a retry asks again', async () => {
    const { world, id, key } = await story({ ms: 1_000_000_000 });
    const process = await world.settle(id, 700_000);
    expect(process.order.holds).toMatchObject([{ hold: `CheckService:${key}`, cause: 'MONITOR_NEVER_ENDS' }]);
    expect(process.stage).toBe('held');
    expect((await world.row(id)).lanes.ne.due).toBeNull();
    await world.change(id, (now) => retryHold(now, `CheckService:${key}`));
    expect((await world.row(id)).lanes.ne.due).not.toBeNull();
    await world.clock.advance(1_000_000_000);
    expect((await world.settle(id)).activation.completed).not.toBeNull();
    expect(await world.broken()).toEqual([]);
  });

  test('does not keep the services beside it waiting', async () => {
    const world = await sagaWorld();
    const id = await world.place({ lines: { internet: 1, tv: 1 } });
    world.neFaults.add('create', { fault: 'monitor', ms: 60_000 }, { key: `${id}/internet.hsi#1/1` });
    await world.settle(id, 30_000);
    const { services } = (await world.order(id)).activation;
    expect([...services.values()].map(({ plan, proof }) => `${plan.service} ${proof}`)).toEqual([
      'access.gpon#1 on',
      'internet.hsi#1 unknown',
      'tv.multicast#1 on',
      'tv.stb#1 on',
    ]);
  });

  test('absence is not final while it runs', async () => {
    const lab = await stepLab({ own: ownClock });
    const key = ACCESS;
    const asked = { key, peer: NE, attempt: 0, boundMs: 10_000, boot: lab.clock.boot, uptimeMs: 0 };
    const polled = given(
      ...started(),
      { ...event('ServiceRequested', asked), at: '2026-11-24T02:59:00.000Z' },
      { ...inDoubt('MON-77'), at: '2026-11-24T02:59:00.500Z' },
    );
    // The NE has forgotten the monitor: neither it nor the absence proves anything before the age limit.
    expect(await check(lab, polled)).toMatchObject({
      events: [],
      retry: { at: Date.parse('2026-11-24T03:10:00.000Z'), burn: false },
    });
    await lab.clock.advance(600_000);
    expect((await check(lab, polled)).events).toMatchObject([{ type: 'ServiceNotFound' }]);
  });
});

test('a service that the NE told of by its id alone, and shows under another name, is neither disowned nor made again', async () => {
  const world = await sagaWorld();
  world.neFaults.add('create', { fault: 'renamed', name: 'ACCESS OF 1', isTold: false });
  const id = await world.place();
  await world.settle(id);
  await world.awaiting(retryHolds(world.deps, id, { wish: { cause: 'TOLD_OTHERWISE' } }));
  const { order } = await world.settle(id);
  expect(order.holds).toMatchObject([{ step: 'CheckService', cause: 'NAME_UNKNOWN' }]);
  expect(world.ne.ledger().services).toHaveLength(1);
  expect(await world.types(id)).not.toContain('ServiceDisowned');
});

test('a service that was taken on and never comes is looked for now and then, also while its absence is proven', async () => {
  const ne = { ...DEFAULT_POLICY.ne, consistencyMs: 5_000 };
  const world = await sagaWorld({ policy: { ne } });
  world.neFaults.add('create', { fault: 'accepted', ms: Number.MAX_SAFE_INTEGER / 2 });
  const id = await world.place();
  await world.settle(id, 1_800_000);
  const looks = world.ne.ledger().requests.filter(({ operation }) => operation === 'find');
  expect(looks.reduce((sum, { count }) => sum + count, 0)).toBeLessThan(40);
  expect((await world.order(id)).stage).not.toBe('activating');
});
