import { describe, expect, it } from 'vitest';
import { tmContract } from '../../core/ports/contract/peers.contract.ts';
import type { CallRequest, Sending } from '../../core/ports/peers.ts';
import { memoryClock } from './memory-clock.ts';
import type { CustomerAnswer } from './memory-desk.ts';
import { faultScript } from './memory-faults.ts';
import { type MemoryTm, type MemoryTmOptions, memoryTm, type TmOperation } from './memory-tm.ts';

tmContract('the memory desk', async () => {
  const tm = memoryTm();
  return { tm, facts: async () => tm.ledger(), close: async () => expect(tm.outstanding()).toBe(0) };
});

const SLOT = { start: '2026-11-25T01:00:00.000Z', end: '2026-11-25T02:00:00.000Z' };
const OTHER = { start: '2026-11-25T04:00:00.000Z', end: '2026-11-25T05:00:00.000Z' };
const REQUEST: CallRequest = {
  orderId: 'ORD-000001',
  callKey: 'ORD-000001/call#1',
  via: 'desk',
  slot: SLOT,
  technicianId: 'T-1',
  phone: '010-1234-5678',
};

const sending = async (tm: MemoryTm): Promise<Sending> => {
  const admission = await tm.admit();
  if (!admission.admitted) throw new Error(admission.cause.code);
  return { permit: admission.permit, deadlineMs: 5_000 };
};

const scripted = (options: MemoryTmOptions = {}) => {
  const clock = memoryClock();
  const faults = faultScript<TmOperation | 'admit'>();
  const tm = memoryTm({ clock, nextFault: faults.nextFault, ...options });
  const call = async (changes: Partial<CallRequest> = {}) =>
    await tm.call({ ...REQUEST, ...changes }, await sending(tm));
  const find = async () => await tm.findCall(REQUEST.callKey, await sending(tm));
  return { clock, faults, tm, call, find };
};

const CANCEL = { callKey: REQUEST.callKey, slot: SLOT, status: 'cancelled' } as const;

describe('customers of the memory desk', () => {
  it.each<[CustomerAnswer, object]>([
    [{ outcome: 'AGREED' }, { status: 'confirmed', slot: SLOT, answer: null }],
    [
      { outcome: 'AGREED', slot: OTHER },
      { status: 'confirmed', slot: OTHER, answer: null },
    ],
    [{ outcome: 'NO_ANSWER' }, { status: 'failed', answer: { outcome: 'NO_ANSWER', callbackAt: null } }],
    [{ outcome: 'BUSY' }, { status: 'failed', answer: { outcome: 'BUSY', callbackAt: null } }],
    [{ outcome: 'REFUSED' }, { status: 'failed', answer: { outcome: 'REFUSED', callbackAt: null } }],
    [
      { outcome: 'CALLBACK', at: OTHER.start },
      { status: 'failed', answer: { outcome: 'CALLBACK', callbackAt: OTHER.start } },
    ],
  ])('say %o', async (said, value) => {
    const { call, find, tm } = scripted({ answer: () => said });
    expect(await call()).toMatchObject({ kind: 'confirmed', value });
    expect(await find()).toMatchObject({ kind: 'found', value });
    expect(tm.ledger().calls).toMatchObject([{ callKey: REQUEST.callKey, count: 1, outcome: said.outcome }]);
  });

  it('may say another thing on the next call', async () => {
    const { call } = scripted({ answer: (_request, ring) => ({ outcome: ring < 3 ? 'BUSY' : 'AGREED' }) });
    const statuses: string[] = [];
    for (const callKey of ['a', 'b', 'b', 'c']) {
      const outcome = await call({ callKey });
      if (outcome.kind === 'confirmed') statuses.push(outcome.value.status);
    }
    expect(statuses).toEqual(['failed', 'failed', 'failed', 'confirmed']);
  });

  it('take their time: the call goes on until they have answered', async () => {
    const { clock, call, find, tm } = scripted({
      answer: () => ({ outcome: 'AGREED', slot: OTHER, afterMs: 30_000 }),
    });
    expect(await call()).toMatchObject({ kind: 'confirmed', value: { status: 'initialized', slot: SLOT } });
    await clock.advance(29_999);
    expect(await find()).toMatchObject({ value: { status: 'initialized' } });
    expect(tm.ledger().calls[0]?.outcome).toBeNull();
    await clock.advance(1);
    expect(await find()).toMatchObject({ value: { status: 'confirmed', slot: OTHER } });
    expect(tm.ledger().calls).toHaveLength(1);
  });

  it('are not asked when they have agreed already', async () => {
    const { call, tm } = scripted({ answer: () => ({ outcome: 'REFUSED' }) });
    expect(await call({ via: 'agreed' })).toMatchObject({
      kind: 'confirmed',
      value: { status: 'confirmed' },
    });
    expect(tm.ledger().calls).toEqual([]);
    expect(tm.ledger().effects.map(({ effect }) => effect)).toEqual(['book']);
  });

  it('a call that was cancelled while it went on stays cancelled', async () => {
    const { clock, call, tm, find } = scripted({ answer: () => ({ outcome: 'AGREED', afterMs: 1_000 }) });
    await call();
    await tm.changeAppointment('APT-000001', CANCEL, () => sending(tm));
    await clock.advance(2_000);
    expect(await find()).toMatchObject({ kind: 'found', value: { status: 'cancelled' } });
  });
});

describe('faults of the memory desk', () => {
  it('a call whose answer is lost has rung, and is found', async () => {
    const { faults, call, find, tm } = scripted();
    faults.add('call', { fault: 'lost-after' });
    expect((await call()).kind).toBe('in-doubt');
    expect(await find()).toMatchObject({ kind: 'found', value: { status: 'confirmed' } });
    await call();
    expect(tm.ledger().calls).toMatchObject([{ count: 1 }]);
  });

  it('a call that comes late rings late', async () => {
    const { clock, faults, call, find, tm } = scripted();
    faults.add('call', { fault: 'late-after', ms: 4_000 });
    expect((await call()).kind).toBe('in-doubt');
    expect(await find()).toEqual({ kind: 'absent' });
    expect(tm.ledger().calls).toEqual([]);
    await clock.advance(4_000);
    expect(tm.ledger().calls).toMatchObject([
      { count: 1, outcome: 'AGREED', at: '2026-11-24T05:00:04.000Z' },
    ]);
  });

  it('without idempotency the phone rings again', async () => {
    const { call, find, tm } = scripted({ idempotent: false });
    await call();
    await call();
    expect(tm.ledger().calls).toMatchObject([{ count: 2 }]);
    expect((await find()).kind).toBe('ambiguous');
  });

  it('a desk that cannot look up says so', async () => {
    const { call, find } = scripted({ lookup: false });
    await call();
    expect((await find()).kind).toBe('unsupported');
  });

  it.each(['search', 'read', 'change'] as const)('%s may go wrong too', async (operation) => {
    const { faults, call, tm } = scripted();
    await call();
    faults.add(operation, { fault: 'lost-before' });
    const asked = {
      search: async () =>
        await tm.searchSlots({ orderId: 'ORD-000001', from: SLOT.start, to: SLOT.end }, await sending(tm)),
      read: async () => await tm.readAppointment('APT-000001', await sending(tm)),
      change: async () => await tm.changeAppointment('APT-000001', CANCEL, () => sending(tm)),
    };
    expect((await asked[operation]()).kind).toBe(operation === 'read' ? 'unknown' : 'in-doubt');
    expect(tm.ledger().appointments).toMatchObject([{ status: 'confirmed' }]);
  });

  it('offers half-hours of the day in Seoul, within what is asked', async () => {
    const { tm } = scripted();
    const slots = async (from: string, to: string) => {
      const outcome = await tm.searchSlots({ orderId: 'ORD-000001', from, to }, await sending(tm));
      return outcome.kind === 'confirmed' ? outcome.value.slots.map(({ start }) => start.slice(5, 16)) : [];
    };
    expect(await slots('2026-11-25T07:40:00.000Z', '2026-11-26T01:10:00.000Z')).toEqual([
      '11-25T08:00',
      '11-25T08:30',
      '11-26T00:00',
      '11-26T00:30',
    ]);
    expect(await slots('2026-11-24T15:00:00.000Z', '2026-11-25T15:00:00.000Z')).toHaveLength(18);
    expect(await slots('2026-11-25T09:00:00.000Z', '2026-11-25T23:00:00.000Z')).toEqual([]);
  });

  it('shows the last four digits of a phone number at most', async () => {
    const { call, tm } = scripted();
    await call();
    expect(JSON.stringify(tm.ledger())).not.toContain('1234');
    expect(tm.ledger().appointments[0]?.phoneLast4).toBe('5678');
  });
});
