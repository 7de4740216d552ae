import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeHouses, type TestHouse, testHouse } from '../../../testing/http/test-house.ts';
import { type Tmf641Client, tmf641Client } from '../../../testing/http/tmf641-client.ts';
import { BOUNDS } from '../pressure.ts';
import { ROUTES } from '../table.ts';
import { CANCEL_EXAMPLE, ORDER_EXAMPLE, PATCH_EXAMPLE } from '../tmf641/examples.ts';

/** However slow the machine of the test is. */
const UNBOUNDED = { ...BOUNDS, readLagMs: Number.POSITIVE_INFINITY, intakeLagMs: Number.POSITIVE_INFINITY };

let world: TestHouse;
let send: Tmf641Client;
beforeEach(async () => {
  world = await testHouse(ROUTES, { server: { bounds: UNBOUNDED } });
  send = tmf641Client(world);
});
afterEach(async () => {
  expect(world.bugs).toEqual([]);
  await closeHouses();
});

const { externalId: _none, ...NAMELESS } = ORDER_EXAMPLE;
const [PARTY] = ORDER_EXAMPLE.relatedParty;
/** The same wish of another customer. */
const orderOf = (phone: string, more: object = {}): object => ({
  ...NAMELESS,
  relatedParty: [
    { ...PARTY, contactMedium: [{ mediumType: 'phone', characteristic: { phoneNumber: phone } }] },
  ],
  ...more,
});
const place = (phone = '010-1234-5678', more: object = {}, headers: Record<string, string> = {}) =>
  send('POST', '/serviceOrder', { body: orderOf(phone, more), headers });
const eventsOf = async (orderId = 'ORD-000001') =>
  (await world.store.read((tx) => tx.events.load(orderId))).map(({ type }) => type);
const countAll = () => world.store.read((tx) => tx.views.count({}));

describe('placing an order', () => {
  it('answers what was asked for, masked, and where it is from now on', async () => {
    const placed = await send('POST', '/serviceOrder', { body: ORDER_EXAMPLE });
    expect(placed.status).toBe(201);
    const href = 'https://oss.example/tmf-api/serviceOrdering/v4/serviceOrder/ORD-000001';
    expect(placed.headers.get('location')).toBe(href);
    expect(placed.json).toMatchObject({
      id: 'ORD-000001',
      href,
      state: 'acknowledged',
      externalId: 'BSS-748',
      category: 'home',
      priority: '2',
      requestedStartDate: '2030-03-01T15:00:00.000Z',
      relatedParty: [{ id: 'CUS-000001', role: 'customer', name: '홍*동' }],
      milestone: [{ name: 'OrderPlaced' }],
      serviceOrderItem: [
        {
          id: '1',
          action: 'add',
          quantity: 1,
          state: 'acknowledged',
          service: { serviceSpecification: { id: 'internet' } },
        },
        { id: '2', action: 'add', quantity: 2, service: { serviceSpecification: { id: 'tv' } } },
      ],
    });
    expect(placed.text).not.toMatch(/홍길동|1234-5678|역삼로/);
    expect((await send('GET', '/serviceOrder/ORD-000001')).json).toEqual(placed.json);
    const view = await world.store.read((tx) => tx.views.get('ORD-000001'));
    expect(view).toMatchObject({
      internetCount: 1,
      tvCount: 2,
      area: '강남구',
      wishes: { notBefore: '2030-03-02' },
    });
  });

  it('sent again is the same order, by its externalId or its key, and with other content it is none', async () => {
    await send('POST', '/serviceOrder', { body: ORDER_EXAMPLE });
    const again = await send('POST', '/serviceOrder', { body: ORDER_EXAMPLE });
    expect([again.status, again.json.id]).toEqual([200, 'ORD-000001']);
    const other = await send('POST', '/serviceOrder', { body: { ...ORDER_EXAMPLE, priority: '0' } });
    expect([other.status, other.json.code]).toEqual([409, 'EXTERNAL_ID_TAKEN']);

    const key = { 'idempotency-key': '"K-1"' };
    expect((await place('010-1111-1111', {}, key)).json.id).toBe('ORD-000002');
    expect((await place('010-1111-1111', {}, key)).status).toBe(200);
    const conflict = await place('010-1111-1112', {}, key);
    expect([conflict.status, conflict.json.code]).toEqual([409, 'KEY_CONFLICT']);
    const twice = await place('010-1111-1111');
    expect([twice.status, twice.json.code]).toEqual([409, 'DUPLICATE_ORDER']);
    expect(await countAll()).toBe(2);
  });

  it('is for a customer who is known, too', async () => {
    await place();
    const relatedParty = [
      { '@type': 'RelatedParty', '@referredType': 'Individual', id: 'CUS-000001', role: 'customer' },
    ];
    const serviceOrderItem = [
      {
        ...ORDER_EXAMPLE.serviceOrderItem[0],
        service: {
          ...ORDER_EXAMPLE.serviceOrderItem[0].service,
          place: [{ role: 'installationAddress', name: '서울 중구 세종대로 110' }],
        },
      },
    ];
    const placed = await send('POST', '/serviceOrder', { body: { relatedParty, serviceOrderItem } });
    expect([placed.status, placed.json.priority]).toEqual([201, '2']);
    const unknown = [{ ...relatedParty[0], id: 'CUS-000009' }];
    const refused = await send('POST', '/serviceOrder', {
      body: { relatedParty: unknown, serviceOrderItem },
    });
    expect([refused.status, refused.json.code]).toEqual([404, 'CUSTOMER_NOT_FOUND']);
  });

  const item = ORDER_EXAMPLE.serviceOrderItem[0];
  const inItem = (more: object) => ({ serviceOrderItem: [{ ...item, ...more }] });
  const inService = (more: object) => inItem({ service: { ...item.service, ...more } });
  const at = (name: string) => ({ place: [{ role: 'installationAddress', name }] });
  it.each<[string, object, string]>([
    ['no items', { serviceOrderItem: undefined }, 'serviceOrderItem'],
    ['an empty list of items', { serviceOrderItem: [] }, 'serviceOrderItem'],
    ['a state', { state: 'completed' }, 'state'],
    ['a date of ours', { completionDate: '2030-01-01T00:00:00Z' }, 'completionDate'],
    ['a field that is mistyped', { requestedStartdate: '2030-01-01T00:00:00Z' }, 'requestedStartdate'],
    ['a date without an offset', { requestedStartDate: '2030-01-01T00:00:00' }, 'requestedStartDate'],
    ['a day that is none', { requestedStartDate: '2030-02-30T00:00:00Z' }, 'requestedStartDate'],
    ['a priority that is none', { priority: '5' }, 'priority'],
    ['a priority with a comma', { priority: '1,0' }, 'priority'],
    ['no customer', { relatedParty: undefined }, 'relatedParty'],
    [
      'a customer without a phone',
      { relatedParty: [{ ...PARTY, contactMedium: undefined }] },
      'relatedParty[0].contactMedium',
    ],
    ['two customers', { relatedParty: [PARTY, PARTY] }, 'relatedParty'],
    ['another role', { relatedParty: [{ ...PARTY, role: 'seller' }] }, 'relatedParty[0].role'],
    ['another action', inItem({ action: 'delete' }), 'serviceOrderItem[0].action'],
    [
      'a specification that is none',
      inService({ serviceSpecification: { id: '12' } }),
      'serviceOrderItem[0].service.serviceSpecification.id',
    ],
    ['half a line', inItem({ quantity: 1.5 }), 'serviceOrderItem[0].quantity'],
    ['a quantity in quotes, with a comma', inItem({ quantity: '1,5' }), 'serviceOrderItem[0].quantity'],
    ['no place', inService({ place: undefined }), 'serviceOrderItem[0].service.place'],
    [
      'two places',
      {
        serviceOrderItem: [
          { ...item, service: { ...item.service, ...at('서울 강남구 1') } },
          { ...item, id: '2', service: { ...item.service, ...at('서울 강남구 2') } },
        ],
      },
      'serviceOrderItem[1].service.place',
    ],
    ['one id twice', { serviceOrderItem: [item, item] }, 'serviceOrderItem[1].id'],
    ['half a character', { description: 'x\ud800' }, 'description'],
    ['a text that is none', { description: { a: 1 } }, 'description'],
  ])('with %s is refused, and the log is as it was', async (_what, more, field) => {
    const refused = await place('010-1234-5678', more);
    expect([refused.status, refused.json.code]).toEqual([400, 'BAD_FIELD']);
    expect(refused.json.reason).toMatch(new RegExp(`^${field.replace(/[[\].]/g, '\\$&')} `));
    expect(refused.text).not.toContain('홍길동');
    expect(await countAll()).toBe(0);
  });

  it.each<[string, object, number, string]>([
    [
      'a phone number that is none',
      {
        relatedParty: [
          { ...PARTY, contactMedium: [{ mediumType: 'phone', characteristic: { phoneNumber: '12' } }] },
        ],
      },
      400,
      'BAD_CONTACT',
    ],
    ['an address in two areas of one name', inService(at('중구 세종대로 110')), 400, 'AREA_UNKNOWN'],
    ['a day that is over', { requestedStartDate: '2020-01-01T00:00:00Z' }, 400, 'TIME_PASSED'],
    ['an externalId that is the phone number', { externalId: '01012345678' }, 400, 'KEY_PERSONAL'],
    ['too many lines', inItem({ quantity: 999 }), 422, 'TOO_MANY_LINES'],
  ])('with %s is refused by the same rules as everywhere', async (_what, more, status, code) => {
    const refused = await place('010-1234-5678', more);
    expect([refused.status, refused.json.code]).toEqual([status, code]);
    expect(await countAll()).toBe(0);
  });

  it.each([
    [
      'two members of one name',
      JSON.stringify(ORDER_EXAMPLE).replace('{', '{"priority":"1",'),
      'BODY_UNREADABLE',
    ],
    ['no JSON', '{', 'BODY_UNREADABLE'],
    ['a list', '[]', 'BAD_FIELD'],
    ['nothing', 'null', 'BAD_FIELD'],
  ])('with a body of %s is refused', async (_what, body, code) => {
    const refused = await send('POST', '/serviceOrder', { body });
    expect([refused.status, refused.json.code]).toEqual([400, code]);
    expect(await countAll()).toBe(0);
  });

  it('takes the area from the client where the address does not tell it', async () => {
    const serviceCharacteristic = [{ name: 'area', value: '부산 중구' }];
    expect((await place('010-1234-5678', inService({ ...at('중구 1'), serviceCharacteristic }))).status).toBe(
      201,
    );
    expect(await world.store.read((tx) => tx.views.get('ORD-000001'))).toMatchObject({ area: '부산 중구' });
  });
});

describe('reading orders', () => {
  const idsOf = async (query: string) =>
    (await send('GET', `/serviceOrder?${query}`)).list.map(({ id }) => id);

  it('finds them by what the API may ask, and shows the fields that are asked for', async () => {
    const { json } = await send('POST', '/serviceOrder', { body: ORDER_EXAMPLE });
    await place('010-2222-2222', { priority: '4', category: 'work' });
    const all = ['ORD-000001', 'ORD-000002'];
    expect(await idsOf('')).toEqual(all);
    expect(await idsOf('externalId=BSS-748')).toEqual(all.slice(0, 1));
    expect(await idsOf('category="work"')).toEqual(all.slice(1));
    expect(await idsOf('priority="4"&category=work')).toEqual(all.slice(1));
    expect(await idsOf('state=acknowledged,held')).toEqual(all);
    expect(await idsOf('state=nothing')).toEqual([]);
    expect(await idsOf('id=ORD-000002')).toEqual(all.slice(1));
    expect(await idsOf('id=x')).toEqual([]);
    expect(await idsOf('relatedParty.id=CUS-000002')).toEqual(all.slice(1));
    expect(await idsOf(`orderDate="${json.orderDate}"&id=1`)).toEqual(all.slice(0, 1));
    expect(await idsOf('orderDate.gte=2020-01-01T00:00:00Z&orderDate.lt=2020-01-02T00:00:00Z')).toEqual([]);
    expect((await send('GET', '/serviceOrder?fields=state,serviceOrderItem.id&id=1')).json).toEqual([
      { id: 'ORD-000001', state: 'acknowledged', serviceOrderItem: [{ id: '1' }, { id: '2' }] },
    ]);
    expect((await send('GET', '/serviceOrder/ORD-000001?fields=state')).json).toEqual({
      id: 'ORD-000001',
      state: 'acknowledged',
    });
  });

  it('pages by offset, and on from there by the Link', async () => {
    for (let n = 1; n <= 5; n++) await place(`010-3333-000${n}`);
    const page = await send('GET', '/serviceOrder?offset=1&limit=2');
    expect(page.status).toBe(206);
    expect(page.list.map(({ id }) => id)).toEqual(['ORD-000002', 'ORD-000003']);
    expect(page.headers.get('x-total-count')).toBe('5');
    expect(page.headers.get('content-range')).toBe('items 1-2/5');
    const [, query = ''] = /\?(.*)>; rel="next"/.exec(page.headers.get('link') ?? '') ?? [];
    expect(await idsOf(query)).toEqual(['ORD-000004', 'ORD-000005']);
    expect((await send('GET', '/serviceOrder')).status).toBe(200);
    expect((await send('GET', '/serviceOrder?offset=9')).list).toEqual([]);
  });

  it.each([
    'limit=0',
    'limit=-1',
    'limit=1000000000',
    'limit=1e1',
    'limit=',
    'offset=-1',
    'offset=99999',
    'colour=red',
    'orderDate=2026-11-23',
    'orderDate.gt=2026-11-23T01:00:00',
    'priority=9',
    'cursor=x',
    'state.gt=held',
  ])('refuses %s', async (query) => {
    const refused = await send('GET', `/serviceOrder?${query}`);
    expect(refused.status).toBe(400);
  });

  it('knows no other order, and deletes none', async () => {
    await place();
    expect((await send('GET', '/serviceOrder/8c4cfbc4-2280-4d07-a44f-3a8aaf2849c9')).json.code).toBe(
      'ORDER_NOT_FOUND',
    );
    expect((await send('GET', '/serviceOrder/ORD-000009')).status).toBe(404);
    const deleted = await send('DELETE', '/serviceOrder/ORD-000001');
    expect([deleted.status, deleted.headers.get('allow')]).toEqual([405, expect.stringContaining('PATCH')]);
    expect(await eventsOf()).toEqual(['OrderPlaced']);
  });

  it('is for who is known, and placing for whom the table names', async () => {
    expect((await send('GET', '/serviceOrder', { token: '' })).status).toBe(401);
    expect((await send('POST', '/serviceOrder', { token: 't-noc', body: ORDER_EXAMPLE })).status).toBe(403);
    expect((await send('POST', '/cancelServiceOrder', { token: 't-noc', body: CANCEL_EXAMPLE })).status).toBe(
      403,
    );
    expect(await countAll()).toBe(0);
  });
});

it('shows one order in clear to a token that may see it, with a row of audit each time, and lists never', async () => {
  const caller = { tokenId: 'TOK-1', actor: 'cs:desk', client: 'desk', seesClear: true };
  const house = await testHouse(ROUTES, { server: { bounds: UNBOUNDED }, callers: { clear: caller } });
  const ask = tmf641Client(house);
  await ask('POST', '/serviceOrder', { body: ORDER_EXAMPLE, token: 'clear' });
  const clear = await ask('GET', '/serviceOrder/ORD-000001', { token: 'clear' });
  expect(clear.text).toMatch(/홍길동.*010-1234-5678.*역삼로/);
  expect((await ask('GET', '/serviceOrder', { token: 'clear' })).text).not.toMatch(/홍길동|1234-5678|역삼로/);
  const rows = await house.store.read((tx) => tx.audit.list(10));
  expect(JSON.stringify(rows)).toContain('pii.read');
});

describe('changing an order', () => {
  it('takes the items that are in the list, and takes back what is null', async () => {
    await send('POST', '/serviceOrder', { body: ORDER_EXAMPLE });
    const changed = await send('PATCH', '/serviceOrder/ORD-000001', {
      body: PATCH_EXAMPLE,
      headers: { 'content-type': 'application/merge-patch+json' },
    });
    expect(changed.status).toBe(200);
    expect(changed.json).toMatchObject({
      priority: '1',
      serviceOrderItem: [{ id: '1' }, { id: '2', quantity: 1 }],
    });
    expect(changed.json).not.toHaveProperty('requestedStartDate');
    expect(await eventsOf()).toEqual(['OrderPlaced', 'OrderAmended', 'TermsChanged']);
    const [internet] = PATCH_EXAMPLE.serviceOrderItem;
    const less = await send('PATCH', '/serviceOrder/ORD-000001', { body: { serviceOrderItem: [internet] } });
    expect(less.json.serviceOrderItem).toMatchObject([{ id: '1', quantity: 1 }]);
  });

  it('adds notes, and knows its own', async () => {
    await place();
    const body = { note: [{ text: 'the dog bites' }] };
    const noted = await send('PATCH', '/serviceOrder/ORD-000001', { body });
    expect(noted.json.note).toMatchObject([
      { text: 'please ring twice' },
      { id: '2', text: 'the dog bites' },
    ]);
    const again = await send('PATCH', '/serviceOrder/ORD-000001', { body: { note: noted.json.note } });
    expect(again.json.note).toEqual(noted.json.note);
    expect(await eventsOf()).toEqual(['OrderPlaced', 'NoteAdded']);
  });

  it('only while it is the version that was read', async () => {
    const placed = await place();
    const headers = { 'if-match': placed.headers.get('etag') ?? '' };
    expect(
      (await send('PATCH', '/serviceOrder/ORD-000001', { body: { priority: '0' }, headers })).status,
    ).toBe(200);
    const stale = await send('PATCH', '/serviceOrder/ORD-000001', { body: { priority: '4' }, headers });
    expect([stale.status, stale.json.code]).toEqual([409, 'STALE_VERSION']);
  });

  it.each<[object, string]>([
    [{ state: 'completed' }, 'BAD_FIELD'],
    [{ externalId: 'X' }, 'BAD_FIELD'],
    [{ id: 'ORD-000002' }, 'BAD_FIELD'],
    [{ relatedParty: [PARTY] }, 'BAD_FIELD'],
    [{ serviceOrderItem: null }, 'BAD_FIELD'],
    [{ serviceOrderItem: [] }, 'BAD_FIELD'],
  ])('refuses %j', async (body, code) => {
    await place();
    const refused = await send('PATCH', '/serviceOrder/ORD-000001', { body });
    expect([refused.status, refused.json.code]).toEqual([400, code]);
    expect(await eventsOf()).toEqual(['OrderPlaced']);
  });
});

describe('a wish to cancel', () => {
  it('is assessed at once, and is there from then on', async () => {
    await place();
    const wish = await send('POST', '/cancelServiceOrder', { body: CANCEL_EXAMPLE });
    expect(wish.status).toBe(201);
    expect(wish.json).toMatchObject({
      id: 'ORD-000001-C1',
      state: 'done',
      cancellationReason: 'CUSTOMER_CHANGED_MIND',
    });
    expect(wish.json).not.toHaveProperty('completionMessage');
    expect((await send('GET', '/cancelServiceOrder/ORD-000001-C1')).json).toEqual(wish.json);
    expect((await send('GET', '/cancelServiceOrder?serviceOrder.id=ORD-000001')).json).toEqual([wish.json]);
    expect((await send('GET', '/cancelServiceOrder')).json).toEqual([wish.json]);
    expect((await send('GET', '/cancelServiceOrder/ORD-000001-C2')).status).toBe(404);
    const order = await send('GET', '/serviceOrder/ORD-000001');
    expect(order.json).toMatchObject({
      state: 'pendingCancellation',
      cancellationReason: 'CUSTOMER_CHANGED_MIND',
    });
    const late = await send('PATCH', '/serviceOrder/ORD-000001', { body: { priority: '0' } });
    expect([late.status, late.json.code]).toEqual([409, 'ALREADY_FINAL']);
  });

  it('keeps its words, masked, where they are none of the codes', async () => {
    await place();
    const cancellationReason = '홍길동 님 이사 취소, 010-1234-5678';
    const wish = await send('POST', '/cancelServiceOrder', {
      body: { ...CANCEL_EXAMPLE, cancellationReason },
    });
    expect(wish.json.cancellationReason).toBe('*** 님 이사 취소, ***');
    const view = await world.store.read((tx) => tx.views.get('ORD-000001'));
    expect(view?.cancelCode).toBe('OTHER');
  });

  it.each<[object, number, string]>([
    [{ serviceOrder: { id: 'ORD-000009' } }, 404, 'ORDER_NOT_FOUND'],
    [{ serviceOrder: { id: 'x' } }, 404, 'ORDER_NOT_FOUND'],
    [{}, 400, 'BAD_FIELD'],
    [{ ...CANCEL_EXAMPLE, requestedCancellationDate: '2999-01-01T00:00:00Z' }, 400, 'BAD_FIELD'],
    [{ ...CANCEL_EXAMPLE, state: 'done' }, 400, 'BAD_FIELD'],
  ])('refuses %j', async (body, status, code) => {
    await place();
    const refused = await send('POST', '/cancelServiceOrder', { body });
    expect([refused.status, refused.json.code]).toEqual([status, code]);
    expect(await eventsOf()).toEqual(['OrderPlaced']);
  });
});
