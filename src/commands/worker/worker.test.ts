import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { Refusal } from '../../core/rules/refusal.ts';
import { inEveryFormat, machineRoom } from '../../testing/cli/machine.fixture.ts';
import { type Desk, HONG } from '../../testing/cli/orders.fixture.ts';
import { runCli } from '../../testing/cli/run-cli.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';
import { asIntruder } from '../../testing/store/as-intruder.ts';

let desk: Desk;
afterEach(() => desk.close());

const QUICK = {
  OSS_INLINE_MAX_MS: '0',
  OSS_NE_TIMEOUT_MS: '500',
  OSS_NE_WINDOW_MS: '1000',
  OSS_NE_SETTLE_MS: '50',
};
const stageOf = async (id: string): Promise<unknown> =>
  ((await desk.json(['status', id])) as { stage: string }).stage;

describe('worker --drain', () => {
  it('does all that is due and ends with 0', async () => {
    desk = await machineRoom(3, QUICK);
    expect(await stageOf('1')).toBe('placed');
    const { exitCode, json } = await desk.oss(['worker', '--drain', '--json']);
    expect(exitCode).toBe(0);
    expect(json()).toMatchObject({ schema: 'oss.drain/1', waiting: 0, held: 0, simulated: true });
    expect(await stageOf('3')).toBe('tm-queue');
    expect(await inEveryFormat(desk, ['worker', 'run', '--drain'])).toMatchObject({ done: 0 });
  });

  it('looks up what was not answered instead of sending it again', async () => {
    desk = await machineRoom(1, { ...QUICK, OSS_SIMULATE_FAULTS: 'reset-after:1@POST /service' });
    expect((await desk.oss(['worker', '--drain', '--wait', '120s'])).exitCode).toBe(0);
    expect(await stageOf('1')).toBe('tm-queue');
    const effects = await desk.open(async (services) => (await services.ledger())?.effects ?? []);
    expect(effects.filter(({ effect }) => effect === 'create')).toHaveLength(2);
  });

  it('ends with 8 while work is left, with 75 while a breaker is open, and says what is held', async () => {
    const refuse = {
      OSS_SIMULATE_FAULTS: 'refuse@ne',
      OSS_BREAKER_OPEN_MS: '600000',
      OSS_BREAKER_MAX_OPEN_MS: '600000',
    };
    desk = await machineRoom(1, { ...QUICK, ...refuse, OSS_BREAKER_FAILURES: '2' });
    const first = await desk.oss(['worker', '--drain', '--wait', '10ms']);
    expect(first.exitCode).toBe(8);
    const failing = (await inEveryFormat(desk, ['worker', 'status'])) as { failing: readonly object[] };
    expect(failing).toMatchObject({
      workers: [],
      failing: [{ orderId: 'ORD-000001', lane: 'ne', tries: 1 }],
    });
    const open = await desk.oss(['worker', '--drain', '--wait', '120s']);
    expect(open.exitCode).toBe(75);
    expect(open.stderr).toContain('the breaker of the NE is open until');
  });

  it('holds an order that the network refuses, and does not wait for it', async () => {
    desk = await machineRoom(1, { ...QUICK, OSS_SIMULATE_FAULTS: 'reject:NO_PORT@POST /service' });
    const { exitCode, json } = await desk.oss(['worker', '--drain', '--wait', '30s', '--json']);
    expect({ exitCode, drained: json() }).toMatchObject({ exitCode: 0, drained: { waiting: 0, held: 1 } });
  });

  it('compares the peers with the log when nobody has for too long, and goes on with what it finds', async () => {
    desk = await machineRoom(1);
    await desk.oss(['order', 'cancel', '1', '--code', 'TEST', '-y']);
    const soon = await desk.oss(['worker', '--drain']);
    expect([soon.exitCode, await desk.json(['status'])]).toMatchObject([0, { comparison: null }]);
    desk.later(60);
    const due = await desk.oss(['worker', '--drain']);
    expect([due.exitCode, await desk.json(['status'])]).toMatchObject([
      0,
      { comparison: { complete: true, findings: 0 } },
    ]);
    desk.later(600);
    const never = { ...desk.env(), OSS_RECONCILE_EVERY_MINUTES: '0' };
    const at = ((await desk.json(['status'])) as { comparison: { at: string } }).comparison.at;
    await desk.oss(['worker', '--drain'], { env: never });
    expect(await desk.json(['status'])).toMatchObject({ comparison: { at } });
  });

  it('looks once more at what was cancelled, a quarter of an hour after its end', async () => {
    desk = await machineRoom(1, { OSS_SIMULATE_FAULTS: 'no-idempotency@ne' });
    await desk.oss(['order', 'cancel', '1', '--code', 'TEST', '-y']);
    const { services: ours } = (await desk.json(['order', 'show', '1'])) as { services: { key: string }[] };
    const key = ours.find((one) => one.key.includes('internet.hsi'))?.key ?? '';
    await desk.open(async (services) => {
      const { ne } = await services.saga();
      const admission = await ne.admit();
      if (!admission.admitted) throw new Error('the NE is left alone');
      const { permit } = admission;
      const plan = { key, service: 'internet.hsi#1', spec: 'internet.hsi' as const, generation: 1 };
      const service = { ...plan, dependsOn: [], characteristics: [] };
      await ne.create({ orderId: 'ORD-000001', service, idempotencyKey: key }, { permit, deadlineMs: 2_000 });
    });
    expect((await desk.oss(['worker', '--drain'])).stderr).toBe('');
    desk.later(15);
    const { exitCode, stderr } = await desk.oss(['worker', '--drain']);
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining('orphan: ORD-000001/internet.hsi#1/1 (fixed)'),
    ]);
    expect((await desk.oss(['ne', 'reconcile'])).exitCode).toBe(0);
    expect(await stageOf('1')).toBe('cancelled');
  });

  it('refuses --wait alone and a nonsense -j', async () => {
    desk = await machineRoom();
    expect((await desk.oss(['worker', '--wait', '5s'])).exitCode).toBe(2);
    for (const jobs of ['0', '-1', 'many', '1001', '1.5']) {
      const { exitCode, stderr } = await desk.oss(['worker', '--drain', `--jobs=${jobs}`]);
      expect({ jobs, exitCode }).toEqual({ jobs, exitCode: 2 });
      expect(stderr).toContain('auto');
    }
  });
});

describe('worker', () => {
  it('runs until it is told to end, takes what others place meanwhile, and shows as running', async () => {
    desk = await machineRoom(0, QUICK);
    // One clock for all, which does not jump with each command.
    const env = desk.env();
    const stop = new AbortController();
    const running = desk.oss(['worker', '-j', '4'], { signal: stop.signal, env });
    const statusUntil = async (
      line: readonly string[],
      isThere: (told: unknown) => boolean,
    ): Promise<void> => {
      for (let tries = 0; tries < 200; tries += 1) {
        const { stdout } = await desk.oss([...line, '-o', 'json'], { env });
        if (stdout !== '' && isThere(JSON.parse(stdout))) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`${line.join(' ')} never came so far`);
    };
    await statusUntil(
      ['worker', 'status'],
      (told) => (told as { workers: readonly { state: string }[] }).workers[0]?.state === 'running',
    );
    const placed = await desk.oss(['order', 'new', ...HONG, '--internet', '1'], { env });
    expect(placed.stderr).toContain('a worker is running and goes on with it');
    await statusUntil(['status', '1'], (told) => (told as { stage: string }).stage === 'tm-queue');
    stop.abort();
    const { stderr } = await running;
    expect(stderr).toContain('(-j 4)');
    expect(await desk.json(['worker', 'status'])).toMatchObject({ workers: [], leased: 0 });
  });
});

describe('workers on several hosts', () => {
  it('are shown with their hosts, and with what each of them works on', async () => {
    desk = await machineRoom(2, QUICK);
    const owners = ['desk-3~9f2c41aa/4711/88', 'desk-3~9f2c41aa/4712/89', 'desk-4~00aa11bb/7/12'] as const;
    const env = desk.env();
    await desk.open(async (services) => {
      const { clock } = services;
      const store = await services.store('write');
      await store.write(async (tx) => {
        const now = clock.now();
        for (const owner of owners) {
          const vitals = { concurrency: 4, inFlight: 1, stepsDone: 7, note: null };
          await tx.work.beat({ owner, startedAt: now, beatAt: now, ...vitals });
        }
        for (const [n, owner] of owners.slice(1).entries())
          await tx.work.claimOne(`ORD-00000${n + 1}`, { now, owner, leaseMs: 3_600_000 });
      });
    });
    const told = await inEveryFormat(desk, ['worker', 'status']);
    expect(told).toMatchObject({
      workers: [{ host: 'desk-3' }, { host: 'desk-3' }, { host: 'desk-4', owner: owners[2] }],
      leased: 2,
      inHand: [
        { orderId: 'ORD-000001', host: 'desk-3', owner: owners[1] },
        { orderId: 'ORD-000002', host: 'desk-4', owner: owners[2] },
      ],
    });
    const shown = (await desk.oss(['worker', 'status'], { env })).stdout;
    expect(shown).toMatch(/ORD-000002 +desk-4 +7 /);
    expect((await desk.oss(['status'], { env })).stdout).toContain('3 running (desk-3 2, desk-4 1)');
    expect((await desk.oss(['status', '--lang', 'ko'], { env })).stdout).toContain(
      '3개 실행 중 (desk-3 2개, desk-4 1개)',
    );
    expect(await desk.json(['status'])).toMatchObject({
      workers: [{ host: 'desk-3' }, {}, { host: 'desk-4' }],
    });
  });
});

describe('the head of the day', () => {
  const HEAD = /head of 2026-\d\d-\d\d: (\{.*\})/;

  it('is told once a day, not at each start, and shows a tail that was cut off', async () => {
    desk = await machineRoom(1, QUICK);
    const env = desk.env();
    const heads = async (at: Record<string, string>): Promise<readonly string[]> => {
      const stop = new AbortController();
      const running = desk.oss(['worker'], { signal: stop.signal, env: { ...env, ...at } });
      await desk.open(async (services) => {
        const store = await services.store('read');
        const isTold = () => store.read(async (tx) => (await tx.audit.list(1))[0]?.action === 'head.told');
        for (let tries = 0; tries < 500 && !(await isTold()); tries += 1)
          await new Promise((resolve) => setTimeout(resolve, 20));
      });
      stop.abort();
      const { stderr } = await running;
      return stderr.split('\n').flatMap((line) => HEAD.exec(line)?.[1] ?? []);
    };
    const first = await heads({ OSS_NOW: '2026-11-24T10:00:00+09:00' });
    expect(first).toHaveLength(1);
    expect(validateOutput('oss.head/1', JSON.parse(first[0] ?? ''))).toEqual([]);
    expect(await heads({ OSS_NOW: '2026-11-24T23:50:00+09:00' })).toEqual([]);
    const file = join(env.OSS_HOME ?? '', 'head.json');
    writeFileSync(file, first[0] ?? '');
    expect((await desk.oss(['db', 'verify', '--head', file])).exitCode).toBe(0);
    const db = new Database(join(env.OSS_HOME ?? '', 'oss.db'));
    asIntruder(db, 'delete from events where position >= (select max(position) - 30 from events)');
    db.close();
    const cut = await desk.oss(['db', 'verify', '--head', file, '-o', 'json']);
    expect(cut.json()).toMatchObject({
      problems: expect.arrayContaining([expect.objectContaining({ problem: 'head' })]),
    });
  });
});

describe('a worker one of whose loops hangs', () => {
  it('says so and ends with 75, without waiting for what would hang at its end too', async () => {
    desk = await machineRoom(1, QUICK);
    const orderId = 'ORD-000042';
    const hung = new Refusal('WORKER_HANGS', { loop: 'order', orderId, seconds: 300 });
    const { exitCode, stderr } = await desk.open((services) =>
      runCli(['worker', '--lang', 'en'], {
        services: { ...services, saga: () => Promise.reject(hung), close: () => new Promise<void>(() => {}) },
      }),
    );
    expect([exitCode, stderr]).toEqual([
      75,
      expect.stringContaining('the worker hangs: a step of ORD-000042 gave no sign for 300 s'),
    ]);
  });
});
