import { afterEach, describe, expect, test } from 'vitest';
import { validateTmf } from '../../../test/tmf-validator.ts';
import type { CallRequest, TmDesk } from '../../core/ports/peers.ts';
import { closePeers, sendingTo, testPeers } from '../../testing/http/test-peers.ts';
import {
  type Answering,
  closeServers,
  sendJson,
  serve,
  type TestServer,
} from '../../testing/http/test-server.ts';

afterEach(async () => {
  await closePeers();
  await closeServers();
});

const BASE = '/tmf-api/appointment/v4';
const CALL_KEY = 'ORD-000042/call#3';
const SLOT = { start: '2026-11-25T05:00:00.000Z', end: '2026-11-25T06:30:00.000Z' };
const LATER = { start: '2026-11-26T05:00:00.000Z', end: '2026-11-26T06:30:00.000Z' };
const period = (slot: typeof SLOT) => ({ startDateTime: slot.start, endDateTime: slot.end });

const CALL: CallRequest = {
  orderId: 'ORD-000042',
  callKey: CALL_KEY,
  via: 'desk',
  slot: SLOT,
  technicianId: 'T-007',
  phone: '010-1234-5678',
};

const APPOINTMENT = {
  id: 'app-1',
  href: `${BASE}/appointment/app-1`,
  externalId: CALL_KEY,
  status: 'confirmed',
  validFor: period(SLOT),
  somethingNew: 1,
};

type Tm = { readonly tm: TmDesk; readonly server: TestServer };

const tmThat = async (answer: Answering): Promise<Tm> => {
  const server = await serve(answer);
  return { server, tm: testPeers(server.origin).tm };
};

const answering = (status: number, body: unknown, headers?: Record<string, string>): Promise<Tm> =>
  tmThat((_seen, response) => sendJson(response, status, body, headers));

const bodyOf = (server: TestServer): unknown => JSON.parse(server.seen[0]?.body ?? '');

describe('searchSlots', () => {
  const search = async (tm: TmDesk) =>
    tm.searchSlots({ orderId: 'ORD-000042', from: SLOT.start, to: LATER.end }, await sendingTo(tm));

  test('sends what the API describes', async () => {
    const { tm, server } = await answering(201, { id: 'task-1', availableTimeSlot: [] });
    expect(await search(tm)).toEqual({ kind: 'confirmed', value: { taskId: 'task-1', slots: [] } });
    expect(server.seen).toMatchObject([{ method: 'POST', url: `${BASE}/searchTimeSlot` }]);
    expect(server.seen[0]?.headers['x-correlation-id']).toBe('ORD-000042');
    expect(validateTmf('tmf646', 'SearchTimeSlot_Create', bodyOf(server))).toEqual([]);
    expect(bodyOf(server)).toEqual({
      requestedTimeSlot: [{ validFor: { startDateTime: SLOT.start, endDateTime: LATER.end } }],
      relatedEntity: [{ id: 'ORD-000042', role: 'serviceOrder', '@referredType': 'ServiceOrder' }],
    });
  });

  test('gives the slots in UTC by start; one that cannot be read is not offered', async () => {
    const { tm } = await answering(201, {
      id: 'task-1',
      status: 'done',
      availableTimeSlot: [
        { id: '2', validFor: period(LATER) },
        {
          validFor: { startDateTime: '2026-11-25T14:00:00+09:00', endDateTime: '2026-11-25T15:30:00+09:00' },
        },
        { validFor: { startDateTime: '2026-11-25T14:00:00', endDateTime: '2026-11-25T15:30:00' } },
        { validFor: { startDateTime: SLOT.end, endDateTime: SLOT.start } },
        {},
      ],
    });
    expect(await search(tm)).toEqual({
      kind: 'confirmed',
      value: { taskId: 'task-1', slots: [SLOT, LATER] },
    });
  });

  test.each<[string, unknown]>([
    ['no id', { availableTimeSlot: [] }],
    ['no list', { id: 'task-1' }],
    ['ended with an error', { id: 'task-1', status: 'terminatedWithError', availableTimeSlot: [] }],
    ['no slot that can be read', { id: 'task-1', availableTimeSlot: [{}] }],
    [
      'another order',
      {
        id: 'task-1',
        availableTimeSlot: [],
        relatedEntity: [{ id: 'ORD-000001', role: 'serviceOrder', '@referredType': 'ServiceOrder' }],
      },
    ],
    ['a list', []],
  ])('in doubt: %s', async (_name, body) => {
    expect(await search((await answering(201, body)).tm)).toMatchObject({ kind: 'in-doubt' });
  });
});

describe('a search that runs', () => {
  const SEARCH = { orderId: 'ORD-000042', from: SLOT.start, to: LATER.end };
  const DONE = { id: 'task-1', status: 'Done', availableTimeSlot: [{ validFor: period(SLOT) }] };
  const read = async (tm: TmDesk) => tm.readSearch('task-1', 'ORD-000042', await sendingTo(tm));

  test.each<[number, object, Record<string, string>]>([
    [201, { id: 'task-1', status: 'inProgress' }, {}],
    [200, { id: 'task-1', status: 'acknowledged', availableTimeSlot: [] }, {}],
    [202, { id: 'task-1' }, {}],
    [202, {}, { location: `${BASE}/searchTimeSlot/task-1` }],
  ])('is accepted with its task: %i %o', async (status, body, headers) => {
    const { tm } = await answering(status, body, headers);
    const outcome = await tm.searchSlots(SEARCH, await sendingTo(tm));
    expect(outcome).toEqual({ kind: 'accepted', monitor: 'task-1' });
  });

  test('is read by its task until it is done', async () => {
    let answer: object = { ...DONE, status: 'inProgress' };
    const { tm, server } = await tmThat((_seen, response) => sendJson(response, 200, answer));
    expect(await read(tm)).toEqual({ kind: 'accepted', monitor: 'task-1' });
    answer = DONE;
    expect(await read(tm)).toEqual({ kind: 'confirmed', value: { taskId: 'task-1', slots: [SLOT] } });
    expect(server.seen).toMatchObject([{ method: 'GET', url: `${BASE}/searchTimeSlot/task-1` }, {}]);
    expect(server.seen[0]?.headers['x-correlation-id']).toBe('ORD-000042');
  });

  test('is gone when the desk does not know its task; another search says nothing', async () => {
    expect(await read((await answering(404, { code: 'NOT_FOUND', reason: 'none' })).tm)).toEqual({
      kind: 'gone',
    });
    expect(await read((await answering(200, { ...DONE, id: 'task-2' })).tm)).toMatchObject({
      kind: 'in-doubt',
    });
    expect(await read((await answering(500, {})).tm)).toMatchObject({ kind: 'in-doubt' });
  });
});

describe('call', () => {
  const call = async (tm: TmDesk, request = CALL) => tm.call(request, await sendingTo(tm));

  test('sends what the API describes', async () => {
    const { tm, server } = await answering(201, APPOINTMENT);
    await call(tm);
    expect(server.seen).toMatchObject([{ method: 'POST', url: `${BASE}/appointment` }]);
    expect(server.seen[0]?.headers['x-correlation-id']).toBe('ORD-000042');
    expect(validateTmf('tmf646', 'Appointment_Create', bodyOf(server))).toEqual([]);
    expect(bodyOf(server)).toEqual({
      externalId: CALL_KEY,
      category: 'outbound-call',
      validFor: period(SLOT),
      contactMedium: [{ mediumType: 'phone', characteristic: { phoneNumber: '010-1234-5678' } }],
      relatedParty: [{ id: 'T-007', role: 'technician', '@referredType': 'Individual' }],
    });
  });

  test('books without phoning when the customer has agreed', async () => {
    const { tm, server } = await answering(201, APPOINTMENT);
    await call(tm, { ...CALL, via: 'agreed' });
    expect(bodyOf(server)).toMatchObject({ category: 'agreed' });
  });

  test('confirmed, perhaps with another slot', async () => {
    const { tm } = await answering(201, { ...APPOINTMENT, validFor: period(LATER) });
    expect(await call(tm)).toEqual({
      kind: 'confirmed',
      value: { appointmentId: 'app-1', callKey: CALL_KEY, status: 'confirmed', slot: LATER, answer: null },
    });
  });

  test('still going on, also in a status of another version', async () => {
    const { tm } = await answering(201, { ...APPOINTMENT, status: 'initialized' });
    expect(await call(tm)).toMatchObject({ kind: 'confirmed', value: { status: 'initialized' } });
    const other = await answering(201, { ...APPOINTMENT, status: 'attempted' });
    expect(await call(other.tm)).toMatchObject({
      kind: 'confirmed',
      value: { status: 'unknown', answer: null },
    });
  });

  test.each([
    ['NO_ANSWER', 'NO_ANSWER', null],
    ['outcome: BUSY, rang 3 times', 'BUSY', null],
    ['REFUSED', 'REFUSED', null],
    ['WRONG_NUMBER', 'WRONG_NUMBER', null],
    ['CALLBACK', 'CALLBACK', null],
    ['CALLBACK 2026-11-24T19:00:00+09:00', 'CALLBACK', '2026-11-24T10:00:00.000Z'],
    ['CALLBACK:2026-11-24T10:00:00Z', 'CALLBACK', '2026-11-24T10:00:00.000Z'],
    ['CALLBACK: 2026-11-24T10:00:00.000Z please', 'CALLBACK', '2026-11-24T10:00:00.000Z'],
    ['CALLBACK tomorrow', 'CALLBACK', null],
  ])('over without an agreement: %s', async (text, outcome, callbackAt) => {
    const note = [{ text: 'phoned at noon' }, { id: '2', text }];
    const { tm } = await answering(201, { ...APPOINTMENT, status: 'failed', note });
    expect(await call(tm)).toMatchObject({
      kind: 'confirmed',
      value: { status: 'failed', answer: { outcome, callbackAt } },
    });
  });

  test('over with a word that nobody agreed on', async () => {
    const { tm } = await answering(201, { ...APPOINTMENT, status: 'failed', note: [{ text: 'UNANSWERED' }] });
    expect(await call(tm)).toMatchObject({ kind: 'confirmed', value: { status: 'failed', answer: null } });
  });

  test.each<[string, number, unknown]>([
    ['another call key', 201, { ...APPOINTMENT, externalId: 'ORD-000042/call#2' }],
    ['no call key', 201, { ...APPOINTMENT, externalId: undefined }],
    ['no id', 201, { ...APPOINTMENT, id: undefined }],
    ['no slot', 201, { ...APPOINTMENT, validFor: {} }],
    [
      'a slot without offset',
      201,
      { ...APPOINTMENT, validFor: { startDateTime: '2026-11-25T05:00:00', endDateTime: SLOT.end } },
    ],
    ['a conflict', 409, {}],
    ['5xx', 500, {}],
  ])('in doubt: %s', async (_name, status, body) => {
    expect(await call((await answering(status, body)).tm)).toMatchObject({ kind: 'in-doubt' });
  });

  test('rejected', async () => {
    const { tm } = await answering(422, { code: 'SLOT_TAKEN', reason: 'taken', status: '422' });
    expect(await call(tm)).toEqual({ kind: 'rejected', code: 'SLOT_TAKEN', message: 'taken' });
  });

  test.each(['010-1234-5678', '01012345678', '+82 10 1234 5678', '(010) 1234.5678'])(
    'the phone number never comes back in a text: %s',
    async (written) => {
      const error = { code: `BAD-${written}`, reason: `the number ${written} is not in use` };
      const outcome = await call((await answering(422, error)).tm);
      expect(outcome).toMatchObject({ kind: 'rejected', message: 'the number *** is not in use' });
      expect(JSON.stringify(outcome).replace(/\D/g, '')).not.toContain('12345678');
    },
  );
});

describe('findCall', () => {
  const findCall = async (tm: TmDesk) => tm.findCall(CALL_KEY, await sendingTo(tm));

  test('asks for the call key, encoded', async () => {
    const { tm, server } = await answering(200, []);
    expect(await findCall(tm)).toEqual({ kind: 'absent' });
    expect(server.seen).toMatchObject([
      { method: 'GET', url: `${BASE}/appointment?externalId=ORD-000042%2Fcall%233`, body: '' },
    ]);
  });

  test.each(['initialized', 'confirmed', 'cancelled', 'completed', 'failed'])('found: %s', async (status) => {
    const { tm } = await answering(200, [{ ...APPOINTMENT, status }]);
    expect(await findCall(tm)).toMatchObject({ kind: 'found', value: { status } });
  });

  test('ambiguous, unknown, unsupported', async () => {
    const twice = await answering(200, [APPOINTMENT, { ...APPOINTMENT, id: 'app-2' }]);
    expect(await findCall(twice.tm)).toMatchObject({ kind: 'ambiguous' });
    const others = await answering(200, [{ ...APPOINTMENT, externalId: 'ORD-000001/call#1' }]);
    expect(await findCall(others.tm)).toMatchObject({
      kind: 'unknown',
      cause: { code: 'CALL_FILTER_IGNORED' },
    });
    const partial = await answering(200, [], { 'content-range': 'items 0-0/2' });
    expect(await findCall(partial.tm)).toMatchObject({ kind: 'unknown' });
    expect(await findCall((await answering(501, {})).tm)).toMatchObject({ kind: 'unsupported' });
  });
});

test('readAppointment: found in every state, absent, or unknown', async () => {
  const read = async (tm: TmDesk) => tm.readAppointment('app-1', await sendingTo(tm));
  const { tm, server } = await answering(200, { ...APPOINTMENT, status: 'cancelled' });
  expect(await read(tm)).toMatchObject({ kind: 'found', value: { status: 'cancelled' } });
  expect(server.seen).toMatchObject([{ method: 'GET', url: `${BASE}/appointment/app-1` }]);
  expect(await read((await answering(404, { code: 'NOT_FOUND', reason: 'no' })).tm)).toEqual({
    kind: 'absent',
  });
  expect(await read((await answering(200, { ...APPOINTMENT, id: 'app-2' })).tm)).toMatchObject({
    kind: 'unknown',
  });
});

test('inventory takes only what is in the status that was asked for, and tells the ids of all', async () => {
  const two = [APPOINTMENT, { ...APPOINTMENT, id: 'app-2', status: 'cancelled' }];
  const { tm, server } = await answering(200, two, { 'x-total-count': '4' });
  const page = { offset: 2, limit: 2, next: null };
  const told = await tm.inventory('confirmed', page, await sendingTo(tm));
  expect(told).toMatchObject({
    kind: 'confirmed',
    value: { items: [{ appointmentId: 'app-1' }], ids: ['app-1', 'app-2'], count: 2, total: 4, next: null },
  });
  await tm.inventory('confirmed', { ...page, next: '?page=3' }, await sendingTo(tm));
  expect(server.seen.map(({ url }) => url)).toEqual([
    `${BASE}/appointment?status=confirmed&offset=2&limit=2`,
    `${BASE}/appointment?page=3`,
  ]);
});
