import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { neededServices, planService } from '../../activation/catalogue.ts';
import type { CreateService } from '../../activation/request.ts';
import type { Outcome } from '../../peers/outcome.ts';
import type {
  AppointmentChange,
  CallRequest,
  ListPage,
  NeService,
  NetworkElement,
  PageAsked,
  Sending,
  TmDesk,
} from '../peers.ts';

/** What the NE itself says has happened; more fields do no harm. */
export type NeFacts = {
  readonly services: readonly { readonly key: string; readonly neId: string; readonly state: string }[];
  /** `create` and `terminate`. */
  readonly effects: readonly { readonly key: string; readonly effect: string }[];
};

/** What the desk itself says has happened. */
export type TmFacts = {
  readonly appointments: readonly {
    readonly appointmentId: string;
    readonly callKey: string;
    readonly status: string;
  }[];
  /** How often the phone rang for a call key. */
  readonly calls: readonly { readonly callKey: string; readonly count: number }[];
};

/** A healthy NE of its own, empty, that answers at once. */
export type MakeNe = () => Promise<{
  readonly ne: NetworkElement;
  readonly facts: () => Promise<NeFacts>;
  readonly close: () => Promise<void>;
}>;

/** A healthy desk of its own, empty, whose customers agree to what is offered at once. */
export type MakeTm = () => Promise<{
  readonly tm: TmDesk;
  readonly facts: () => Promise<TmFacts>;
  readonly close: () => Promise<void>;
}>;

/** One peer for each test of the enclosing describe. */
const usePeer = <P extends { readonly close: () => Promise<void> }>(make: () => Promise<P>): (() => P) => {
  let peer: P | undefined;
  beforeEach(async () => {
    peer = await make();
  });
  afterEach(async () => {
    await peer?.close();
    peer = undefined;
  });
  return () => {
    if (peer === undefined) throw new Error('there is no peer');
    return peer;
  };
};

const admitted = async (peer: Pick<NetworkElement, 'admit'>): Promise<Sending> => {
  const admission = await peer.admit();
  if (!admission.admitted) throw new Error(admission.cause.code);
  return { permit: admission.permit, deadlineMs: 30_000 };
};

const ORDER = 'ORD-000042';

/** Requests for all services of one Internet and one TV line, in dependency order. */
const requests = (orderId = ORDER): readonly CreateService[] =>
  neededServices({ internet: 1, tv: 1 }).map((needed) => {
    const service = planService(orderId, needed, 1, 'Mapo');
    return { orderId, service, idempotencyKey: service.key };
  });

const requestOf = (service: string, orderId = ORDER): CreateService => {
  const request = requests(orderId).find((each) => each.service.service === service);
  if (request === undefined) throw new Error(`no ${service}`);
  return request;
};

const ACCESS = requestOf('access.gpon#1');
const INTERNET = requestOf('internet.hsi#1');

const FIRST_PAGE: PageAsked = { offset: 0, limit: 3, next: null };
const EMPTY_PAGE = { items: [], ids: [], count: 0, next: null, doubt: null };

/** What a list shows, three at a time, until a page is empty. */
const listed = async <T, N>(
  ask: (page: PageAsked) => Promise<Outcome<ListPage<T>>>,
  nameOf: (item: T) => N,
): Promise<readonly N[]> => {
  const seen: N[] = [];
  for (let offset = 0; ; offset += FIRST_PAGE.limit) {
    const page = await ask({ ...FIRST_PAGE, offset });
    if (page.kind !== 'confirmed') throw new Error(`list: ${JSON.stringify(page)}`);
    const { items, ids, count } = page.value;
    expect([items.length, ids.length]).toEqual([count, count]);
    expect(count).toBeLessThanOrEqual(FIRST_PAGE.limit);
    if (count === 0) return seen;
    seen.push(...items.map(nameOf));
  }
};

/** What every adapter of `NetworkElement` must do with a healthy NE. */
export const neContract = (name: string, make: MakeNe): void => {
  describe(`${name} keeps the contract of a Network Element`, () => {
    const peer = usePeer(make);
    const send = async <T>(request: (ne: NetworkElement, sending: Sending) => Promise<T>): Promise<T> =>
      await request(peer().ne, await admitted(peer().ne));
    const create = async (request: CreateService): Promise<NeService> => {
      const outcome = await send((ne, sending) => ne.create(request, sending));
      if (outcome.kind !== 'confirmed') throw new Error(`create: ${JSON.stringify(outcome)}`);
      return outcome.value;
    };
    const find = (key: string) => send((ne, sending) => ne.find(key, sending));
    const revert = ({ neId, key }: NeService) =>
      peer().ne.revert(neId, { key, names: [key] }, () => admitted(peer().ne));
    const effects = async (key: string) =>
      (await peer().facts()).effects.filter((each) => each.key === key).map(({ effect }) => effect);

    it('has an identity', () => {
      expect(peer().ne.identity).toMatch(/^ne:/);
    });

    it('switches a service on, and says what it is', async () => {
      const access = await create(ACCESS);
      expect(access).toMatchObject({ key: ACCESS.service.key, state: 'active' });
      expect(access.neId).not.toBe('');
      expect(access.equipmentId).toMatch(/\S/);
      const internet = await create(INTERNET);
      expect(internet.neId).not.toBe(access.neId);
      expect(internet.equipmentId).toBeUndefined();
      expect(await effects(ACCESS.service.key)).toEqual(['create']);
    });

    it('sends nothing for one who was stopped on the way, for longer than the request may take', async () => {
      const sending = await admitted(peer().ne);
      const outcome = await peer().ne.create(ACCESS, { ...sending, since: -2 * sending.deadlineMs });
      expect(outcome).toMatchObject({ kind: 'not-sent' });
      expect(await effects(ACCESS.service.key)).toEqual([]);
    });

    it('keeps the characteristics that were sent', async () => {
      await create(INTERNET);
      const found = await find(INTERNET.service.key);
      expect(found).toMatchObject({
        kind: 'found',
        value: {
          characteristics: Object.fromEntries(
            INTERNET.service.characteristics.map(({ name: field, value }) => [field, value]),
          ),
        },
      });
    });

    it('the same create twice has one effect and the same answer', async () => {
      const first = await create(ACCESS);
      const second = await create(ACCESS);
      expect(second).toEqual(first);
      expect(await effects(ACCESS.service.key)).toEqual(['create']);
    });

    it('creates at the same time have one effect a key', async () => {
      const answers = await Promise.all([ACCESS, INTERNET, ACCESS, INTERNET, ACCESS].map(create));
      expect(new Set(answers.map(({ neId }) => neId)).size).toBe(2);
      for (const request of [ACCESS, INTERNET])
        expect(await effects(request.service.key)).toEqual(['create']);
    });

    it('finds by key what it has, and knows what it has not', async () => {
      expect(await find(ACCESS.service.key)).toEqual({ kind: 'absent' });
      const access = await create(ACCESS);
      expect(await find(ACCESS.service.key)).toEqual({ kind: 'found', value: access });
      expect(await find(INTERNET.service.key)).toEqual({ kind: 'absent' });
      expect(await find('ORD-000042/access.gpon#1')).toEqual({ kind: 'absent' });
      expect(await find('ORD-000042/access.gpon#1/11')).toEqual({ kind: 'absent' });
    });

    it('reads by its own id', async () => {
      const access = await create(ACCESS);
      const read = (neId: string) => send((ne, sending) => ne.read(neId, sending));
      expect(await read(access.neId)).toEqual({ kind: 'found', value: access });
      expect(await read('NE-999999')).toEqual({ kind: 'absent' });
    });

    it('a revert switches off once, however often it is sent', async () => {
      const access = await create(ACCESS);
      for (let times = 0; times < 2; times += 1) {
        const outcome = await revert(access);
        expect(['confirmed', 'gone']).toContain(outcome.kind);
        if (outcome.kind === 'confirmed') expect(outcome.value.state).toBe('terminated');
      }
      expect(await effects(ACCESS.service.key)).toEqual(['create', 'terminate']);
      expect(['terminated', 'absent']).toContain((await find(ACCESS.service.key)).kind);
    });

    it('switches nobody else off', async () => {
      const access = await create(ACCESS);
      const outcome = await revert({ ...access, key: 'ORD-000077/access.gpon#1/1' });
      expect(outcome).toEqual({ kind: 'foreign', name: ACCESS.service.key });
      expect(await effects(ACCESS.service.key)).toEqual(['create']);
      const names = ['ORD-000077/access.gpon#1/1', ACCESS.service.key];
      const ours = { key: 'ORD-000077/access.gpon#1/1', names };
      const known = await peer().ne.revert(access.neId, ours, () => admitted(peer().ne));
      expect(['confirmed', 'gone']).toContain(known.kind);
      expect(await effects(ACCESS.service.key)).toEqual(['create', 'terminate']);
    });

    it('a revert of what it does not know is gone', async () => {
      const outcome = await revert({ neId: 'NE-999999', key: ACCESS.service.key, state: 'active' });
      expect(outcome).toEqual({ kind: 'gone' });
    });

    it('an old key does not switch a reverted service on again; the next generation does', async () => {
      await revert(await create(ACCESS));
      const again = await send((ne, sending) => ne.create(ACCESS, sending));
      if (again.kind === 'confirmed') expect(again.value.state).not.toBe('active');
      expect(await effects(ACCESS.service.key)).toEqual(['create', 'terminate']);
      const key = `${ORDER}/access.gpon#1/2`;
      const next = { ...ACCESS, service: { ...ACCESS.service, key, generation: 2 }, idempotencyKey: key };
      expect(await create(next)).toMatchObject({ key, state: 'active' });
      expect(await find(key)).toMatchObject({ kind: 'found' });
    });

    it('pages through what is active, each once', async () => {
      const all = [...requests('ORD-000001'), ...requests('ORD-000002')];
      for (const request of all) await create(request);
      await revert(await create(requestOf('tv.stb#1', 'ORD-000001')));
      const seen = await listed(
        (page) => send((ne, sending) => ne.inventory(page, sending)),
        ({ key }) => key,
      );
      const active = all.map(({ service }) => service.key).filter((key) => key !== 'ORD-000001/tv.stb#1/1');
      expect([...seen].sort()).toEqual([...active].sort());
    });

    it('an empty inventory is one empty page', async () => {
      const page = await send((ne, sending) => ne.inventory(FIRST_PAGE, sending));
      expect(page).toMatchObject({ kind: 'confirmed', value: EMPTY_PAGE });
    });

    it('a permit that is not used can be given back, and again', async () => {
      const { permit } = await admitted(peer().ne);
      permit.release();
      permit.release();
      await create(ACCESS);
    });
  });
};

const SLOT = { start: '2026-11-25T01:00:00.000Z', end: '2026-11-25T02:00:00.000Z' };
const LATER = { start: '2026-11-26T04:00:00.000Z', end: '2026-11-26T05:00:00.000Z' };

const call = (changes: Partial<CallRequest> = {}): CallRequest => ({
  orderId: ORDER,
  callKey: `${ORDER}/call#1`,
  via: 'desk',
  slot: SLOT,
  technicianId: 'T-1',
  phone: '010-1234-5678',
  ...changes,
});

/** What every adapter of `TmDesk` must do with a healthy desk. */
export const tmContract = (name: string, make: MakeTm): void => {
  describe(`${name} keeps the contract of a TM desk`, () => {
    const peer = usePeer(make);
    const send = async <T>(request: (tm: TmDesk, sending: Sending) => Promise<T>): Promise<T> =>
      await request(peer().tm, await admitted(peer().tm));
    const placeCall = async (request: CallRequest) => {
      const outcome = await send((tm, sending) => tm.call(request, sending));
      if (outcome.kind !== 'confirmed') throw new Error(`call: ${JSON.stringify(outcome)}`);
      return outcome.value;
    };
    const read = (appointmentId: string) => send((tm, sending) => tm.readAppointment(appointmentId, sending));
    const change = (
      appointmentId: string,
      { callKey = call().callKey, ...to }: Omit<AppointmentChange, 'callKey'> & { readonly callKey?: string },
    ) => peer().tm.changeAppointment(appointmentId, { callKey, ...to }, () => admitted(peer().tm));
    const rings = async (callKey: string) =>
      (await peer().facts()).calls.find((each) => each.callKey === callKey)?.count ?? 0;

    it('has an identity', () => {
      expect(peer().tm.identity).toMatch(/^tm:/);
    });

    it('offers slots within the days asked, in order, and may be asked again', async () => {
      const search = { orderId: ORDER, from: '2026-11-24T15:00:00.000Z', to: '2026-11-26T15:00:00.000Z' };
      for (let times = 0; times < 2; times += 1) {
        const outcome = await send((tm, sending) => tm.searchSlots(search, sending));
        if (outcome.kind !== 'confirmed') throw new Error(`search: ${JSON.stringify(outcome)}`);
        const { taskId, slots } = outcome.value;
        expect(taskId).not.toBe('');
        expect(slots.length).toBeGreaterThan(10);
        for (const { start, end } of slots) {
          expect(new Date(start).toISOString()).toBe(start);
          expect(start < end && start >= search.from && end <= search.to).toBe(true);
        }
        const starts = slots.map(({ start }) => start);
        expect([...starts].sort()).toEqual(starts);
        expect(starts[0]).toBe('2026-11-25T00:00:00.000Z');
        expect(starts).toContain('2026-11-26T08:30:00.000Z');
      }
      expect((await peer().facts()).appointments).toEqual([]);
    });

    it('phones the customer, who agrees', async () => {
      const appointment = await placeCall(call());
      expect(appointment).toMatchObject({
        callKey: call().callKey,
        status: 'confirmed',
        slot: SLOT,
        answer: null,
      });
      expect(await rings(call().callKey)).toBe(1);
    });

    it('phones once for one call key, and gives the same answer', async () => {
      const first = await placeCall(call());
      expect(await placeCall(call())).toEqual(first);
      const answers = await Promise.all([call(), call(), call()].map(placeCall));
      expect(answers).toEqual([first, first, first]);
      expect(await rings(call().callKey)).toBe(1);
      expect((await peer().facts()).appointments).toHaveLength(1);
    });

    it('books without phoning when the customer has agreed already', async () => {
      const appointment = await placeCall(call({ via: 'agreed', slot: LATER }));
      expect(appointment).toMatchObject({ status: 'confirmed', slot: LATER });
      expect(await rings(call().callKey)).toBe(0);
    });

    it('finds a call by its key, and knows what it was never asked', async () => {
      const find = (callKey: string) => send((tm, sending) => tm.findCall(callKey, sending));
      expect(await find(call().callKey)).toEqual({ kind: 'absent' });
      const appointment = await placeCall(call());
      expect(await find(call().callKey)).toEqual({ kind: 'found', value: appointment });
      expect(await find(`${ORDER}/call#11`)).toEqual({ kind: 'absent' });
    });

    it('lists what it keeps, by status and page by page', async () => {
      for (let number = 1; number <= 5; number += 1) {
        await placeCall(call({ callKey: `${ORDER}/call#${number}` }));
      }
      const { appointmentId } = await placeCall(call({ callKey: `${ORDER}/call#3` }));
      await change(appointmentId, { callKey: `${ORDER}/call#3`, slot: SLOT, status: 'cancelled' });
      const seen = await listed(
        (page) => send((tm, sending) => tm.inventory('confirmed', page, sending)),
        ({ callKey }) => callKey,
      );
      expect([...seen].sort()).toEqual([1, 2, 4, 5].map((number) => `${ORDER}/call#${number}`));
      const ringing = await send((tm, sending) => tm.inventory('initialized', FIRST_PAGE, sending));
      expect(ringing).toMatchObject({ kind: 'confirmed', value: EMPTY_PAGE });
    });

    it('reads an appointment by its id', async () => {
      const appointment = await placeCall(call());
      expect(await read(appointment.appointmentId)).toEqual({ kind: 'found', value: appointment });
      expect(await read('APT-999999')).toEqual({ kind: 'absent' });
    });

    it('moves an appointment, as often as it is told', async () => {
      const { appointmentId } = await placeCall(call());
      for (let times = 0; times < 2; times += 1) {
        const moved = await change(appointmentId, { slot: LATER, technicianId: 'T-2' });
        expect(moved).toMatchObject({
          kind: 'confirmed',
          value: { appointmentId, status: 'confirmed', slot: LATER },
        });
      }
      expect(await read(appointmentId)).toMatchObject({ kind: 'found', value: { slot: LATER } });
      expect(await rings(call().callKey)).toBe(1);
    });

    it.each(['cancelled', 'completed', 'failed'] as const)(
      'an appointment that is %s stays so, however often it is told',
      async (status) => {
        const { appointmentId } = await placeCall(call());
        for (let times = 0; times < 2; times += 1) {
          expect(await change(appointmentId, { slot: SLOT, status })).toMatchObject({
            kind: 'confirmed',
            value: { appointmentId, status },
          });
        }
        expect(await read(appointmentId)).toMatchObject({ kind: 'found', value: { status } });
        expect((await peer().facts()).appointments).toMatchObject([{ appointmentId, status }]);
      },
    );

    it('what is final does not become something else', async () => {
      const { appointmentId } = await placeCall(call());
      await change(appointmentId, { slot: SLOT, status: 'cancelled' });
      await change(appointmentId, { slot: SLOT, status: 'completed' });
      await change(appointmentId, { slot: LATER });
      expect((await peer().facts()).appointments).toMatchObject([{ status: 'cancelled' }]);
    });

    it('changes no appointment of another call', async () => {
      const { appointmentId } = await placeCall(call());
      const others = { callKey: 'ORD-000077/call#1', slot: SLOT, status: 'cancelled' } as const;
      expect(await change(appointmentId, others)).toEqual({ kind: 'foreign', callKey: call().callKey });
      expect((await peer().facts()).appointments).toMatchObject([{ status: 'confirmed' }]);
    });

    it('knows no search by a task that it never gave', async () => {
      const read = await send((tm, sending) => tm.readSearch('TASK-999999', ORDER, sending));
      expect(read).toEqual({ kind: 'gone' });
    });

    it('a change of what it does not know is gone', async () => {
      expect(await change('APT-999999', { slot: SLOT, status: 'cancelled' })).toEqual({ kind: 'gone' });
    });

    it('a permit that is not used can be given back, and again', async () => {
      const { permit } = await admitted(peer().tm);
      permit.release();
      permit.release();
      await placeCall(call());
    });
  });
};
