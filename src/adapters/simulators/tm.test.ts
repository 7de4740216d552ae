import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { validateTmf } from '../../../test/tmf-validator.ts';
import {
  appointmentCreate,
  CALL_KEY,
  effectsOf,
  OFFERED,
  send,
  type TestWorld,
  testWorld,
} from '../../testing/simulators/test-world.ts';
import type { AnswerMix } from './answers.ts';

let world: TestWorld;
beforeEach(() => {
  world = testWorld();
});
afterEach(() => world.end());

const startTm = async (options: Parameters<TestWorld['start']>[0] = {}) => {
  const { tm } = await world.start({ which: 'tm', ...options });
  if (tm === null) throw new Error('no desk was started');
  return tm;
};

const call = (url: string, key = CALL_KEY, category: 'outbound-call' | 'agreed' = 'outbound-call') =>
  send('POST', `${url}/appointment`, appointmentCreate(key, category));

const lookUp = (url: string, key = CALL_KEY) =>
  send('GET', `${url}/appointment?externalId=${encodeURIComponent(key)}`);

const search = (url: string, startDateTime: string, endDateTime: string) =>
  send('POST', `${url}/searchTimeSlot`, {
    requestedTimeSlot: [{ validFor: { startDateTime, endDateTime } }],
    relatedEntity: [{ id: 'ORD-000001', role: 'serviceOrder', '@referredType': 'ServiceOrder' }],
  });

describe('the simulated desk: arrival windows', () => {
  const WINDOW = { startDateTime: OFFERED.startDateTime, endDateTime: '2026-11-25T07:00:00.000Z' };
  const told = (url: string, arrivalWindow: unknown) =>
    send('POST', `${url}/appointment`, { ...appointmentCreate(CALL_KEY), arrivalWindow });

  it('has the window that was told, as long as the time stands', async () => {
    const tm = await startTm();
    const { json } = await told(tm.url, WINDOW);
    expect(json).toMatchObject({ status: 'confirmed', arrivalWindow: WINDOW });
    const read = await lookUp(tm.url);
    expect(read.json).toMatchObject([{ arrivalWindow: WINDOW }]);
    const path = `${tm.url}/appointment/${String(json.id)}`;
    const same = await send('PATCH', path, {
      validFor: OFFERED,
      relatedParty: [{ id: 'T-02', role: 'technician' }],
    });
    expect(same.json).toMatchObject({ arrivalWindow: WINDOW });
    const validFor = { startDateTime: '2026-11-26T05:00:00.000Z', endDateTime: '2026-11-26T06:00:00.000Z' };
    const moved = await send('PATCH', path, { validFor });
    expect(moved.json).not.toHaveProperty('arrivalWindow');
  });

  it('has none where none was told, and refuses what is none', async () => {
    const tm = await startTm();
    for (const wrong of [
      null,
      'soon',
      { startDateTime: WINDOW.endDateTime, endDateTime: WINDOW.startDateTime },
    ]) {
      expect((await told(tm.url, wrong)).status).toBe(400);
    }
    expect((await call(tm.url)).json).not.toHaveProperty('arrivalWindow');
  });

  it('forgets it when the customer names another time', async () => {
    const tm = await startTm({ answers: { 'other-slot': 1 } as AnswerMix });
    const { json } = await told(tm.url, WINDOW);
    expect(json).toMatchObject({ status: 'confirmed' });
    expect(json).not.toHaveProperty('arrivalWindow');
  });
});

describe('the simulated desk: slots', () => {
  it('offers every half hour from 09:00 to 20:00 of the local day', async () => {
    const tm = await startTm();
    const found = await search(tm.url, '2026-11-23T15:00:00.000Z', '2026-11-24T15:00:00.000Z');
    expect(found.status).toBe(201);
    expect(validateTmf('tmf646', 'SearchTimeSlot', found.json)).toEqual([]);
    const slots = found.json.availableTimeSlot;
    expect(slots).toHaveLength(22);
    // 09:00 in Seoul is 00:00 UTC.
    expect(slots[0]?.validFor).toEqual({
      startDateTime: '2026-11-24T00:00:00.000Z',
      endDateTime: '2026-11-24T00:30:00.000Z',
    });
    expect(slots.at(-1)?.validFor.endDateTime).toBe('2026-11-24T11:00:00.000Z');
    expect(found.json.relatedEntity).toMatchObject([{ id: 'ORD-000001' }]);
  });

  it('offers only slots that lie inside what was asked', async () => {
    const tm = await startTm();
    const found = await search(tm.url, '2026-11-24T02:10:00.000Z', '2026-11-24T03:40:00.000Z');
    const starts = found.json.availableTimeSlot.map(({ validFor }) => validFor.startDateTime);
    expect(starts).toEqual(['2026-11-24T02:30:00.000Z', '2026-11-24T03:00:00.000Z']);
  });

  it('may be asked again, and has no effect', async () => {
    const tm = await startTm();
    const first = await search(tm.url, '2026-11-24T00:00:00.000Z', '2026-11-25T00:00:00.000Z');
    const second = await search(tm.url, '2026-11-24T00:00:00.000Z', '2026-11-25T00:00:00.000Z');
    expect(second.json.availableTimeSlot).toEqual(first.json.availableTimeSlot);
    expect(second.json.id).not.toBe(first.json.id);
    expect(world.ledger().effects).toEqual([]);
  });

  it('refuses a search without a span', async () => {
    const tm = await startTm();
    expect((await send('POST', `${tm.url}/searchTimeSlot`, {})).status).toBe(400);
    expect((await search(tm.url, '2026-11-24T00:00:00.000Z', '2026-11-23T00:00:00.000Z')).status).toBe(400);
    expect((await search(tm.url, 'tomorrow', 'later')).status).toBe(400);
  });
});

describe('the simulated desk: calls', () => {
  it('phones the customer, who agrees', async () => {
    const tm = await startTm();
    const called = await call(tm.url);
    expect(called.status).toBe(201);
    expect(validateTmf('tmf646', 'Appointment', called.json)).toEqual([]);
    expect(called.json).toMatchObject({
      id: 'APT-000001',
      externalId: CALL_KEY,
      status: 'confirmed',
      validFor: OFFERED,
      relatedParty: [{ id: 'T-01', role: 'technician', '@referredType': 'Individual' }],
    });
    expect(world.ledger().calls).toEqual([
      { callKey: CALL_KEY, count: 1, outcome: 'AGREED', at: '2026-11-23T01:00:00.000Z' },
    ]);
    expect(effectsOf(world.ledger(), CALL_KEY)).toEqual(['call', 'book']);
  });

  it('never phones twice for one call key', async () => {
    const tm = await startTm();
    const first = await call(tm.url);
    const second = await call(tm.url);
    expect(second.status).toBe(201);
    expect(second.json).toEqual(first.json);
    expect(world.ledger().calls).toMatchObject([{ callKey: CALL_KEY, count: 1 }]);
  });

  it('keeps of the phone number the last four digits', async () => {
    const tm = await startTm({ callMs: 1_000 });
    await call(tm.url);
    expect(world.ledger().appointments[0]?.phoneLast4).toBe('5678');
    expect(JSON.stringify(world.ledger())).not.toContain('1234');
  });

  it('books without a call when the customer has agreed already', async () => {
    const tm = await startTm({ answers: { refused: 1 } });
    const booked = await call(tm.url, CALL_KEY, 'agreed');
    expect(booked.json).toMatchObject({ status: 'confirmed', validFor: OFFERED });
    expect(world.ledger().calls).toEqual([]);
    expect(effectsOf(world.ledger(), CALL_KEY)).toEqual(['book']);
  });

  it.each<[AnswerMix, string, RegExp]>([
    [{ 'no-answer': 1 }, 'NO_ANSWER', /^NO_ANSWER$/],
    [{ busy: 1 }, 'BUSY', /^BUSY$/],
    [{ callback: 1 }, 'CALLBACK', /^CALLBACK 2026-11-23T03:00:00\.000Z$/],
    [{ refused: 1 }, 'REFUSED', /^REFUSED$/],
    [{ 'wrong-number': 1 }, 'WRONG_NUMBER', /^WRONG_NUMBER$/],
  ])('notes what the customer said: %o', async (answers, outcome, note) => {
    const tm = await startTm({ answers });
    const called = await call(tm.url);
    expect(called.json.status).toBe('failed');
    expect(called.json.note[0]?.text).toMatch(note);
    expect(validateTmf('tmf646', 'Appointment', called.json)).toEqual([]);
    expect(world.ledger().calls).toMatchObject([{ outcome, count: 1 }]);
    expect(effectsOf(world.ledger(), CALL_KEY)).toEqual(['call']);
  });

  it('lets a customer agree to another slot of the same length, within the day of the desk', async () => {
    const tm = await startTm({ answers: { 'other-slot': 1 } });
    for (let n = 1; n <= 10; n++) {
      const { json } = await call(tm.url, `ORD-00000${n}/call#1`);
      const start = Date.parse(json.validFor.startDateTime);
      expect(json.status).toBe('confirmed');
      expect(start).toBeGreaterThan(Date.parse(OFFERED.startDateTime));
      expect(Date.parse(json.validFor.endDateTime) - start).toBe(60 * 60_000);
      expect(new Date(start).getUTCHours()).toBeLessThanOrEqual(10);
    }
  });

  it('answers by seed and call key, not by order or time', async () => {
    const answers: AnswerMix = { agreed: 1, 'no-answer': 1, busy: 1, refused: 1, callback: 1 };
    const keys = Array.from({ length: 30 }, (_, n) => `ORD-0000${n}/call#1`);
    const ask = async (seed: number, order: readonly string[]) => {
      const other = testWorld();
      const { tm } = await other.start({ which: 'tm', answers, seed });
      for (const key of order) await call(tm?.url ?? '', key);
      const outcomes = new Map(other.ledger().calls.map(({ callKey, outcome }) => [callKey, outcome]));
      await other.end();
      return keys.map((key) => outcomes.get(key));
    };
    const first = await ask(7, keys);
    expect(new Set(first).size).toBe(5);
    expect(await ask(7, keys.toReversed())).toEqual(first);
    expect(await ask(8, keys)).not.toEqual(first);
  });

  it('is still calling until the call is over', async () => {
    const tm = await startTm({ callMs: 60_000 });
    expect((await call(tm.url)).json.status).toBe('initialized');
    expect(world.ledger().calls).toMatchObject([{ count: 1, outcome: null }]);
    expect((await lookUp(tm.url)).json).toMatchObject([{ status: 'initialized' }]);
    world.clock.advance(59_999);
    expect((await lookUp(tm.url)).json).toMatchObject([{ status: 'initialized' }]);
    world.clock.advance(1);
    expect((await lookUp(tm.url)).json).toMatchObject([{ status: 'confirmed' }]);
    expect(world.ledger().calls).toMatchObject([{ count: 1, outcome: 'AGREED' }]);
  });

  it('hears the answer although the desk was restarted during the call', async () => {
    const before = await world.start({ which: 'tm', callMs: 60_000 });
    await call(before.tm?.url ?? '');
    await before.close();
    expect(world.ledger().pending.count).toBe(1);
    world.clock.advance(60_000);
    await startTm({ callMs: 60_000 });
    expect(world.ledger().appointments).toMatchObject([{ status: 'confirmed' }]);
    expect(world.ledger().pending).toEqual({ count: 0, nextDueAt: null });
  });

  it('gives up the answer of an appointment that was cancelled during the call', async () => {
    const tm = await startTm({ callMs: 60_000 });
    await call(tm.url);
    await send('PATCH', `${tm.url}/appointment/APT-000001`, { validFor: OFFERED, status: 'cancelled' });
    world.clock.advance(60_000);
    expect((await lookUp(tm.url)).json).toMatchObject([{ status: 'cancelled' }]);
    expect(effectsOf(world.ledger(), CALL_KEY)).toEqual(['call', 'cancel']);
  });

  it.each([
    ['no externalId', { externalId: undefined }],
    ['no category', { category: undefined }],
    ['another category', { category: 'visit' }],
    ['no slot', { validFor: undefined }],
    ['a slot that ends before it starts', { validFor: { ...OFFERED, endDateTime: OFFERED.startDateTime } }],
    ['a time without a zone', { validFor: { ...OFFERED, startDateTime: '2026-11-24T05:00:00' } }],
    ['no phone number', { contactMedium: [] }],
  ])('refuses a call with %s', async (_name, change) => {
    const tm = await startTm();
    const refused = await send('POST', `${tm.url}/appointment`, {
      ...appointmentCreate(CALL_KEY),
      ...change,
    });
    expect(refused.status).toBe(400);
    expect(validateTmf('tmf646', 'Error', refused.json)).toEqual([]);
    expect(world.ledger().calls).toEqual([]);
  });
});

describe('the simulated desk: appointments', () => {
  const LATER = { startDateTime: '2026-11-25T05:00:00.000Z', endDateTime: '2026-11-25T06:00:00.000Z' };

  it('is found by call key and by id, and exactly nothing otherwise', async () => {
    const tm = await startTm();
    expect((await lookUp(tm.url)).json).toEqual([]);
    const called = await call(tm.url);
    expect((await lookUp(tm.url)).json).toEqual([called.json]);
    expect((await send('GET', `${tm.url}/appointment/APT-000001`)).json).toEqual(called.json);
    expect((await send('GET', `${tm.url}/appointment/APT-000002`)).status).toBe(404);
  });

  it('moves to another slot and another technician', async () => {
    const tm = await startTm();
    await call(tm.url);
    const moved = await send('PATCH', `${tm.url}/appointment/APT-000001`, {
      validFor: LATER,
      relatedParty: [{ id: 'T-02', role: 'technician', '@referredType': 'Individual' }],
    });
    expect(moved.status).toBe(200);
    expect(moved.json).toMatchObject({
      status: 'confirmed',
      validFor: LATER,
      relatedParty: [{ id: 'T-02' }],
    });
    expect(effectsOf(world.ledger(), CALL_KEY)).toEqual(['call', 'book', 'move']);
  });

  it('changes nothing that is no longer as its ETag says', async () => {
    const tm = await startTm();
    await call(tm.url);
    const url = `${tm.url}/appointment/APT-000001`;
    const etag = (await send('GET', url)).headers.get('etag') ?? '';
    const cancel = { validFor: OFFERED, status: 'cancelled' };
    expect((await send('PATCH', url, cancel, { 'if-match': '"another"' })).status).toBe(412);
    expect((await send('PATCH', url, cancel, { 'if-match': etag })).status).toBe(200);
    expect((await send('GET', url)).headers.get('etag')).not.toBe(etag);
  });

  it.each(['cancelled', 'completed', 'failed'])('ends as %s, once', async (status) => {
    const tm = await startTm();
    await call(tm.url);
    const url = `${tm.url}/appointment/APT-000001`;
    expect((await send('PATCH', url, { validFor: OFFERED, status })).json.status).toBe(status);
    expect((await send('PATCH', url, { validFor: OFFERED, status })).status).toBe(200);
    const other = await send('PATCH', url, { validFor: LATER, status: 'confirmed' });
    expect(other.status).toBe(400);
    expect(other.json.code).toBe('ALREADY_FINAL');
    expect(world.ledger().effects).toHaveLength(3);
    expect(world.ledger().appointments).toMatchObject([{ status }]);
  });

  it('requires validFor in every change', async () => {
    const tm = await startTm();
    await call(tm.url);
    const refused = await send('PATCH', `${tm.url}/appointment/APT-000001`, { status: 'cancelled' });
    expect(refused.status).toBe(400);
    expect(world.ledger().appointments).toMatchObject([{ status: 'confirmed' }]);
  });

  it('refuses a status that is none, and going back', async () => {
    const tm = await startTm();
    await call(tm.url);
    const url = `${tm.url}/appointment/APT-000001`;
    for (const status of ['done', 'initialized', 'toString']) {
      expect((await send('PATCH', url, { validFor: OFFERED, status })).status).toBe(400);
    }
  });
});
