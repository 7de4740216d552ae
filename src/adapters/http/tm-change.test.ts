import { afterEach, describe, expect, test } from 'vitest';
import { validateTmf } from '../../../test/tmf-validator.ts';
import type { AppointmentChange, AskToSend, TmDesk } from '../../core/ports/peers.ts';
import { closePeers, sendingTo, testPeers } from '../../testing/http/test-peers.ts';
import { closeServers, sendJson, serve, type TestServer } from '../../testing/http/test-server.ts';

afterEach(async () => {
  await closePeers();
  await closeServers();
});

const BASE = '/tmf-api/appointment/v4';
const CALL_KEY = 'ORD-000042/call#3';
const OTHERS = 'ORD-000077/call#1';
const SLOT = { start: '2026-11-25T05:00:00.000Z', end: '2026-11-25T06:30:00.000Z' };
const LATER = { start: '2026-11-26T05:00:00.000Z', end: '2026-11-26T06:30:00.000Z' };
const period = (slot: typeof SLOT) => ({ startDateTime: slot.start, endDateTime: slot.end });

const APPOINTMENT = { id: 'app-1', externalId: CALL_KEY, status: 'confirmed', validFor: period(SLOT) };

type Told = { readonly status: number; readonly body?: unknown };

/** A desk with one id, which the test gives to whom it likes. */
type Desk = {
  appointment: Readonly<Record<string, unknown>> | null;
  etag: string | null;
  /** What a PATCH is answered with, once it was carried out; null: as it should be. */
  changed: Told | null;
};

const deskWith = async (appointment: Desk['appointment']) => {
  const desk: Desk = { appointment, etag: null, changed: null };
  const server = await serve((seen, response) => {
    if (desk.appointment === null)
      return sendJson(response, 404, { code: 'NOT_FOUND', reason: 'no such appointment' });
    const headers: Record<string, string> = desk.etag === null ? {} : { etag: desk.etag };
    if (seen.method === 'GET') return sendJson(response, 200, desk.appointment, headers);
    const asked = seen.headers['if-match'];
    if (asked !== undefined && asked !== desk.etag) return sendJson(response, 412, {});
    desk.appointment = { ...desk.appointment, ...JSON.parse(seen.body) };
    const { status, body } = desk.changed ?? { status: 200, body: desk.appointment };
    return body === undefined ? void response.writeHead(status).end() : sendJson(response, status, body);
  });
  return { desk, server, tm: testPeers(server.origin).tm };
};

const change = (
  tm: TmDesk,
  to: Omit<AppointmentChange, 'callKey'>,
  askToSend: AskToSend = () => sendingTo(tm),
) => tm.changeAppointment('app-1', { callKey: CALL_KEY, ...to }, askToSend);

const CANCEL = { slot: SLOT, status: 'cancelled' } as const;
const verbs = ({ seen }: TestServer) => seen.map(({ method }) => method).join(' ');
const sent = ({ seen }: TestServer): unknown => JSON.parse(seen.find(({ body }) => body !== '')?.body ?? '');

describe('an appointment is changed as it was read', () => {
  test('a move sends the slot and the technician', async () => {
    const { tm, server } = await deskWith(APPOINTMENT);
    const outcome = await change(tm, { slot: LATER, technicianId: 'T-008' });
    expect(outcome).toMatchObject({ kind: 'confirmed', value: { slot: LATER } });
    expect(server.seen).toMatchObject([
      { method: 'GET', url: `${BASE}/appointment/app-1` },
      { method: 'PATCH', url: `${BASE}/appointment/app-1` },
    ]);
    expect(server.seen[1]?.headers['x-correlation-id']).toBe('ORD-000042');
    expect(validateTmf('tmf646', 'Appointment_Update', sent(server))).toEqual([]);
    expect(sent(server)).toEqual({
      validFor: period(LATER),
      relatedParty: [{ id: 'T-008', role: 'technician', '@referredType': 'Individual' }],
    });
  });

  test('a move to where it stands is sent all the same, for the technician', async () => {
    const { tm, server } = await deskWith(APPOINTMENT);
    expect(await change(tm, { slot: SLOT, technicianId: 'T-008' })).toMatchObject({ kind: 'confirmed' });
    expect(verbs(server)).toBe('GET PATCH');
  });

  test.each(['cancelled', 'completed', 'failed'] as const)('%s goes with the slot', async (status) => {
    const { tm, server } = await deskWith(APPOINTMENT);
    expect(await change(tm, { slot: SLOT, status })).toMatchObject({ kind: 'confirmed', value: { status } });
    expect(validateTmf('tmf646', 'Appointment_Update', sent(server))).toEqual([]);
    expect(sent(server)).toEqual({ validFor: period(SLOT), status });
  });

  test('what is so already is not sent again', async () => {
    const { tm, server } = await deskWith({ ...APPOINTMENT, status: 'Cancelled' });
    expect(await change(tm, CANCEL)).toMatchObject({ kind: 'confirmed', value: { status: 'cancelled' } });
    expect(verbs(server)).toBe('GET');
  });

  test('a 404 of the desk is gone; one of a proxy proves nothing', async () => {
    const { tm } = await deskWith(null);
    expect(await change(tm, CANCEL)).toEqual({ kind: 'gone' });
    const proxy = await serve((_seen, response) => response.writeHead(404).end('<html>no such page</html>'));
    expect(await change(testPeers(proxy.origin).tm, CANCEL)).toMatchObject({ kind: 'in-doubt' });
  });

  test('refused', async () => {
    const { tm, desk } = await deskWith(APPOINTMENT);
    desk.changed = { status: 400, body: { code: 'ALREADY_FINAL', reason: 'it is completed' } };
    expect(await change(tm, CANCEL)).toMatchObject({ kind: 'rejected', code: 'ALREADY_FINAL' });
  });
});

describe('nobody else has an appointment changed', () => {
  test.each([OTHERS, undefined])('the id is that of another call now: %s', async (externalId) => {
    const { tm, server } = await deskWith({ ...APPOINTMENT, externalId });
    expect(await change(tm, CANCEL)).toEqual({ kind: 'foreign', callKey: externalId ?? null });
    expect(verbs(server)).toBe('GET');
  });

  test('the id was given away between reading and change, which the ETag shows', async () => {
    const { tm, desk, server } = await deskWith(APPOINTMENT);
    desk.etag = '"v1"';
    const askToSend: AskToSend = async () => {
      if (server.seen.length === 1) {
        desk.etag = '"v2"';
        desk.appointment = { ...APPOINTMENT, externalId: OTHERS };
      }
      return sendingTo(tm);
    };
    expect(await change(tm, CANCEL, askToSend)).toEqual({ kind: 'foreign', callKey: OTHERS });
    expect(desk.appointment).toMatchObject({ status: 'confirmed' });
    expect(verbs(server)).toBe('GET PATCH GET');
  });
});

describe('an answer to the change that is no proof is followed by one more reading', () => {
  test.each<[string, Told]>([
    ['204', { status: 204 }],
    ['409', { status: 409, body: {} }],
    ['the appointment as it was', { status: 200, body: APPOINTMENT }],
    ['another appointment', { status: 200, body: { ...APPOINTMENT, id: 'app-2', status: 'cancelled' } }],
    ['another call', { status: 200, body: { ...APPOINTMENT, externalId: OTHERS, status: 'cancelled' } }],
    ['nothing', { status: 200, body: {} }],
  ])('%s', async (_name, told) => {
    const { tm, desk, server } = await deskWith(APPOINTMENT);
    desk.changed = told;
    expect(await change(tm, CANCEL)).toMatchObject({ kind: 'confirmed', value: { status: 'cancelled' } });
    expect(verbs(server)).toBe('GET PATCH GET');
    expect(await change(tm, { slot: LATER })).toMatchObject({ kind: 'confirmed', value: { slot: LATER } });
  });

  test('in doubt when that does not show it', async () => {
    const stubborn = await serve((seen, response) =>
      seen.method === 'GET' ? sendJson(response, 200, APPOINTMENT) : response.writeHead(204).end(),
    );
    expect(await change(testPeers(stubborn.origin).tm, CANCEL)).toMatchObject({ kind: 'in-doubt' });
    expect(verbs(stubborn)).toBe('GET PATCH GET');
  });

  test('the members that were changed are proof, with the id', async () => {
    const { tm, desk, server } = await deskWith(APPOINTMENT);
    desk.changed = { status: 200, body: { id: 'app-1', status: 'cancelled' } };
    expect(await change(tm, CANCEL)).toMatchObject({ kind: 'confirmed', value: { status: 'cancelled' } });
    expect(verbs(server)).toBe('GET PATCH');
  });
});
