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

/** What clients other than ours send and ask, as the descriptions of the TM Forum allow it. */
let world: TestWorld;
beforeEach(() => {
  world = testWorld();
});
afterEach(() => world.end());

const startNe = async (capacity?: number): Promise<string> => {
  const { ne } = await world.start({ which: 'ne', ...(capacity === undefined ? {} : { capacity }) });
  return ne?.url ?? '';
};

const startTm = async (): Promise<string> => (await world.start({ which: 'tm' })).tm?.url ?? '';

const FIREWALL = {
  name: 'Firewall, first floor',
  description: 'Firewall in front of the line',
  category: 'CFS',
  serviceType: 'firewall',
  state: 'active',
  startDate: '2026-11-20T00:00:00Z',
  hasStarted: true,
  serviceSpecification: {
    id: '77',
    href: 'http://catalogue/serviceSpecification/77',
    name: 'firewall',
    version: '1.2',
  },
  serviceCharacteristic: [{ name: 'rules', valueType: 'object', value: { default: 'deny' } }],
  serviceRelationship: [{ relationshipType: 'dependsOn', service: { id: '5', href: 'http://inventory/5' } }],
  supportingService: [{ id: '6', href: 'http://inventory/6' }],
  supportingResource: [{ id: '7', href: 'http://inventory/7', name: 'rack 7' }],
  relatedParty: [
    { id: 'P-1', href: 'http://parties/1', role: 'user', name: '홍길동', '@referredType': 'Individual' },
  ],
  place: [
    { id: 'A-1', href: 'http://places/1', role: 'site', name: '테헤란로 152', '@referredType': 'Address' },
  ],
  '@type': 'Firewall',
  '@baseType': 'Service',
};

describe('the simulated NE before a client of another make', () => {
  it('keeps what it is told of a service, but no name of a person or of where one lives', async () => {
    const url = await startNe();
    const created = await send('POST', `${url}/service/`, FIREWALL);
    expect(created.status).toBe(201);
    expect(validateTmf('tmf640', 'Service', created.json)).toEqual([]);
    const { name: _name, ...party } = FIREWALL.relatedParty[0] ?? {};
    const { name: _street, ...place } = FIREWALL.place[0] ?? {};
    expect(created.json).toEqual({
      ...FIREWALL,
      relatedParty: [party],
      place: [place],
      id: 'NE-000001',
      href: expect.stringMatching(/\/service\/NE-000001$/),
      serviceDate: '2026-11-23T01:00:00.000Z',
    });
    expect((await send('GET', `${url}/service/NE-000001/`)).json).toEqual(created.json);
  });

  it('leaves names and numbers out of a description', async () => {
    const url = await startNe();
    const body = { ...FIREWALL, description: 'For 홍길동, 010-1234-5678, at 테헤란로 152' };
    const created = await send('POST', `${url}/service`, body);
    expect(created.json.description).not.toMatch(/홍길동|1234|테헤란로/);
    expect(created.json.description).toMatch(/^For /);
  });

  it('makes a service without a name, each time another one, but once for an Idempotency-Key', async () => {
    const url = await startNe();
    const nameless = { state: 'active', serviceSpecification: { id: '77' } };
    const first = await send('POST', `${url}/service`, nameless);
    const second = await send('POST', `${url}/service`, nameless);
    expect(first.json).not.toHaveProperty('name');
    expect(validateTmf('tmf640', 'Service', first.json)).toEqual([]);
    expect([first.json.id, second.json.id]).toEqual(['NE-000001', 'NE-000002']);
    const keyed = await send('POST', `${url}/service`, nameless, { 'idempotency-key': 'a' });
    const again = await send('POST', `${url}/service`, nameless, { 'idempotency-key': 'a' });
    expect([keyed.json.id, again.json.id]).toEqual(['NE-000003', 'NE-000003']);
    expect((await send('GET', `${url}/service?name=-`)).list).toEqual([]);
  });

  it('looks whether a service is possible, and switches it on when it is told to', async () => {
    const url = await startNe(1);
    const check = (key: string) => ({ ...serviceCreate(key), state: 'feasibilityChecked' });
    const other = 'ORD-000002/access.gpon#1/1';
    const checked = await send('POST', `${url}/service`, check(ACCESS_KEY));
    expect([checked.status, checked.json.state]).toEqual([201, 'feasibilityChecked']);
    expect(checked.json).not.toHaveProperty('startDate');
    expect(JSON.stringify(checked.json)).not.toContain('equipmentId');
    expect((await send('POST', `${url}/service`, check(other))).status).toBe(201);
    expect((await send('GET', `${url}/service?state=active`)).list).toEqual([]);

    const active = await send('PATCH', `${url}/service/NE-000001`, { state: 'active' });
    expect(active.status).toBe(200);
    expect(active.json).toMatchObject({ state: 'active', startDate: '2026-11-23T01:00:00.000Z' });
    expect(JSON.stringify(active.json)).toContain('equipmentId');
    expect((await send('PATCH', `${url}/service/NE-000001`, { state: 'active' })).status).toBe(200);
    expect(effectsOf(world.ledger(), ACCESS_KEY)).toEqual(['check', 'create']);

    const full = await send('PATCH', `${url}/service/NE-000002`, { state: 'active' });
    expect([full.status, full.json.code]).toEqual([422, 'NO_PORT']);
    await send('PATCH', `${url}/service/NE-000001`, { state: 'terminated' });
    const stale = await send('PATCH', `${url}/service/NE-000002`, { state: 'active' }, { 'if-match': '"x"' });
    expect(stale.status).toBe(412);
    expect((await send('PATCH', `${url}/service/NE-000002`, { state: 'active' })).status).toBe(200);
    expect((await send('PATCH', `${url}/service/NE-000001`, { state: 'active' })).status).toBe(400);
  });

  it('filters by any attribute, and answers the fields that are asked for', async () => {
    const url = await startNe();
    await send('POST', `${url}/service`, FIREWALL);
    await send('POST', `${url}/service`, { ...serviceCreate(ACCESS_KEY), description: 'Line' });
    const idsOf = async (query: string) =>
      (await send('GET', `${url}/service/?${query}`)).list.map(({ id }) => id);
    expect(await idsOf('category=CFS')).toEqual(['NE-000001']);
    expect(await idsOf('serviceSpecification.id=access.gpon')).toEqual(['NE-000002']);
    expect(await idsOf('serviceDate=2026-11-23T01:00:00.000Z')).toEqual(['NE-000001', 'NE-000002']);
    expect(await idsOf('startDate.lt=2026-11-21T00:00:00Z')).toEqual(['NE-000001']);
    expect(await idsOf('category=CFS&category=RFS&description=Line')).toEqual(['NE-000002']);
    expect(await idsOf('state=active,terminated&limit=1&offset=1')).toEqual(['NE-000002']);
    expect(await idsOf('name=Firewall%2C%20first%20floor')).toEqual(['NE-000001']);
    expect(await idsOf('name="Firewall%2C%20first%20floor"')).toEqual(['NE-000001']);
    expect(await idsOf(`name=${encodeURIComponent(ACCESS_KEY)}&state=terminated`)).toEqual([]);
    expect(await idsOf('colour=red')).toEqual([]);

    const list = await send('GET', `${url}/service?state=active&fields=href,serviceSpecification.id&limit=1`);
    expect(list.headers.get('x-total-count')).toBe('2');
    expect(list.json).toEqual([
      { id: 'NE-000001', href: expect.any(String), serviceSpecification: { id: '77' } },
    ]);
    expect((await send('GET', `${url}/service/NE-000001?fields=state`)).json).toEqual({
      id: 'NE-000001',
      state: 'active',
    });
  });
});

describe('the simulated desk before a client of another make', () => {
  const VISIT = {
    externalId: 'visit-1',
    category: 'agreed',
    description: 'New line for 홍길동',
    validFor: { startDateTime: '2026-11-25T05:00:00.000Z', endDateTime: '2026-11-25T06:00:00.000Z' },
    relatedEntity: [{ id: 'ORD-000001', role: 'serviceOrder', '@referredType': 'ServiceOrder' }],
    relatedPlace: { id: 'A-1', role: 'site', name: '테헤란로 152', '@referredType': 'Address' },
    relatedParty: [
      { id: 'P-1', role: 'customer', name: '홍길동', '@referredType': 'Individual' },
      { id: 'T-1', role: 'technician', '@referredType': 'Individual' },
    ],
  };

  it('keeps what it is told, but no name, and shows the technician as he is now', async () => {
    const url = await startTm();
    const created = await send('POST', `${url}/appointment/`, VISIT);
    expect(created.status).toBe(201);
    expect(validateTmf('tmf646', 'Appointment', created.json)).toEqual([]);
    expect(created.json).toMatchObject({
      description: 'New line for ***',
      relatedEntity: VISIT.relatedEntity,
      relatedPlace: { id: 'A-1', role: 'site', '@referredType': 'Address' },
    });
    expect(JSON.stringify([created.json, world.ledger()])).not.toMatch(/홍길동|테헤란로/);
    const moved = await send('PATCH', `${url}/appointment/APT-000001/`, {
      validFor: VISIT.validFor,
      relatedParty: [{ id: 'T-2', role: 'technician', '@referredType': 'Individual' }],
    });
    expect(moved.json.relatedParty).toEqual([
      { id: 'T-2', role: 'technician', '@referredType': 'Individual' },
      { id: 'P-1', role: 'customer', '@referredType': 'Individual' },
    ]);
  });

  it('filters by any attribute, and answers the fields that are asked for', async () => {
    const url = await startTm();
    await send('POST', `${url}/appointment`, VISIT);
    await send('POST', `${url}/appointment`, { ...VISIT, externalId: 'visit-2', relatedParty: [] });
    const { list } = await send('GET', `${url}/appointment/?relatedParty.id=T-1&fields=externalId`);
    expect(list).toEqual([{ id: 'APT-000001', externalId: 'visit-1' }]);
    expect((await send('GET', `${url}/appointment?externalId=visit-1&status=cancelled`)).list).toEqual([]);
  });

  it('keeps what it is told of a call whose effect comes later', async () => {
    const { tm } = await world.start({ which: 'tm', faults: ['late-after:1000@POST'] });
    const url = tm?.url ?? '';
    await expect(send('POST', `${url}/appointment`, VISIT)).rejects.toThrow();
    world.clock.advance(1_000);
    const { list } = await send('GET', `${url}/appointment?externalId=visit-1`);
    expect(list).toMatchObject([{ description: 'New line for ***', relatedEntity: VISIT.relatedEntity }]);
  });
});
