import { test } from 'vitest';
import { type Json, TECHNICIANS, until } from '../acceptance/house.ts';
import { PATIENT } from '../support/patient.ts';
import { openTown, type Town } from './town.ts';

const BREAKER = { OSS_BREAKER_FAILURES: '3', OSS_BREAKER_OPEN_MS: '4000', OSS_BREAKER_MAX_OPEN_MS: '5000' };

type OpenWith = (env?: NodeJS.ProcessEnv) => Promise<Town>;

/** Each waits for breakers most of its time, at a town of its own. */
const atTown = test.extend<{ openWith: OpenWith }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern what a fixture needs.
  openWith: async ({}, use) => {
    const opened: Town[] = [];
    await use(async (env = {}) => {
      const town = await openTown({ ...BREAKER, ...env });
      opened.push(town);
      return town;
    });
    for (const town of opened) await town.close();
  },
});

const UNTIL = /the NE: not reachable, breaker open until (\d\d:\d\d:\d\d) \(\+09:00\); (\d+) orders wait/;
const run = (path: string, wait: string): readonly string[] => [
  ...['batch', 'run', path, '--op', 'order.new', `--wait=${wait}`, '--json'],
];
const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

/** Local time of the breaker's end, as the run must have said it. */
const clockOf = (at: string): string =>
  new Date(Math.ceil(Date.parse(at) / 1_000) * 1_000 + 9 * 3_600_000).toISOString().slice(11, 19);

atTown.concurrent.for<[string, object]>([
  ['500', {}],
  ['503 with Retry-After', { headers: { 'retry-after': '4' } }],
])(
  '%s: the breaker opens, the run says until when, sends nothing, goes on by itself, and no row fails',
  async ([, more], { openWith, expect }) => {
    const { house, ne, orders, ledger } = await openWith();
    ne.setDown({ status: 'headers' in more ? 503 : 500, ...more });
    const running = house.start(run(orders(30), '180s'));
    const [, , waiting] = (await until(running.stderr, (text) => UNTIL.test(text))).match(UNTIL) ?? [];
    // All rows were taken although the network is away.
    expect(Number(waiting)).toBeGreaterThan(0);
    const breaker = await until(
      async () => (await house.json(['breaker', 'list'])).items[0],
      ({ state }) => state === 'open',
    );
    await until(running.stderr, (text) => text.includes(`until ${clockOf(breaker.openUntil)} `));
    await until(
      async () => (await house.json(['order', 'list', '--all'])).items.length,
      (placed) => placed === 30,
    );
    const sent = ne.requests();
    // What was sent is read first: it was sent before this moment.
    await until(
      () => ({ requests: ne.requests(), now: Date.now() }),
      ({ requests, now }) => {
        if (now < Date.parse(breaker.openUntil)) expect(requests).toBe(sent);
        return now >= Date.parse(breaker.openUntil) - 300;
      },
    );
    ne.setDown(null);
    const ended = await running.ended;
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain('the NE: reachable again');
    expect(JSON.parse(ended.stdout)).toMatchObject({
      rows: 30,
      done: 30,
      failed: 0,
      pending: 0,
      ordersLeft: 0,
    });
    expect((await house.json(['order', 'list', '--all', '--stage', 'tm-queue'])).items).toHaveLength(30);
    const created = ledger().effects.filter(({ effect }) => effect === 'create');
    expect(created).toHaveLength(60);
    expect(new Set(created.map(({ key }) => key)).size).toBe(60);
  },
);

atTown.concurrent('never more requests in flight than the peer has places', async ({ openWith, expect }) => {
  const { house, ne, tm, orders } = await openWith({
    ...PATIENT,
    OSS_INLINE_MAX_MS: '0',
    OSS_NE_BULKHEAD: '3',
    OSS_TM_BULKHEAD: '2',
  });
  const ended = await house.oss(run(orders(24), '180s'));
  expect([ended.code, ended.stderr]).toEqual([0, expect.not.stringContaining('not reachable')]);
  expect(ne.mostAtOnce()).toBe(3);
  expect(tm.mostAtOnce()).toBeLessThanOrEqual(2);
  expect(tm.mostAtOnce()).toBeGreaterThan(0);
});

atTown.concurrent(
  'when nothing can be done for the time of --wait: 75, and the last line goes on with it',
  async ({ openWith, expect }) => {
    const { house, ne, orders } = await openWith({
      OSS_BREAKER_OPEN_MS: '60000',
      OSS_BREAKER_MAX_OPEN_MS: '60000',
    });
    ne.setDown({ status: 500 });
    const ended = await house.oss(run(orders(10), '3s'));
    expect(ended.code).toBe(75);
    const left = JSON.parse(ended.stdout);
    expect(left).toMatchObject({ rows: 10, done: 10, failed: 0, pending: 0, state: 'done', ordersLeft: 10 });
    expect(lastLine(ended.stderr)).toBe(`note: go on: oss batch resume ${left.batchId} --wait`);
    expect(ended.stderr).toMatch(
      /the NE: not reachable, breaker open until .*; the orders are safe and wait/,
    );
    ne.setDown(null);
    await house.json(['breaker', 'close', 'ne', '--reason', 'repaired']);
    const resumed = await house.oss(['batch', 'resume', left.batchId, '--wait', '--json']);
    expect([resumed.code, JSON.parse(resumed.stdout).ordersLeft]).toEqual([0, 0]);
    expect((await house.json(['order', 'list', '--stage', 'tm-queue'])).items).toHaveLength(10);
  },
);

atTown.concurrent(
  'a file with whole lives of orders comes through, its visits after the network, also when that is away for a while',
  async ({ openWith, expect }) => {
    const { house, ne, file } = await openWith({ OSS_SIMULATE_ANSWERS: 'agreed=1' });
    await house.json(['technician', 'import', TECHNICIANS]);
    const keys = Array.from({ length: 6 }, (_, i) => `L-${i}`);
    const life = (key: string, i: number): readonly Json[] => [
      {
        ...{ op: 'order.new', key, name: '홍길동', phone: `010-1111-000${i}` },
        ...{ address: `서울특별시 강남구 역삼로 ${i}`, area: '강남구', internet: 1, tv: 0 },
      },
      { op: 'schedule.assign', orderKey: key, agreed: true, key: `${key}-visit` },
      { op: 'field.start', orderKey: key },
      {
        ...{ op: 'field.complete', orderKey: key, ont: `ABCD0000000${i}`, rx: '-18.5' },
        ...{ 'signed-by': '홍길동' },
      },
    ];
    const path = file(
      'lives.ndjson',
      keys
        .flatMap(life)
        .map((row) => JSON.stringify(row))
        .join('\n'),
    );
    ne.setDown({ status: 500 });
    const running = house.start(['batch', 'run', path, '--wait', '--json']);
    await until(running.stderr, (text) => UNTIL.test(text));
    ne.setDown(null);
    const ended = await running.ended;
    expect([ended.code, JSON.parse(ended.stdout).failures]).toEqual([0, []]);
    expect(JSON.parse(ended.stdout)).toMatchObject({ rows: 24, done: 24, failed: 0, ordersLeft: 0 });
    expect((await house.json(['order', 'list', '--all', '--stage', 'completed'])).items).toHaveLength(6);
  },
);
