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

const leases = async (one: House): Promise<number> => (await one.json(['worker', 'status'])).leased;

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
  expect(await leases(one)).toBe(0);
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
  expect(await leases(one)).toBe(0);
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

test('a worker says on SIGUSR1 what it decided last, as often as it is asked, and works on', async () => {
  const one = house();
  await place(one, 1);
  const worker = one.start(['worker', '-j', 'auto']);
  const told = (): number => worker.stderr().split('steps/s').length - 1;
  // It listens before its first step: nothing else may have printed what it is asked for.
  await until(
    () => one.ledger().live.length,
    (live) => live === 4,
  );
  expect(told()).toBe(0);
  worker.kill('SIGUSR1');
  await until(told, (times) => times === 1);
  expect(worker.stderr()).toMatch(/auto: \d+ at once \(.+\), \d+ steps\/s, \d+ ms a step/);
  worker.kill('SIGUSR1');
  await until(told, (times) => times === 2);
  await place(one, 1);
  await until(
    () => one.ledger().live.length,
    (live) => live === 8,
  );
  worker.kill('SIGTERM');
  const ended = await worker.ended;
  expect([ended.code, ended.stderr]).toEqual([143, expect.not.stringContaining('Debugger')]);
});

test('a worker compares the network with the log by itself, and takes back what is there beside it', async () => {
  const one = house();
  await place(one, 1);
  const twice = { OSS_SIMULATE_FAULTS: 'duplicate:1@POST /service internet.hsi' };
  await one.json(['worker', '--drain'], { env: twice });
  expect([one.ledger().live.length, new Set(one.ledger().live).size]).toEqual([5, 4]);
  const worker = one.start(['worker'], {
    // For this worker the first event is older than the shortest interval already.
    env: { OSS_RECONCILE_EVERY_MINUTES: '1', OSS_NOW: new Date(Date.now() + 120_000).toISOString() },
  });
  await until(
    () => one.ledger().live.length,
    (live) => live === 4,
  );
  await until(worker.stderr, (text) => text.includes('/internet.hsi#1/1'));
  worker.kill('SIGTERM');
  expect((await worker.ended).code).toBe(143);
  expect(new Set(one.ledger().live).size).toBe(4);
  expect((await one.oss(['ne', 'reconcile'])).code).toBe(0);
  expect(await count(one, 'RevertRequested')).toBe(1);
});
