import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HONG, type House, type Json, openHouse, TECHNICIANS } from './house.ts';

let house: House;
beforeAll(async () => {
  // One stage is left in doubt, and its late look-up is waited for.
  house = openHouse({ OSS_NE_TIMEOUT_MS: '3000', OSS_NE_WINDOW_MS: '2500', OSS_NE_SETTLE_MS: '200' });
  await house.json(['technician', 'import', TECHNICIANS]);
});
afterAll(() => house.close());

const place = async (key: string, env: NodeJS.ProcessEnv = {}): Promise<string> =>
  (await house.json(['order', 'new', ...HONG, '--key', key, '--duplicate-ok'], { env })).orderId;

const typesOf = async (orderId: string): Promise<readonly string[]> =>
  (await house.json(['events', orderId])).items.map((event: Json) => event.type);

/** What must be so of every order that was taken back, whatever it was at. */
const nothingIsLeft = async (orderId: string, outcome: 'cancelled' | 'returned'): Promise<void> => {
  const order = await house.json(['status', orderId]);
  expect(order).toMatchObject({ stage: outcome, outcome, visit: null, holds: [] });
  const { live, appointments } = house.ledger();
  expect(live.filter((key) => key.startsWith(orderId))).toEqual([]);
  const open = appointments.filter(({ status }) => status === 'confirmed' || status === 'initialized');
  expect(open.filter(({ call_key }) => call_key.startsWith(orderId))).toEqual([]);
};

type Stage = {
  readonly stage: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Commands after the order was placed, with exit codes. */
  readonly steps?: readonly (readonly [line: readonly string[], exit: number, env?: NodeJS.ProcessEnv])[];
  /** There was something on the schedule to cancel. */
  readonly schedule: boolean;
};

const AGREE = ['schedule', 'assign', '$', '--technician', 'auto', '--at', 'next'];
/** How long a request may be under way, for who waits until it is over. */
const SOON = { OSS_NE_TIMEOUT_MS: '3000', OSS_NE_WINDOW_MS: '2000' };
const STAGES: readonly Stage[] = [
  { stage: 'placed', env: { OSS_INLINE_MAX_MS: '0' }, schedule: false },
  {
    stage: 'activating',
    env: { OSS_SIMULATE_FAULTS: '500-before:1@POST /service tv.multicast' },
    schedule: false,
  },
  {
    stage: 'held',
    env: { OSS_SIMULATE_FAULTS: 'reject:NO_PORT:1@POST /service internet.hsi', ...SOON },
    // A refusal is believed once the network was looked at.
    steps: [[['worker', '--drain', '--wait', '30s'], 0, SOON]],
    schedule: false,
  },
  { stage: 'tm-queue', schedule: true },
  {
    stage: 'customer-pending',
    steps: [[AGREE, 8, { OSS_SIMULATE_ANSWERS: 'refused=1' }]],
    schedule: true,
  },
  {
    stage: 'scheduled',
    steps: [[['schedule', 'assign', '$', '--technician', 'auto', '--at', '2026-11-27 14:00'], 0]],
    schedule: true,
  },
  { stage: 'dispatched', steps: [[AGREE, 0]], schedule: true },
  {
    stage: 'on-site',
    steps: [
      [AGREE, 0],
      [['field', 'start', '$'], 0],
    ],
    schedule: true,
  },
];

describe('cancelled at every stage: the network is as before, the visit is off', () => {
  test.each(STAGES)('$stage', async ({ stage, env, steps, schedule }) => {
    const orderId = await place(`undo-${stage}`, env);
    for (const [line, exit, more] of steps ?? []) {
      const ran = await house.oss(
        line.map((word) => (word === '$' ? orderId : word)),
        { env: more ?? {} },
      );
      expect([ran.code, ran.stderr], line.join(' ')).toEqual([exit, expect.any(String)]);
    }
    expect((await house.json(['status', orderId])).stage).toBe(stage);
    const cancel = ['order', 'cancel', orderId, '--code', 'CUSTOMER_CHANGED_MIND', '-y', '--wait'];
    const { items } = await house.json(cancel);
    expect(items).toMatchObject([{ orderId, status: 'done', code: null }]);
    await nothingIsLeft(orderId, 'cancelled');
    const types = await typesOf(orderId);
    expect(types.filter((type) => type === 'OrderCancelled')).toHaveLength(1);
    expect(types.filter((type) => type === 'ActivationCancelled')).toHaveLength(1);
    expect(types.filter((type) => type === 'ScheduleCancelled')).toHaveLength(schedule ? 1 : 0);
    expect(types.at(-1)).toBe('OrderClosed');
    const again = await house.json(cancel);
    expect(again.items).toMatchObject([{ orderId, status: 'already' }]);
    expect(await typesOf(orderId)).toEqual(types);
  });
});

test('returned: reverted in the ledger of the network itself, in an order that depends on nothing gone', async () => {
  const orderId = await place('return');
  await house.json(AGREE.map((word) => (word === '$' ? orderId : word)));
  await house.json(['field', 'start', orderId]);
  expect(house.ledger().live.filter((key) => key.startsWith(orderId))).toHaveLength(4);
  const returned = await house.oss(['field', 'return', orderId, '--code', 'NO_FACILITY', '-y', '--json']);
  expect([returned.code, returned.stderr]).toEqual([0, expect.stringContaining('switched off')]);
  await nothingIsLeft(orderId, 'returned');
  const ended = house.ledger().services.filter(({ key }) => key.startsWith(orderId));
  expect(ended.map(({ state }) => state)).toEqual(Array(4).fill('terminated'));
  const types = await typesOf(orderId);
  expect(types).toContain('ActivationReverted');
  expect(types).not.toContain('ActivationCancelled');
  expect(types).toContain('ScheduleCancelled');
  expect(types.at(-1)).toBe('OrderClosed');
  const reverted = (await house.json(['events', orderId])).items
    .filter((event: Json) => event.type === 'ServiceReverted')
    .map((event: Json) => event.data.key);
  expect(reverted.at(-1)).toContain('access.gpon');
});

test('the first final word wins: exit 4 with the word that stands, and nothing is written', async () => {
  const orderId = await place('final');
  await house.json(AGREE.map((word) => (word === '$' ? orderId : word)));
  const evidence = ['--ont', 'ABCD12345678', '--rx', '-18.5', '--stb', 'STB0012345', '--signed-by', '홍길동'];
  const before = await house.head();
  const early = await house.oss(['field', 'complete', orderId, '--rx', '18.5']);
  expect(early.code).toBe(1);
  for (const missing of ['--ont', '--stb', '--signed-by', 'did you mean --rx -18.5']) {
    expect(early.stderr).toContain(missing);
  }
  expect(await house.head()).toBe(before);
  await house.json(['field', 'complete', orderId, ...evidence]);
  const head = await house.head();
  for (const line of [
    ['order', 'cancel', orderId, '--code', 'TEST', '-y'],
    ['field', 'return', orderId, '--code', 'NO_FACILITY', '-y'],
    ['field', 'revisit', orderId, '--code', 'NO_ACCESS'],
    ['order', 'amend', orderId, '--tv', '2'],
    ['schedule', 'move', orderId, '--at', '2026-11-27 14:00', '--agreed', '--code', 'CUSTOMER_RESCHEDULE'],
  ]) {
    const refused = await house.oss(line);
    expect([refused.code, refused.stdout], line.join(' ')).toEqual([4, '']);
    expect(refused.stderr, line.join(' ')).toMatch(/^error: .+\nwhy: .+\nnext: .+/m);
  }
  const repeated = await house.oss(['field', 'complete', orderId, ...evidence]);
  expect(repeated.code).toBe(0);
  expect(repeated.stderr).toContain('before');
  expect(await house.head()).toBe(head);
});
