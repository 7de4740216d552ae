import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NetworkElement, Sending, TmDesk } from '../../core/ports/peers.ts';
import { closePeers, sendingTo, testClock, testPeers, testRows } from '../../testing/http/test-peers.ts';
import { closeServers, serve } from '../../testing/http/test-server.ts';

const KEY = 'ORD-000042/internet.hsi#1/1';
const CALL_KEY = 'ORD-000042/call#1';
const SLOT = { start: '2026-11-25T05:00:00.000Z', end: '2026-11-25T06:30:00.000Z' };

type Told = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Values that are nearly right: what the readers look at, with anything in it. */
const member = fc.oneof(
  fc.constantFrom(
    KEY,
    CALL_KEY,
    'svc-1',
    'active',
    'terminated',
    'Completed',
    'InError',
    'confirmed',
    'failed',
    '..',
    '',
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const nearly: fc.Arbitrary<unknown> = fc.dictionary(
  fc.constantFrom(
    'id',
    'name',
    'state',
    'status',
    'externalId',
    'validFor',
    'note',
    'response',
    'code',
    'reason',
  ),
  member,
  { maxKeys: 8 },
);
const value = fc.oneof(nearly, fc.array(nearly, { maxLength: 3 }), fc.jsonValue({ maxDepth: 3 }));

const told: fc.Arbitrary<Told> = fc.record({
  status: fc.oneof(
    fc.constantFrom(200, 200, 200, 201, 202, 204, 206, 302, 400, 404, 409, 422, 429, 500, 501, 503),
    fc.integer({ min: 200, max: 599 }),
  ),
  headers: fc.record(
    {
      'content-type': fc.constantFrom('application/json', 'application/json', 'text/html', 'nonsense;;;'),
      'retry-after': fc.constantFrom('5', 'soon', '-1', '99999999'),
      location: fc.constantFrom('/monitor/1', '/monitor/%', '/monitor/..', 'http://[bad', ''),
      'x-total-count': fc.constantFrom('0', '1', '3', '-1', 'many'),
      'content-range': fc.constantFrom('items 0-1/2', 'items */*', 'x'),
    },
    { requiredKeys: ['content-type'] },
  ),
  body: fc.oneof(
    value.map((json) => JSON.stringify(json)),
    fc.string({ maxLength: 40 }),
  ),
});

let next: Told = { status: 200, headers: {}, body: '' };
let ne: NetworkElement;
let tm: TmDesk;

beforeAll(async () => {
  const server = await serve((_seen, response) => {
    response
      .writeHead(next.status, { ...next.headers })
      .end(next.status === 204 || next.status === 304 ? '' : next.body);
  });
  // A breaker that never opens: each run is about one answer.
  const breaker = { failures: 1_000_000, withinMs: 1, openMs: 1, maxOpenMs: 1 };
  const rows = testRows();
  const forgetful = { readRow: async () => null, compareAndSet: rows.compareAndSet };
  const peers = testPeers(server.origin, {
    clock: testClock(),
    breakers: forgetful,
    ne: { breaker },
    tm: { breaker },
  });
  ne = peers.ne;
  tm = peers.tm;
});
afterAll(async () => {
  await closePeers();
  await closeServers();
});

const SERVICE = { service: 'internet.hsi#1', spec: 'internet.hsi', generation: 1, key: KEY } as const;
const CREATE = {
  orderId: 'ORD-000042',
  idempotencyKey: KEY,
  service: { ...SERVICE, dependsOn: [], characteristics: [] },
};
const CALL = {
  orderId: 'ORD-000042',
  callKey: CALL_KEY,
  via: 'desk',
  slot: SLOT,
  technicianId: 'T-1',
  phone: '010-1234-5678',
} as const;

const OF_DESK = new Set([
  'searchSlots',
  'readSearch',
  'appointments',
  'call',
  'findCall',
  'readAppointment',
  'changeAppointment',
]);

const REQUESTS: Readonly<Record<string, (sending: Sending) => Promise<{ readonly kind: string }>>> = {
  create: (sending) => ne.create(CREATE, sending),
  find: (sending) => ne.find(KEY, sending),
  readMonitor: (sending) => ne.readMonitor('m-1', KEY, sending),
  revert: ({ permit }) => {
    permit.release();
    return ne.revert('svc-1', { key: KEY, names: [KEY] }, () => sendingTo(ne));
  },
  read: (sending) => ne.read('svc-1', sending),
  inventory: (sending) => ne.inventory({ offset: 0, limit: 10, next: null }, sending),
  searchSlots: (sending) =>
    tm.searchSlots({ orderId: 'ORD-000042', from: SLOT.start, to: SLOT.end }, sending),
  readSearch: (sending) => tm.readSearch('task-1', 'ORD-000042', sending),
  call: (sending) => tm.call(CALL, sending),
  findCall: (sending) => tm.findCall(CALL_KEY, sending),
  appointments: (sending) => tm.inventory('confirmed', { offset: 0, limit: 10, next: null }, sending),
  readAppointment: (sending) => tm.readAppointment('app-1', sending),
  changeAppointment: ({ permit }) => {
    permit.release();
    return tm.changeAppointment('app-1', { callKey: CALL_KEY, slot: SLOT }, () => sendingTo(tm));
  },
};

describe('whatever a peer answers, it is judged and nothing is thrown', () => {
  test.each(Object.keys(REQUESTS))('%s', async (name) => {
    const request = REQUESTS[name];
    if (request === undefined) throw new Error(name);
    await fc.assert(
      fc.asyncProperty(told, async (answer) => {
        next = answer;
        const result = await request(await sendingTo(OF_DESK.has(name) ? tm : ne));
        expect(result.kind).toMatch(/^[a-z-]+$/);
        // Only an answer of the right kind, that names what the request did, is ever a success.
        if (result.kind === 'confirmed' || result.kind === 'found' || result.kind === 'absent') {
          expect(answer.status < 300 || (answer.status === 404 && /^read/.test(name))).toBe(true);
        }
        if (name === 'find' && result.kind === 'absent') {
          expect([answer.status, JSON.parse(answer.body)]).toEqual([200, []]);
        }
        if (name === 'create' && result.kind === 'confirmed') {
          expect(JSON.parse(answer.body)).toMatchObject({ name: KEY, state: 'active' });
        }
      }),
      { numRuns: 150, seed: 42 },
    );
  });
});
