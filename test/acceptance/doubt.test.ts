import { afterEach, describe, expect, test } from 'vitest';
import { shownKey } from '../../src/core/values/keys.ts';
import { OSS } from '../support/real-process.ts';
import { closedPort, HONG, type House, type Json, openHouse, QUICK, startProcess, until } from './house.ts';

const houses: House[] = [];
const house = (env: NodeJS.ProcessEnv = {}, now?: null): House => {
  const one = openHouse({ ...QUICK, ...env }, now);
  houses.push(one);
  return one;
};
afterEach(async () => {
  await Promise.all(houses.splice(0).map((one) => one.close()));
});

const NE = '/tmf-api/ServiceActivationAndConfiguration/v4';
const TM = '/tmf-api/appointment/v4';
const peers = (ne: number, tm: number): NodeJS.ProcessEnv => ({
  OSS_NE_URL: `http://127.0.0.1:${ne}${NE}`,
  OSS_TM_URL: `http://127.0.0.1:${tm}${TM}`,
  OSS_BREAKER_OPEN_MS: '200',
  OSS_BREAKER_MAX_OPEN_MS: '400',
});

/** A standalone simulator of this house, once it listens. */
const simulate = async (home: House, which: 'ne' | 'tm', port: number, faults: readonly string[] = []) => {
  const rules = faults.flatMap((rule) => ['--fault', rule]);
  const env = { PATH: process.env.PATH, HOME: home.folder, OSS_HOME: home.folder };
  const line = ['simulate', which, '--port', String(port), '-o', 'ndjson', ...rules];
  const running = startProcess(OSS, line, env);
  await until(running.stdout, (text) => text.includes('\n'));
  return {
    stop: async () => {
      running.kill('SIGTERM');
      return running.ended;
    },
    token: JSON.parse(running.stdout().split('\n')[0] ?? '').adminToken as string,
    ledger: async (): Promise<Json> => (await fetch(`http://127.0.0.1:${port}/admin/ledger`)).json(),
  };
};

const eventsOf = async (home: House, orderId: string): Promise<readonly Json[]> =>
  (await home.json(['events', orderId])).items;
const typesOf = async (home: House, orderId: string): Promise<readonly string[]> =>
  (await eventsOf(home, orderId)).map(({ type }) => type);

test('both peers down: the order is safe at once; when they are back a drain activates each service once', async () => {
  const [ne, tm] = [await closedPort(), await closedPort()];
  const home = house(peers(ne, tm), null);
  const placed = await home.oss(['order', 'new', ...HONG, '--json']);
  expect([placed.code, placed.stderr]).toEqual([0, expect.stringMatching(/still pending at the NE/)]);
  expect(placed.stderr).toContain('worker');
  // Far less than a command may take to run the steps of its order.
  expect(placed.ms).toBeLessThan(30_000);
  expect(JSON.parse(placed.stdout)).toMatchObject({ orderId: 'ORD-000001', simulated: false });
  const down = await home.oss(['worker', '--drain', '--wait', '1s', '--json']);
  expect([8, 75]).toContain(down.code);
  const desk = await simulate(home, 'tm', tm);
  const network = await simulate(home, 'ne', ne);
  try {
    const drained = await home.json(['worker', '--drain', '--wait', '120s']);
    expect(drained).toMatchObject({ waiting: 0, held: 0 });
    expect((await home.json(['status', '1'])).stage).toBe('tm-queue');
    const { effects } = await network.ledger();
    const created = effects.filter(({ effect }: Json) => effect === 'create').map(({ key }: Json) => key);
    expect(created).toHaveLength(4);
    expect(new Set(created).size).toBe(4);
  } finally {
    await Promise.all([network.stop(), desk.stop()]);
  }
});

test('only the desk down: switched on, but not completed; back again, both facts come in one commit', async () => {
  const [ne, tm] = [await closedPort(), await closedPort()];
  const home = house(peers(ne, tm), null);
  const network = await simulate(home, 'ne', ne);
  try {
    const { orderId } = await home.json(['order', 'new', ...HONG]);
    const order = await home.json(['status', orderId]);
    expect(order.services.map(({ proof }: Json) => proof)).toEqual(['on', 'on', 'on', 'on']);
    expect(order).toMatchObject({
      stage: 'activating',
      milestone: 'OrderPlaced',
      waitingFor: { who: 'desk' },
    });
    const half = await typesOf(home, orderId);
    expect(half).not.toContain('ActivationCompleted');
    expect(half).not.toContain('SchedulingRequested');
    const desk = await simulate(home, 'tm', tm);
    try {
      await home.json(['worker', '--drain', '--wait', '120s']);
    } finally {
      await desk.stop();
    }
    const [completed, requested] = (await eventsOf(home, orderId)).slice(-2);
    expect([completed?.type, requested?.type]).toEqual(['ActivationCompleted', 'SchedulingRequested']);
    expect(requested?.version).toBe(completed?.version + 1);
    expect(requested?.position).toBe(completed?.position + 1);
    expect(requested?.at).toBe(completed?.at);
    expect((await home.json(['status', orderId])).stage).toBe('tm-queue');
  } finally {
    await network.stop();
  }
});

describe('an NE that knows no idempotency key', () => {
  test('an answer is lost: looked up, never created twice', async () => {
    const home = house({ OSS_SIMULATE_FAULTS: 'no-idempotency,reset-after:1@POST /service internet.hsi' });
    const { orderId } = await home.json(['order', 'new', ...HONG]);
    expect((await home.json(['status', orderId])).stage).toBe('activating');
    await home.json(['worker', '--drain', '--wait', '120s']);
    expect((await home.json(['status', orderId])).stage).toBe('tm-queue');
    expect(await typesOf(home, orderId)).toContain('ServiceFound');
    const { created, live } = home.ledger();
    expect([...created.values()]).toEqual([1, 1, 1, 1]);
    expect(live).toHaveLength(4);
  });

  test.each(['access.gpon', 'internet.hsi', 'tv.stb'])(
    'cancelled while the answer about %s is lost: no live service remains',
    async (service) => {
      const cancelled = async (fault: string): Promise<void> => {
        const home = house({ OSS_SIMULATE_FAULTS: `no-idempotency,${fault}:1@POST /service ${service}` });
        const { orderId } = await home.json(['order', 'new', ...HONG]);
        await home.json(['order', 'cancel', orderId, '--code', 'TEST', '-y']);
        await home.json(['worker', '--drain', '--wait', '120s']);
        expect((await home.json(['status', orderId])).stage, fault).toBe('cancelled');
        const { created, live } = home.ledger();
        expect(live, fault).toEqual([]);
        expect(Math.max(0, ...created.values()), fault).toBeLessThan(2);
      };
      await Promise.all(['reset-after', 'reset-before', 'timeout-after'].map(cancelled));
    },
  );

  test('a success that lands after the order was closed is found by reconcile, and undone by --fix', async () => {
    const home = house({
      OSS_SIMULATE_FAULTS: 'no-idempotency,late-after:200000:1@POST /service access.gpon',
    });
    const { orderId } = await home.json(['order', 'new', ...HONG]);
    await home.json(['order', 'cancel', orderId, '--code', 'TEST', '-y']);
    const clock = { OSS_NOW: '2026-11-23T10:00:02+09:00' };
    await home.json(['worker', '--drain', '--wait', '120s'], { env: clock });
    expect((await home.json(['status', orderId])).stage).toBe('cancelled');
    // Later in the day the network has done what nobody waits for any more.
    const later = { OSS_NOW: '2026-11-23T10:05:00+09:00' };
    const found = await home.oss(['ne', 'reconcile', '--json'], { env: later });
    const [live = '', ...more] = home.ledger().live;
    expect([shownKey(live), more]).toEqual([`${orderId}/access.gpon#1/1`, []]);
    expect([found.code, found.stdout]).toEqual([1, expect.stringContaining(live)]);
    await home.oss(['ne', 'reconcile', '--fix', '-y', '--json'], { env: later });
    await home.json(['worker', '--drain', '--wait', '120s'], { env: later });
    expect(home.ledger().live).toEqual([]);
    expect((await home.json(['status', orderId], { env: later })).stage).toBe('cancelled');
    const types = await typesOf(home, orderId);
    expect(types.filter((type) => type === 'OrderClosed')).toHaveLength(2);
    expect((await home.json(['ne', 'reconcile'], { env: later })).items).toEqual([]);
  });
});
