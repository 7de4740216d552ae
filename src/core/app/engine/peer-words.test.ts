import { expect, test } from 'vitest';
import { sagaWorld } from '../../../../test/support/saga-world.ts';
import { CAUSES, type Cause } from '../../codes/cause.ts';
import { placeOrder } from '../orders/place-order.ts';
import { withoutCustomer } from './peer-words.ts';

const CONTACT = { customerId: 'CUS-000001', name: '정하은', phone: '010-5577-8157', address: '황새울로 117' };
const QUOTED = '정하은 (010 5577 8157), 황새울로 117';
const CANARIES = ['정하은', '5577', '8157', '황새울로'];
const vault = { contacts: async () => new Map([['ORD-000001', CONTACT]]) } as never;

const clearIn = (value: unknown): readonly string[] =>
  CANARIES.filter((canary) => JSON.stringify(value).includes(canary));

/** By which the program finds its own things again; no peer invents them. */
const OURS = new Set(['key', 'callKey', 'appointmentId', 'orderId', 'id', 'hold', 'step']);

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
