import { statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { validateTmf } from '../../../test/tmf-validator.ts';
import {
  ACCESS_KEY,
  effectsOf,
  send,
  serviceCreate,
  type TestWorld,
  testWorld,
} from '../../testing/simulators/test-world.ts';

let world: TestWorld;
beforeEach(() => {
  world = testWorld();
});
afterEach(() => world.end());

const startNe = async (options: Parameters<TestWorld['start']>[0] = {}) => {
  const { ne } = await world.start({ which: 'ne', ...options });
  if (ne === null) throw new Error('no NE was started');
  return ne;
};

const create = (url: string, key: string, headers: Record<string, string> = {}, area?: string) =>
  send('POST', `${url}/service`, serviceCreate(key, area), { 'idempotency-key': key, ...headers });

const lookUp = (url: string, key: string) => send('GET', `${url}/service?name=${encodeURIComponent(key)}`);

describe('the simulated NE', () => {
  it('says what it is, on its root and on every answer', async () => {
    const ne = await startNe();
    const root = await send('GET', `${ne.origin}/`);
    expect(root.json).toMatchObject({ simulator: 'ne', version: 1, seed: 1 });
    const unknown = await send('GET', `${ne.origin}/nothing`);
    expect(unknown.status).toBe(404);
    expect(unknown.headers.get('x-oss-simulator')).toBe('ne');
  });

  it('keeps its ledger readable by its owner alone', async () => {
    await startNe();
    for (const suffix of ['', '-wal', '-shm']) {
      expect(statSync(`${world.ledgerPath}${suffix}`).mode & 0o777).toBe(0o600);
    }
  });

  it('activates a service and assigns a port', async () => {
    const ne = await startNe();
    const created = await create(ne.url, ACCESS_KEY);
    expect(created.status).toBe(201);
    expect(validateTmf('tmf640', 'Service', created.json)).toEqual([]);
    expect(created.json).toMatchObject({ name: ACCESS_KEY, state: 'active', id: 'NE-000001' });
    expect(created.headers.get('location')).toMatch(/\/service\/NE-000001$/);
    const { services, effects } = world.ledger();
    const [service] = services;
    expect(service).toMatchObject({ key: ACCESS_KEY, neId: 'NE-000001', state: 'active' });
    expect(service?.equipmentId).toMatch(/^OLT-[0-9A-F]{4}\/\d+\/\d+\/\d+$/);
    expect(created.json.serviceCharacteristic).toContainEqual({
      name: 'equipmentId',
      valueType: 'string',
      value: service?.equipmentId,
    });
    expect(effects).toEqual([
      { peer: 'ne', key: ACCESS_KEY, effect: 'create', at: '2026-11-23T01:00:00.000Z' },
    ]);
  });

  it('assigns no port to a service that is not the access', async () => {
    const ne = await startNe();
    await create(ne.url, 'ORD-000001/internet.hsi#1/1');
    expect(world.ledger().services[0]).not.toHaveProperty('equipmentId');
  });

  it('answers the same key the same way, with one effect', async () => {
    const ne = await startNe();
    const first = await create(ne.url, ACCESS_KEY);
    const second = await create(ne.url, ACCESS_KEY);
    expect(second.status).toBe(201);
    expect(second.json).toEqual(first.json);
    expect(effectsOf(world.ledger(), ACCESS_KEY)).toEqual(['create']);
    expect(world.ledger().requests).toContainEqual({
      peer: 'ne',
      key: ACCESS_KEY,
      operation: 'create',
      count: 2,
    });
  });

  it('finds a service by name, and exactly nothing when there is none', async () => {
    const ne = await startNe();
    expect((await lookUp(ne.url, ACCESS_KEY)).json).toEqual([]);
    await create(ne.url, ACCESS_KEY);
    const { list, headers } = await lookUp(ne.url, ACCESS_KEY);
    expect(list).toHaveLength(1);
    expect(validateTmf('tmf640', 'Service', list[0])).toEqual([]);
    expect(headers.get('x-total-count')).toBe('1');
    const read = await send('GET', `${ne.url}/service/NE-000001`);
    expect(read.json).toEqual(list[0]);
    expect((await send('GET', `${ne.url}/service/NE-000002`)).status).toBe(404);
  });

  it('changes nothing that is no longer as its ETag says', async () => {
    const ne = await startNe();
    const created = await create(ne.url, ACCESS_KEY);
    const url = `${ne.url}/service/NE-000001`;
    const etag = (await send('GET', url)).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[^"]+"$/);
    expect(created.headers.get('etag')).toBe(etag);
    const stale = await send('PATCH', url, { state: 'terminated' }, { 'if-match': '"another"' });
    expect([stale.status, stale.json.code]).toEqual([412, 'CHANGED']);
    expect((await send('DELETE', url, undefined, { 'if-match': '"another"' })).status).toBe(412);
    expect((await send('PATCH', url, { state: 'terminated' }, { 'if-match': etag })).status).toBe(200);
    expect((await send('GET', url)).headers.get('etag')).not.toBe(etag);
    expect(effectsOf(world.ledger(), ACCESS_KEY)).toEqual(['create', 'terminate']);
  });

  it('terminates once, and never creates a terminated key again', async () => {
    const ne = await startNe();
    await create(ne.url, ACCESS_KEY);
    const off = await send('PATCH', `${ne.url}/service/NE-000001`, { state: 'terminated' });
    expect(off.status).toBe(200);
    expect(off.json).toMatchObject({ name: ACCESS_KEY, state: 'terminated' });
    expect(validateTmf('tmf640', 'Service', off.json)).toEqual([]);
    expect((await send('PATCH', `${ne.url}/service/NE-000001`, { state: 'terminated' })).status).toBe(200);
    const again = await create(ne.url, ACCESS_KEY);
    expect(again.json).toMatchObject({ id: 'NE-000001', state: 'terminated' });
    expect(effectsOf(world.ledger(), ACCESS_KEY)).toEqual(['create', 'terminate']);
    expect((await lookUp(ne.url, ACCESS_KEY)).json).toMatchObject([{ state: 'terminated' }]);
  });

  it('forgets a deleted service, but not that its key was used', async () => {
    const ne = await startNe();
    await create(ne.url, ACCESS_KEY);
    expect((await send('DELETE', `${ne.url}/service/NE-000001`)).status).toBe(204);
    expect((await send('DELETE', `${ne.url}/service/NE-000001`)).status).toBe(404);
    expect((await lookUp(ne.url, ACCESS_KEY)).json).toEqual([]);
    expect((await create(ne.url, ACCESS_KEY)).json).toMatchObject({ state: 'terminated' });
    expect(effectsOf(world.ledger(), ACCESS_KEY)).toEqual(['create', 'terminate']);
    expect(world.ledger().services[0]?.state).toBe('terminated');
  });

  it('refuses to change anything but the state', async () => {
    const ne = await startNe();
    await create(ne.url, ACCESS_KEY);
    const refused = await send('PATCH', `${ne.url}/service/NE-000001`, { state: 'inactive' });
    expect(refused.status).toBe(400);
    expect(validateTmf('tmf640', 'Error', refused.json)).toEqual([]);
    expect(world.ledger().services[0]?.state).toBe('active');
  });

  it('pages through the active services', async () => {
    const ne = await startNe();
    for (let n = 1; n <= 5; n++) await create(ne.url, `ORD-00000${n}/access.gpon#1/1`);
    await send('PATCH', `${ne.url}/service/NE-000002`, { state: 'terminated' });
    const first = await send('GET', `${ne.url}/service?state=active&offset=0&limit=3`);
    const second = await send('GET', `${ne.url}/service?state=active&offset=3&limit=3`);
    expect(first.headers.get('x-total-count')).toBe('4');
    expect(first.headers.get('x-result-count')).toBe('3');
    const ids = [...first.list, ...second.list].map(({ id }) => id);
    expect(ids).toEqual(['NE-000001', 'NE-000003', 'NE-000004', 'NE-000005']);
  });

  it('rejects a service when the area has no port left, and the same attempt again, but not a new one', async () => {
    const ne = await startNe({ capacity: 1 });
    const second = 'ORD-000002/access.gpon#1/1';
    await create(ne.url, ACCESS_KEY);
    expect((await create(ne.url, 'ORD-000003/access.gpon#1/1', {}, '마포구')).status).toBe(201);
    const rejected = await create(ne.url, second);
    expect(rejected.status).toBe(422);
    expect(rejected.json).toMatchObject({ code: 'NO_PORT', status: '422' });
    await send('PATCH', `${ne.url}/service/NE-000001`, { state: 'terminated' });
    expect((await create(ne.url, second)).status).toBe(422);
    expect((await create(ne.url, second, { 'idempotency-key': `${second}~2` })).status).toBe(201);
    expect(effectsOf(world.ledger(), second)).toEqual(['create']);
  });

  it.each([
    ['an empty name', { ...serviceCreate(ACCESS_KEY), name: '' }, 400],
    ['a name that is no text', { ...serviceCreate(ACCESS_KEY), name: 7 }, 400],
    ['no state', { ...serviceCreate(ACCESS_KEY), state: undefined }, 400],
    ['a state that nothing is made in', { ...serviceCreate(ACCESS_KEY), state: 'suspended' }, 400],
    ['no specification', { ...serviceCreate(ACCESS_KEY), serviceSpecification: {} }, 400],
    ['a characteristic without a name', { ...serviceCreate(ACCESS_KEY), serviceCharacteristic: [{}] }, 400],
    ['an order item without ids', { ...serviceCreate(ACCESS_KEY), serviceOrderItem: [{}] }, 400],
    ['no JSON', '{"name":', 400],
    ['an array', [], 400],
    ['more than 1 MiB', { name: 'x'.repeat(1024 * 1024) }, 413],
  ])('refuses a create with %s', async (_name, body, status) => {
    const ne = await startNe();
    const refused = await send('POST', `${ne.url}/service`, body);
    expect(refused.status).toBe(status);
    expect(validateTmf('tmf640', 'Error', refused.json)).toEqual([]);
    expect(world.ledger().services).toEqual([]);
  });

  it('refuses other media types, methods and paths', async () => {
    const ne = await startNe();
    const text = await send('POST', `${ne.url}/service`, '{}', { 'content-type': 'text/plain' });
    expect(text.status).toBe(415);
    expect((await send('PUT', `${ne.url}/service`, {})).status).toBe(405);
    expect((await send('POST', `${ne.url}/service/NE-000001`, {})).status).toBe(405);
    expect((await send('GET', `${ne.url}/resource`)).status).toBe(404);
    expect((await send('GET', `${ne.url}/monitor/MON-000001`)).status).toBe(404);
    expect((await send('GET', `${ne.url}/service/%E0%A4%A`)).status).toBe(404);
  });

  it('keeps nothing of a customer, whatever is sent', async () => {
    const ne = await startNe();
    const body = {
      ...serviceCreate(ACCESS_KEY),
      description: '홍길동 010-1234-5678',
      note: [{ text: '홍길동' }],
      relatedParty: [{ id: 'CUS-000001', name: '홍길동', '@referredType': 'Customer' }],
    };
    const created = await send('POST', `${ne.url}/service`, body);
    expect(created.status).toBe(201);
    expect(JSON.stringify([created.json, world.ledger()])).not.toMatch(/홍길동|5678/);
  });

  it('goes on from its ledger after a restart', async () => {
    const before = await world.start({ which: 'ne' });
    const created = await create(before.ne?.url ?? '', ACCESS_KEY);
    await before.close();
    const ne = await startNe();
    expect((await lookUp(ne.url, ACCESS_KEY)).json).toEqual([created.json]);
  });
});
