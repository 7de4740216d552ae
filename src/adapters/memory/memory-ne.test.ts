import { describe, expect, it } from 'vitest';
import { neededServices, planService } from '../../core/activation/catalogue.ts';
import { neContract } from '../../core/ports/contract/peers.contract.ts';
import type { Sending } from '../../core/ports/peers.ts';
import { memoryClock } from './memory-clock.ts';
import { faultScript, type PeerFault } from './memory-faults.ts';
import { type MemoryNe, type MemoryNeOptions, memoryNe, type NeOperation } from './memory-ne.ts';

for (const revertVerb of ['patch', 'delete'] as const) {
  neContract(`the memory NE (${revertVerb})`, async () => {
    const ne = memoryNe({ revertVerb });
    return { ne, facts: async () => ne.ledger(), close: async () => expect(ne.outstanding()).toBe(0) };
  });
}

const [ACCESS] = neededServices({ internet: 1, tv: 0 }).map((needed) => {
  const service = planService('ORD-000001', needed, 1, 'Mapo');
  return { orderId: 'ORD-000001', service, idempotencyKey: service.key };
});
if (ACCESS === undefined) throw new Error('an order needs an access');
const KEY = ACCESS.service.key;

const sending = async (ne: MemoryNe, deadlineMs = 5_000): Promise<Sending> => {
  const admission = await ne.admit();
  if (!admission.admitted) throw new Error(admission.cause.code);
  return { permit: admission.permit, deadlineMs };
};

const scripted = (options: MemoryNeOptions = {}) => {
  const clock = memoryClock();
  const faults = faultScript<NeOperation | 'admit'>();
  const ne = memoryNe({ clock, nextFault: faults.nextFault, ...options });
  const create = async () => await ne.create(ACCESS, await sending(ne));
  const find = async () => await ne.find(KEY, await sending(ne));
  const effects = () => ne.ledger().effects.map(({ effect }) => effect);
  return { clock, faults, ne, create, find, effects };
};

describe('faults of the memory NE', () => {
  const RETRY = 1_800_000_000_000;
  it.each<[PeerFault, string, object, readonly string[]]>([
    [{ fault: 'lost-before' }, 'in-doubt', {}, []],
    [{ fault: 'lost-after' }, 'in-doubt', {}, ['create']],
    [{ fault: 'garbage' }, 'in-doubt', {}, ['create']],
    [{ fault: 'late-after', ms: 100 }, 'in-doubt', {}, []],
    [{ fault: 'reject', code: 'NO_PORT' }, 'rejected', { code: 'NO_PORT' }, []],
    [{ fault: 'not-sent' }, 'not-sent', { breakerOpen: false }, []],
    [{ fault: 'busy', retryAt: RETRY }, 'turned-away', { retryAt: RETRY }, []],
    [{ fault: 'breaker-open', retryAt: RETRY }, 'not-sent', { retryAt: RETRY, breakerOpen: true }, []],
    [{ fault: 'bulkhead-full' }, 'not-sent', { breakerOpen: false }, []],
    [{ fault: 'misconfigured' }, 'misconfigured', {}, []],
    [{ fault: 'monitor', ms: 100 }, 'accepted', {}, []],
    [{ fault: 'duplicate' }, 'confirmed', {}, ['create', 'create']],
  ])('create: %o', async (fault, kind, detail, effects) => {
    const { faults, ne, create, effects: happened } = scripted();
    faults.add('create', fault);
    expect(await create()).toMatchObject({ kind, ...detail });
    expect(happened()).toEqual(effects);
    expect(faults.left()).toBe(0);
    expect(ne.outstanding()).toBe(0);
  });

  it.each<[PeerFault, object]>([
    [{ fault: 'lost-after' }, { kind: 'unknown', retryAt: null }],
    [{ fault: 'not-sent' }, { kind: 'unknown', retryAt: null }],
    [
      { fault: 'busy', retryAt: RETRY },
      { kind: 'unknown', retryAt: RETRY },
    ],
    [
      { fault: 'breaker-open', retryAt: RETRY },
      { kind: 'unknown', retryAt: RETRY },
    ],
    [{ fault: 'misconfigured' }, { kind: 'misconfigured' }],
    [{ fault: 'no-lookup' }, { kind: 'unsupported' }],
    [{ fault: 'garbage' }, { kind: 'unknown' }],
  ])('find: %o', async (fault, lookUp) => {
    const { faults, create, find } = scripted();
    await create();
    faults.add('find', fault);
    expect(await find()).toMatchObject(lookUp);
    expect((await find()).kind).toBe('found');
  });

  it('a late effect happens when its time has come, and not before', async () => {
    const { clock, faults, ne, create, find } = scripted();
    faults.add('create', { fault: 'late-after', ms: 8_000 });
    await create();
    await clock.advance(7_999);
    expect(await find()).toEqual({ kind: 'absent' });
    await clock.advance(1);
    expect(ne.ledger().effects).toEqual([
      { peer: 'ne', key: KEY, effect: 'create', at: '2026-11-24T05:00:08.000Z' },
    ]);
    expect(await find()).toMatchObject({ kind: 'found' });
  });

  it('a late effect and a second create are one effect', async () => {
    const { clock, faults, create, effects } = scripted();
    faults.add('create', { fault: 'late-after', ms: 8_000 });
    await create();
    expect(await create()).toMatchObject({ kind: 'confirmed' });
    await clock.advance(10_000);
    expect(effects()).toEqual(['create']);
  });

  it('a monitor runs, and ends with the service', async () => {
    const { clock, faults, ne, create, find } = scripted();
    const monitorOf = async (monitor: string) => await ne.readMonitor(monitor, KEY, await sending(ne));
    faults.add('create', { fault: 'monitor', ms: 5_000 });
    expect(await create()).toEqual({ kind: 'accepted', monitor: 'MON-1' });
    expect(await create()).toEqual({ kind: 'accepted', monitor: 'MON-1' });
    expect(await monitorOf('MON-1')).toEqual({ kind: 'accepted', monitor: 'MON-1' });
    expect(await find()).toEqual({ kind: 'absent' });
    await clock.advance(5_000);
    expect(await monitorOf('MON-1')).toMatchObject({
      kind: 'confirmed',
      value: { key: KEY, state: 'active' },
    });
    expect((await find()).kind).toBe('found');
    expect((await monitorOf('MON-9')).kind).toBe('in-doubt');
  });

  it('a monitor may end with a refusal', async () => {
    const { clock, faults, ne, create, effects } = scripted();
    faults.add('create', { fault: 'monitor', ms: 5_000, code: 'NO_PORT' });
    await create();
    await clock.advance(5_000);
    const read = await ne.readMonitor('MON-1', KEY, await sending(ne));
    expect(read).toMatchObject({ kind: 'rejected', code: 'NO_PORT' });
    expect(effects()).toEqual([]);
  });

  it('without idempotency each create is an effect, and the look-up is ambiguous', async () => {
    const { create, find, effects } = scripted({ idempotent: false });
    await create();
    await create();
    expect(effects()).toEqual(['create', 'create']);
    expect(await find()).toMatchObject({
      kind: 'ambiguous',
      matches: [{ neId: 'NE-000001' }, { neId: 'NE-000002' }],
    });
  });

  it('an NE that cannot look up says so', async () => {
    const { create, find } = scripted({ lookup: false });
    await create();
    expect((await find()).kind).toBe('unsupported');
  });

  it('a revert may fail a few times, or be lost after its effect', async () => {
    const { faults, ne, create, effects } = scripted();
    await create();
    const revert = async () => await ne.revert('NE-000001', { key: KEY, names: [KEY] }, () => sending(ne));
    faults.add('revert', { fault: 'lost-before' }, { times: 2 });
    faults.add('revert', { fault: 'lost-after' });
    expect((await revert()).kind).toBe('in-doubt');
    expect((await revert()).kind).toBe('in-doubt');
    expect(effects()).toEqual(['create']);
    expect((await revert()).kind).toBe('in-doubt');
    expect(effects()).toEqual(['create', 'terminate']);
    expect((await revert()).kind).toBe('confirmed');
    expect(effects()).toEqual(['create', 'terminate']);
  });

  it('does not admit while the breaker is open or the places are taken', async () => {
    const { faults, ne } = scripted({ places: 1 });
    faults.add('admit', { fault: 'breaker-open', retryAt: RETRY });
    expect(await ne.admit()).toMatchObject({ admitted: false, why: 'breaker-open', retryAt: RETRY });
    const first = await ne.admit();
    expect(first.admitted).toBe(true);
    expect(await ne.admit()).toMatchObject({ admitted: false, why: 'bulkhead-full' });
    expect(ne.outstanding()).toBe(1);
    expect((await ne.client().admit()).admitted).toBe(true);
    if (first.admitted) first.permit.release();
    expect((await ne.admit()).admitted).toBe(true);
  });

  it('a permit serves one request', async () => {
    const { ne } = scripted();
    const once = await sending(ne);
    await ne.find(KEY, once);
    await expect(ne.find(KEY, once)).rejects.toThrow('permit');
    const released = await sending(ne);
    released.permit.release();
    await expect(ne.find(KEY, released)).rejects.toThrow('permit');
  });

  it('clients of one NE see the same services', async () => {
    const { ne, create } = scripted();
    await create();
    const other = ne.client();
    expect((await other.find(KEY, await sending(other))).kind).toBe('found');
    expect(other.ledger()).toEqual(ne.ledger());
  });

  it('a request takes its time, and its effect happens half-way', async () => {
    const { clock, create, effects } = scripted({ latencyMs: () => 200 });
    const running = create();
    await clock.advance(99);
    expect(effects()).toEqual([]);
    await clock.advance(1);
    expect(effects()).toEqual(['create']);
    await clock.advance(100);
    expect((await running).kind).toBe('confirmed');
  });

  it('a request that takes too long is in doubt at its deadline, and has its effect still', async () => {
    const { clock, ne, effects } = scripted({ latencyMs: () => 4_000 });
    const admission = await sending(ne, 1_000);
    const running = ne.create(ACCESS, admission);
    await clock.advance(1_000);
    expect((await running).kind).toBe('in-doubt');
    expect(effects()).toEqual([]);
    await clock.advance(1_000);
    expect(effects()).toEqual(['create']);
  });

  it('refuses a fault that means nothing there', async () => {
    const { faults, find } = scripted();
    faults.add('find', { fault: 'duplicate' });
    await expect(find()).rejects.toThrow('duplicate');
  });

  it('counts the requests that arrived, by operation and key', async () => {
    const { faults, ne, create, find } = scripted();
    faults.add('create', { fault: 'not-sent' });
    await create();
    faults.add('create', { fault: 'lost-after' });
    await create();
    await create();
    await find();
    expect(ne.ledger().requests).toEqual([
      { peer: 'ne', key: KEY, operation: 'create', count: 2 },
      { peer: 'ne', key: KEY, operation: 'find', count: 1 },
    ]);
  });
});
