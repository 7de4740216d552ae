import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NetworkElement, TmDesk } from '../../core/ports/peers.ts';
import { closePeers, sendingTo, testPeers, testRows } from '../../testing/http/test-peers.ts';
import { closeServers, serve } from '../../testing/http/test-server.ts';

const TOKEN = 'abc.def-token-1';
const PHONE = '010-1234-5678';
const KEY = 'ORD-000042/internet.hsi#1/1';
const CALL_KEY = 'ORD-000042/call#1';
const SLOT = { start: '2026-11-25T05:00:00.000Z', end: '2026-11-25T06:30:00.000Z' };
const LONG = 'x'.repeat(20_000);

/** Whatever a peer may write a text into, with what it was sent in it. */
const quoting = (said: string) => ({
  service: {
    id: 'svc-1',
    name: KEY,
    state: said,
    serviceSpecification: { id: said },
    serviceCharacteristic: [
      { name: 'equipmentId', value: said },
      { name: said, value: said },
    ],
  },
  appointment: {
    id: 'app-1',
    externalId: CALL_KEY,
    status: said,
    validFor: { startDateTime: SLOT.start, endDateTime: SLOT.end },
    note: [{ text: said }],
    description: said,
  },
  error: { code: said, reason: said, message: said },
});

let answer: { status: number; body: unknown; headers?: Record<string, string> } = { status: 200, body: null };
let ne: NetworkElement;
let tm: TmDesk;
const breakers = testRows();

beforeAll(async () => {
  const server = await serve((_seen, response) => {
    const headers = { 'content-type': 'application/json', ...answer.headers };
    response.writeHead(answer.status, headers).end(JSON.stringify(answer.body));
  });
  const peers = testPeers(server.origin, {
    breakers,
    ne: { token: async () => TOKEN },
    tm: { token: async () => TOKEN },
  });
  ne = peers.ne;
  tm = peers.tm;
});
afterAll(async () => {
  await closePeers();
  await closeServers();
});
beforeEach(() => breakers.rows.clear());

const CREATE = {
  orderId: 'ORD-000042',
  idempotencyKey: KEY,
  service: {
    ...({ service: 'internet.hsi#1', spec: 'internet.hsi', generation: 1, key: KEY } as const),
    ...{ dependsOn: [], characteristics: [] },
  },
};
const CALL = {
  ...({ orderId: 'ORD-000042', callKey: CALL_KEY, via: 'desk', slot: SLOT, technicianId: 'T-1' } as const),
  phone: PHONE,
} as const;
const PAGE = { offset: 0, limit: 10, next: null };

const REQUESTS: Readonly<Record<string, () => Promise<unknown>>> = {
  create: async () => ne.create(CREATE, await sendingTo(ne)),
  find: async () => ne.find(KEY, await sendingTo(ne)),
  read: async () => ne.read('svc-1', await sendingTo(ne)),
  readMonitor: async () => ne.readMonitor('m-1', KEY, await sendingTo(ne)),
  revert: () => ne.revert('svc-1', { key: KEY, names: [KEY] }, () => sendingTo(ne)),
  services: async () => ne.inventory(PAGE, await sendingTo(ne)),
  search: async () =>
    tm.searchSlots({ orderId: 'ORD-000042', from: SLOT.start, to: SLOT.end }, await sendingTo(tm)),
  call: async () => tm.call(CALL, await sendingTo(tm)),
  findCall: async () => tm.findCall(CALL_KEY, await sendingTo(tm)),
  appointments: async () => tm.inventory('confirmed', PAGE, await sendingTo(tm)),
  readAppointment: async () => tm.readAppointment('app-1', await sendingTo(tm)),
};

/** Every answer that a hostile peer may give, with `said` wherever it may say something. */
const answers = (said: string): readonly (typeof answer)[] => {
  const { service, appointment, error } = quoting(said);
  const items = [
    service,
    appointment,
    { ...service, state: 'active' },
    { ...appointment, status: 'confirmed' },
  ];
  const ids = [
    { ...service, id: said },
    { ...service, name: said },
    { ...service, state: 'active', name: said },
  ];
  const calls = [
    { ...appointment, id: said },
    { ...appointment, status: 'confirmed', externalId: said },
  ];
  const tasks = [
    { id: said, status: said },
    { id: 'task-1', status: said },
  ];
  const monitor = { id: 'm-1', state: 'completed', response: { body: { ...service, name: said } } };
  const failed = { id: 'm-1', state: 'inError', response: { body: error } };
  const all = [...items, ...ids, ...calls, ...tasks, monitor, failed];
  const location = `/service/${encodeURIComponent(said.slice(0, 1_000))}`;
  return [
    ...all.map((body) => ({ status: 200, body })),
    ...all.map((body) => ({ status: 200, body: [body] })),
    ...all.map((body) => ({
      status: 202,
      body,
      headers: { location: location.replace('service', 'monitor') },
    })),
    ...all.map((body) => ({ status: 201, body: { ...body, id: said }, headers: { location } })),
    ...[400, 404, 409, 422, 429, 500, 503].map((status) => ({ status, body: error })),
  ];
};

describe('what a peer quotes of the token or of the number that it was to phone is told by nothing', () => {
  test.each(Object.keys(REQUESTS))('%s', async (name) => {
    for (const said of [TOKEN, `Bearer ${TOKEN}`, `${PHONE} ${TOKEN} +82 10 1234 5678`, `call${PHONE}`]) {
      for (const given of answers(said)) {
        answer = given;
        breakers.rows.clear();
        const told = JSON.stringify([await REQUESTS[name]?.(), [...breakers.rows.values()]]);
        expect(told, JSON.stringify(given)).not.toContain(TOKEN);
        if (name === 'call') expect(told, JSON.stringify(given)).not.toMatch(/1234[- ]?5678/);
      }
    }
  });
});

describe('however long a text is, little of it is told', () => {
  test.each(Object.keys(REQUESTS))(
    '%s',
    async (name) => {
      for (const given of answers(LONG)) {
        answer = given;
        breakers.rows.clear();
        const told = JSON.stringify([await REQUESTS[name]?.(), [...breakers.rows.values()]]);
        expect(told.length, JSON.stringify(given).slice(0, 300)).toBeLessThan(5_000);
      }
    },
    60_000,
  );
});
