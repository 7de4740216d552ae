import { expect, test } from 'vitest';
import { sagaWorld } from '../../../../test/support/saga-world.ts';
import { CAUSES, type Cause } from '../../codes/cause.ts';
import { Refusal } from '../../rules/refusal.ts';
import { markDone } from '../fallout/mark-done.ts';
import { placeOrder } from '../orders/place-order.ts';
import { withoutCustomer } from './peer-words.ts';

const CONTACT = { customerId: 'CUS-000001', name: '정하은', phone: '010-5577-8157', address: '황새울로 117' };
const QUOTED = '정하은 (010 5577 8157), 황새울로 117';
const CANARIES = ['정하은', '5577', '8157', '황새울로'];
const vault = { contacts: async () => new Map([['ORD-000001', CONTACT]]) } as never;

const clearIn = (value: unknown): readonly string[] =>
  CANARIES.filter((canary) => JSON.stringify(value).includes(canary));

/** By which the program finds its own things again; no peer invents them. */
const OURS = new Set(['appointmentId', 'orderId', 'id', 'neId', 'hold', 'step']);

const spoken = Object.entries(CAUSES).flatMap(([code, values]) => {
  const texts = Object.entries(values).filter(([name, kind]) => kind === 'text' && !OURS.has(name));
  return texts.length === 0
    ? []
    : [{ code, cause: { code, ...Object.fromEntries(texts.map(([name]) => [name, QUOTED])) } }];
});

test.each(spoken)(
  'no text of the cause $code keeps what a peer quotes of the customer',
  async ({ cause }) => {
    const retry = {
      cause: { code: 'HTTP_BODY', status: 500, body: cause } as unknown as Cause,
      at: null,
      burn: true,
    };
    const kept = await withoutCustomer({ vault }, 'ORD-000001', { events: [], retry });
    expect(clearIn(kept)).toEqual([]);
  },
);

test('a name in place of ours is cleaned, and one of ours stays', async () => {
  const told = async (key: string): Promise<unknown> => {
    const cause = { code: 'OTHER_SERVICE', key } as const;
    const data = { key: 'ORD-000001/internet.hsi#1/1', neId: 'NE-1', name: key } as const;
    const events = [{ type: 'ServiceDisowned', data }] as const;
    return withoutCustomer({ vault }, 'ORD-000001', { events, retry: { cause, at: null, burn: true } });
  };
  expect(clearIn(await told(QUOTED))).toEqual([]);
  for (const ours of ['ORD-82123456@k7f3c1x9/internet.hsi#1/1', 'ORD-01234567/call#1'])
    expect(JSON.stringify(await told(ours)).split(ours)).toHaveLength(3);
});

test('of an erased customer the numbers are still taken out, and every text is bounded', async () => {
  const erased = { contacts: async () => new Map() } as never;
  const cause = { code: 'HTTP_STATUS', status: 500, told: `${QUOTED} ${'x'.repeat(5_000)}` } as const;
  const { retry } = await withoutCustomer({ vault: erased }, 'ORD-000001', {
    events: [],
    retry: { cause, at: null, burn: true },
  });
  const told = retry?.cause.code === 'HTTP_STATUS' ? retry.cause.told : '';
  expect(told).not.toContain('8157');
  expect(told.length).toBeLessThanOrEqual(200);
});

test('a name that the desk quotes in a refusal stands neither on the log nor in the work row', async () => {
  const world = await sagaWorld();
  const { name, phone, address } = CONTACT;
  const order = { name, phone, address, area: null, lines: { internet: 1, tv: 0 } } as const;
  const placed = await placeOrder(
    world.deps,
    { ...order, channel: 'desk', priority: 'normal', wishes: {} },
    {},
  );
  const { orderId } = placed.process;
  world.neFaults.add('create', { fault: 'reject', code: QUOTED }, { times: 99 });
  world.tmFaults.add('search', { fault: 'reject', code: QUOTED }, { times: 99 });
  await world.settle(orderId);
  const kept = await world.deps.store.read(async (tx) => [
    await tx.events.load(orderId),
    await tx.work.get(orderId),
    await tx.views.get(orderId),
  ]);
  expect(JSON.stringify(kept)).toContain('***');
  expect(clearIn(kept)).toEqual([]);
});

test('nor does a person hear it who says that a service was set up by hand', async () => {
  const world = await sagaWorld();
  const { name, phone, address } = CONTACT;
  const orderId = await world.place({ name, phone, address });
  world.neFaults.add('create', { fault: 'reject', code: 'PORT_FULL' }, { times: 99 });
  await world.settle(orderId);
  const said = [
    { kind: 'misconfigured', cause: { code: 'HTTP_STATUS', status: 401, told: QUOTED } },
    { kind: 'unknown', cause: { code: 'HTTP_STATUS', status: 500, told: QUOTED }, retryAt: null },
    { kind: 'found', value: { neId: 'NE-1', key: QUOTED, state: 'active' } },
  ] as const;
  for (const lookUp of said) {
    const ne = { ...world.deps.ne, read: async () => lookUp };
    const wish = { step: 'ActivateService', service: undefined };
    const done = markDone({ ...world.deps, ne }, orderId, { wish, neId: 'NE-1', reason: 'by hand' });
    const refused = await world.awaiting(done).then(
      () => null,
      (error: unknown) => (error instanceof Refusal ? error.detail : error),
    );
    expect(JSON.stringify(refused)).toContain('***');
    expect(clearIn(refused)).toEqual([]);
  }
});
