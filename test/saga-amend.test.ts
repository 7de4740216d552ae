import { afterEach, describe, expect, test } from 'vitest';
import { runOrder } from '../src/core/app/engine/order-loop.ts';
import { amendLines, retryHold } from '../src/core/order/decide.ts';
import { DEFAULT_POLICY } from '../src/core/rules/policy.ts';
import { type SagaWorld, sagaWorld } from './support/saga-world.ts';

let world: SagaWorld;
let repeats = false;
afterEach(async () => {
  expect(await world.broken({ peersRepeat: repeats })).toEqual([]);
  repeats = false;
});

/** Nobody is phoned, so that visits do not stand in the way. */
const quiet = async (lines: { internet: number; tv: number }, ne = {}): Promise<string> => {
  world = await sagaWorld({ policy: { schedule: { ...DEFAULT_POLICY.schedule, auto: false } }, ne });
  return world.place({ lines });
};
const amend = (id: string, internet: number, tv: number) =>
  world.change(id, (process) => amendLines(process, { internet, tv }, DEFAULT_POLICY));
const live = () =>
  world.ne
    .ledger()
    .services.filter(({ state }) => state === 'active')
    .map(({ key }) => key.slice('ORD-000001/'.length));

describe('an amendment moves the network to what is wanted', () => {
  test('added lines are planned and switched on', async () => {
    const id = await quiet({ internet: 1, tv: 0 });
    await world.settle(id);
    await amend(id, 1, 1);
    await world.settle(id);
    expect(live()).toEqual(['access.gpon#1/1', 'internet.hsi#1/1', 'tv.multicast#1/1', 'tv.stb#1/1']);
    expect((await world.types(id)).filter((type) => type === 'ActivationStarted')).toHaveLength(2);
  });

  test('removed lines go highest index first, what they alone needed after them', async () => {
    const id = await quiet({ internet: 2, tv: 2 });
    await world.settle(id);
    await amend(id, 1, 1);
    await world.settle(id);
    expect(live()).toEqual(['access.gpon#1/1', 'internet.hsi#1/1', 'tv.multicast#1/1', 'tv.stb#1/1']);
    await amend(id, 1, 0);
    await world.settle(id);
    expect(live()).toEqual(['access.gpon#1/1', 'internet.hsi#1/1']);
    const reverts = (await world.events(id)).flatMap((one) =>
      one.type === 'ServiceReverted' ? [one.data.key.slice(id.length + 1)] : [],
    );
    expect(reverts).toEqual(['internet.hsi#2/1', 'tv.stb#2/1', 'tv.stb#1/1', 'tv.multicast#1/1']);
  });

  test('a line that comes back has the next generation', async () => {
    const id = await quiet({ internet: 2, tv: 0 });
    await world.settle(id);
    await amend(id, 1, 0);
    await world.settle(id);
    await amend(id, 2, 0);
    await world.settle(id);
    expect(live()).toEqual(['access.gpon#1/1', 'internet.hsi#1/1', 'internet.hsi#2/2']);
  });

  test('a line that comes back while it is switched off is switched off first', async () => {
    const id = await quiet({ internet: 2, tv: 0 });
    await world.settle(id);
    await amend(id, 1, 0);
    world.neFaults.add('revert', { fault: 'lost-before' });
    await world.run(id);
    expect((await world.types(id)).at(-1)).toBe('RevertRequested');
    await amend(id, 2, 0);
    await world.settle(id);
    expect(live()).toEqual(['access.gpon#1/1', 'internet.hsi#1/1', 'internet.hsi#2/2']);
  });

  test('a line that comes back before its switching off began just stays on', async () => {
    const id = await quiet({ internet: 2, tv: 0 });
    await world.settle(id);
    await amend(id, 1, 0);
    await amend(id, 2, 0);
    await world.settle(id);
    expect(live()).toEqual(['access.gpon#1/1', 'internet.hsi#1/1', 'internet.hsi#2/1']);
    expect(await world.types(id)).not.toContain('RevertRequested');
  });

  test('a line that is taken out before it was requested is never requested', async () => {
    const id = await quiet({ internet: 1, tv: 1 });
    world.neFaults.add('create', { fault: 'not-sent' });
    await world.run(id);
    await amend(id, 1, 0);
    await world.settle(id);
    expect(live()).toEqual(['access.gpon#1/1', 'internet.hsi#1/1']);
    expect((await world.order(id)).activation.completed).not.toBeNull();
  });
});

describe('a refused service', () => {
  test('that is wanted no more releases its hold; wanted again it is asked with a new suffix', async () => {
    const id = await quiet({ internet: 2, tv: 0 });
    const key = `${id}/internet.hsi#2/1`;
    world.neFaults.add('create', { fault: 'reject', code: 'NO_VLAN' }, { key });
    expect((await world.settle(id)).stage).toBe('held');
    await amend(id, 1, 0);
    expect((await world.order(id)).order.holds).toEqual([]);
    expect((await world.settle(id)).stage).toBe('tm-queue');
    await amend(id, 2, 0);
    const process = await world.settle(id);
    expect(process.activation.services.get(key)).toMatchObject({ proof: 'on', attempt: 1 });
  });

  test('is asked for anew by a person, with a new suffix in the header and the same name', async () => {
    const id = await quiet({ internet: 1, tv: 0 });
    const key = `${id}/internet.hsi#1/1`;
    const sent: string[] = [];
    const { ne } = world.deps;
    const spy = {
      ...world.deps,
      ne: {
        ...ne,
        create: (request: Parameters<typeof ne.create>[0], sending: Parameters<typeof ne.create>[1]) => {
          sent.push(`${request.service.key} as ${request.idempotencyKey}`);
          return ne.create(request, sending);
        },
      },
    };
    world.neFaults.add('create', { fault: 'reject', code: 'NO_VLAN' }, { key });
    await runOrder(spy, await world.claim(id));
    await world.settle(id);
    await world.change(id, (process) => retryHold(process, `ActivateService:${key}`));
    await runOrder(spy, await world.claim(id));
    expect(sent.filter((line) => line.startsWith(key))).toEqual([`${key} as ${key}`, `${key} as ${key}~1`]);
    await world.settle(id);
  });
});

test('a line in question that is taken out is switched off, and no person is asked', async () => {
  repeats = true;
  const id = await quiet({ internet: 2, tv: 0 }, { idempotent: false });
  const key = `${id}/internet.hsi#2/1`;
  world.neFaults.add('create', { fault: 'lost-after' }, { key });
  await world.run(id);
  // The NE made it twice: the look-up cannot tell which one stands.
  const service = (await world.order(id)).activation.services.get(key);
  const admission = await world.ne.admit();
  if (service === undefined || !admission.admitted) throw new Error('not requested');
  const request = { orderId: id, service: service.plan, idempotencyKey: key };
  await world.ne.create(request, { permit: admission.permit, deadlineMs: 5000 });
  expect((await world.settle(id)).order.holds).toMatchObject([{ cause: 'AMBIGUOUS' }]);
  await amend(id, 1, 0);
  const process = await world.settle(id);
  expect(process.order.holds).toEqual([]);
  expect(live()).toEqual(['access.gpon#1/1', 'internet.hsi#1/1']);
});

test('an amendment does not wait because no technician was free for the visit', async () => {
  world = await sagaWorld({ technicians: [] });
  const id = await world.place();
  await world.settle(id);
  await amend(id, 1, 1);
  expect((await world.row(id)).lanes.local.due).toBe(0);
  await world.run(id);
  expect(live()).toEqual(['access.gpon#1/1', 'internet.hsi#1/1', 'tv.multicast#1/1', 'tv.stb#1/1']);
});
