import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { neededServices, planService } from '../../core/activation/catalogue.ts';
import { neContract, tmContract } from '../../core/ports/contract/peers.contract.ts';
import type { CallRequest } from '../../core/ports/peers.ts';
import { closePeers, sendingTo, testPeers } from '../../testing/http/test-peers.ts';
import { effectsOf, type TestWorld, testWorld } from '../../testing/simulators/test-world.ts';
import type { RevertVerb } from '../http/ne-revert.ts';

const connect = async (
  world: TestWorld,
  faults: readonly string[] = [],
  revertVerb: RevertVerb = 'patch',
) => {
  const simulators = await world.start({ faults });
  // Short only where there is no answer to wait for.
  const timeoutMs = faults.some((fault) => /timeout|slow-drip/.test(fault)) ? 1_000 : 30_000;
  return testPeers('http://127.0.0.1:1', {
    ne: { url: simulators.ne?.url ?? '', revertVerb, timeoutMs },
    tm: { url: simulators.tm?.url ?? '', timeoutMs },
  });
};

const made = async (revertVerb: RevertVerb = 'patch') => {
  const world = testWorld();
  const { ne, tm } = await connect(world, [], revertVerb);
  const close = async (): Promise<void> => {
    await closePeers();
    await world.end();
  };
  return { ne, tm, facts: async () => world.ledger(), close };
};

neContract('the HTTP adapter before the simulated NE', () => made());
neContract('the HTTP adapter before the simulated NE, with DELETE', () => made('delete'));
tmContract('the HTTP adapter before the simulated desk', () => made());

let world: TestWorld;
beforeEach(() => {
  world = testWorld();
});
afterEach(async () => {
  await closePeers();
  await world.end();
});

const [needed] = neededServices({ internet: 1, tv: 0 });
if (needed === undefined) throw new Error('a line needs a service');
const service = planService('ORD-000042', needed, 1, 'Mapo');
const CREATE = { orderId: 'ORD-000042', service, idempotencyKey: service.key };
const CALL: CallRequest = {
  orderId: 'ORD-000042',
  callKey: 'ORD-000042/call#1',
  via: 'desk',
  slot: { start: '2026-11-25T01:00:00.000Z', end: '2026-11-25T02:00:00.000Z' },
  technicianId: 'T-1',
  phone: '010-1234-5678',
};

/** What the adapters must make of each fault, and whether the effect has happened all the same. */
const JUDGED: readonly (readonly [fault: string, outcome: string, happened: boolean])[] = [
  ['refuse', 'not-sent', false],
  ['reset-before', 'in-doubt', false],
  ['timeout-before', 'in-doubt', false],
  ['500-before', 'in-doubt', false],
  ['503', 'in-doubt', false],
  ['503:30', 'turned-away', false],
  ['429', 'turned-away', false],
  ['redirect', 'in-doubt', false],
  ['unauthorized', 'misconfigured', false],
  ['late-after:60000', 'in-doubt', false],
  ['reject:NO_PORT', 'rejected', false],
  ['reset-after', 'in-doubt', true],
  ['timeout-after', 'in-doubt', true],
  ['500-after', 'in-doubt', true],
  ['slow-drip:20', 'in-doubt', true],
  ['truncate', 'in-doubt', true],
  ['garbage', 'in-doubt', true],
  ['html', 'in-doubt', true],
  ['huge', 'in-doubt', true],
  ['wrong-key', 'in-doubt', true],
  ['no-idempotency', 'confirmed', true],
  ['duplicate', 'confirmed', true],
];

describe('every fault, as the adapters judge it', () => {
  it.each(JUDGED)('a create under %s is %s, and happened: %s', async (fault, outcome, happened) => {
    const { ne } = await connect(world, [fault]);
    expect((await ne.create(CREATE, await sendingTo(ne))).kind).toBe(outcome);
    expect(effectsOf(world.ledger(), service.key).includes('create')).toBe(happened);
  });

  it.each(JUDGED)('a call under %s is %s, and happened: %s', async (fault, outcome, happened) => {
    const { tm } = await connect(world, [fault]);
    expect((await tm.call(CALL, await sendingTo(tm))).kind).toBe(outcome);
    expect(effectsOf(world.ledger(), CALL.callKey).includes('call')).toBe(happened);
  });

  it.each([
    ['202:60000', 'accepted'],
    ['monitor-error', 'accepted'],
  ])('a create under %s is %s', async (fault, outcome) => {
    const { ne } = await connect(world, [fault]);
    expect((await ne.create(CREATE, await sendingTo(ne))).kind).toBe(outcome);
  });

  it('follows a monitor to its end', async () => {
    const { ne } = await connect(world, ['202:3000']);
    const accepted = await ne.create(CREATE, await sendingTo(ne));
    if (accepted.kind !== 'accepted') throw new Error(accepted.kind);
    const read = async () => ne.readMonitor(accepted.monitor ?? '', service.key, await sendingTo(ne));
    expect((await read()).kind).toBe('accepted');
    world.clock.advance(3_000);
    expect(await read()).toMatchObject({ kind: 'confirmed', value: { key: service.key } });
  });

  it('reads from a monitor that ends in error why', async () => {
    const { ne } = await connect(world, ['monitor-error:ONT_NOT_SEEN']);
    const accepted = await ne.create(CREATE, await sendingTo(ne));
    if (accepted.kind !== 'accepted') throw new Error(accepted.kind);
    world.clock.advance(1_000);
    const read = await ne.readMonitor(accepted.monitor ?? '', service.key, await sendingTo(ne));
    expect(read).toMatchObject({ kind: 'rejected', code: 'ONT_NOT_SEEN' });
  });

  it.each([
    ['no-lookup', 'unsupported'],
    ['ignore-filter', 'misconfigured|unknown'],
    ['duplicate', 'ambiguous'],
    ['garbage@GET', 'unknown'],
    ['html@GET', 'unknown'],
    ['wrong-key@GET', 'misconfigured|unknown'],
    ['503:30@GET', 'unknown'],
    ['unauthorized@GET', 'misconfigured'],
  ])('a look-up under %s never says "absent" but %s', async (fault, expected) => {
    const { ne, tm } = await connect(world, [fault]);
    const other = { ...CREATE, service: { ...service, key: 'ORD-000001/access.gpon#1/1' } };
    await ne.create(other, await sendingTo(ne));
    await tm.call({ ...CALL, callKey: 'ORD-000001/call#1' }, await sendingTo(tm));
    if (fault !== 'ignore-filter') {
      await ne.create(CREATE, await sendingTo(ne));
      await tm.call(CALL, await sendingTo(tm));
    }
    expect((await ne.find(service.key, await sendingTo(ne))).kind).toMatch(new RegExp(`^(${expected})$`));
    expect((await tm.findCall(CALL.callKey, await sendingTo(tm))).kind).toMatch(
      new RegExp(`^(${expected})$`),
    );
  });

  it.each([
    ['revert-fails:1', 'in-doubt', 'active'],
    ['reject:LOCKED@PATCH', 'rejected', 'active'],
    ['reset-after@PATCH', 'in-doubt', 'terminated'],
    ['timeout-before@PATCH', 'in-doubt', 'active'],
  ])('a revert under %s is %s and leaves the service %s', async (fault, outcome, state) => {
    const { ne } = await connect(world, [fault]);
    const created = await ne.create(CREATE, await sendingTo(ne));
    if (created.kind !== 'confirmed') throw new Error(created.kind);
    const reverted = await ne.revert(created.value.neId, { key: service.key, names: [service.key] }, () =>
      sendingTo(ne),
    );
    expect(reverted.kind).toBe(outcome);
    expect(world.ledger().services[0]?.state).toBe(state);
  });

  it('a call that goes on, and what it comes to', async () => {
    const simulators = await world.start({ callMs: 1_000, faults: ['answer:callback:1'] });
    const { tm } = testPeers('http://127.0.0.1:1', { tm: { url: simulators.tm?.url ?? '' } });
    const called = await tm.call(CALL, await sendingTo(tm));
    expect(called).toMatchObject({ kind: 'confirmed', value: { status: 'initialized', answer: null } });
    world.clock.advance(1_000);
    const found = await tm.findCall(CALL.callKey, await sendingTo(tm));
    expect(found).toMatchObject({
      kind: 'found',
      value: { status: 'failed', answer: { outcome: 'CALLBACK', callbackAt: '2026-11-23T03:30:00.000Z' } },
    });
  });
});
