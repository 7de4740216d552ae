import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { HONG, type House, type Json, openHouse, until } from './house.ts';

let home: House | null = null;
afterEach(async () => home?.close());
const house = (env: NodeJS.ProcessEnv = {}): House => {
  home = openHouse(env);
  return home;
};

const place = async (one: House, count: number): Promise<void> => {
  const line = ['order', 'new', ...HONG, '--duplicate-ok', '--json'];
  const ran = await Promise.all(
    Array.from({ length: count }, () => one.oss(line, { env: { OSS_INLINE_MAX_MS: '0' } })),
  );
  expect(ran.map(({ code }) => code)).toEqual(Array(count).fill(0));
};

const leases = (one: House): number => {
  const db = new Database(`${one.folder}/oss.db`, { readonly: true });
  try {
    return (
      db.prepare<[], { n: number }>('SELECT count(*) AS n FROM work WHERE owner IS NOT NULL').get()?.n ?? -1
    );
  } finally {
    db.close();
  }
};

const count = async (one: House, type: string): Promise<number> =>
  (await one.json(['events'])).items.filter((event: Json) => event.type === type).length;

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
  ['SIGHUP', 129],
] as const)('%s: what is in flight is finished, leases are given back, exit %i', async (signal, exit) => {
  const one = house({ OSS_SIMULATE_LATENCY_MS: '250', OSS_NE_TIMEOUT_MS: '10000' });
  await place(one, 2);
  const worker = one.start(['worker', '-j', '2']);
  await until(
    () => one.ledger().requests.length,
    (requests) => requests > 0,
  );
  const status = await one.json(['worker', 'status']);
  expect(status.workers).toMatchObject([{ state: 'running', concurrency: 2 }]);
  worker.kill(signal);
  const ended = await worker.ended;
  expect([ended.code, ended.stderr]).toEqual([exit, expect.not.stringContaining('    at ')]);
  expect(leases(one)).toBe(0);
  expect(await count(one, 'ServiceInDoubt')).toBe(0);
  expect(await count(one, 'ServiceRequested')).toBe(await count(one, 'ServiceActivated'));
  expect((await one.json(['worker', 'status'])).workers.filter((w: Json) => w.state === 'running')).toEqual(
    [],
  );
  await one.json(['worker', '--drain'], { env: { OSS_SIMULATE_LATENCY_MS: '0' } });
  expect([...one.ledger().created.values()]).toEqual(Array(8).fill(1));
});

test('several workers on one database share the work, and none does a thing twice', async () => {
  const one = house({ OSS_SIMULATE_LATENCY_MS: '20' });
  await place(one, 6);
  const drained = await Promise.all([1, 2, 3].map(() => one.json(['worker', '--drain', '-j', '2'])));
  expect(drained.map(({ waiting }) => waiting)).toEqual([0, 0, 0]);
  expect((await one.json(['order', 'list', '--stage', 'tm-queue'])).items).toHaveLength(6);
  expect([...one.ledger().created.values()]).toEqual(Array(24).fill(1));
  expect(leases(one)).toBe(0);
  expect((await one.json(['db', 'verify'])).ok).toBe(true);
});

test('a watch off the terminal prints what changed, ends at its stage, and says 8 when its time is over', async () => {
  const one = house();
  await place(one, 1);
  const watch = one.start(['status', '1', '--watch', '--until', 'tm-queue', '-o', 'ndjson']);
  await until(watch.stdout, (text) => text.includes('\n'));
  await one.json(['worker', '--drain']);
  const watched = await watch.ended;
  expect(watched.code).toBe(0);
  const stages = watched.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).stage);
  expect([stages[0], stages.at(-1)]).toEqual(['placed', 'tm-queue']);
  const late = await one.oss(['status', '1', '--watch', '--until', 'completed', '--timeout', '400ms']);
  expect(late.code).toBe(8);
  expect(late.stdout).toContain('ORD-000001');
  const stopped = one.start(['status', '1', '--watch']);
  await until(stopped.stdout, (text) => text.includes('ORD-000001'));
  stopped.kill('SIGINT');
  expect((await stopped.ended).code).toBe(130);
});
