import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LEASE_MS } from '../core/app/due/lease.ts';
import { runOrder } from '../core/app/engine/order-loop.ts';
import { type DeskHome, deskHome } from '../testing/cli/desk.fixture.ts';
import { validateOutput } from '../testing/cli/validate-output.ts';

let desk: DeskHome;
beforeEach(async () => {
  desk = await deskHome();
});
afterEach(() => desk.close());

const NEW = [
  ...['order', 'new', '--name', '정하은', '--phone', '010-5577-8157', '--duplicate-ok'],
  ...['--address', '경기도 성남시 분당구 황새울로 117', '--internet', '1'],
];

/** An order that the network refused a quarter of an hour ago, which has been looked up since. */
const refuse = async (): Promise<void> => {
  const earlier = '2026-11-23T23:45:00.000Z';
  const faults = 'reject:NO_PORT@POST /service internet.hsi';
  const placed = await desk.oss([...NEW, '-o', 'id'], {
    env: { OSS_SIMULATE_FAULTS: faults, OSS_NOW: earlier },
  });
  await desk.withServices(async (services) => {
    const deps = await services.saga();
    const claim = await deps.store.write((tx) =>
      tx.work.claimOne(placed.stdout.trim(), {
        now: deps.clock.now(),
        owner: deps.processes.self,
        leaseMs: LEASE_MS,
      }),
    );
    if (claim === null) throw new Error(`${placed.stdout} is worked on by another`);
    await runOrder(deps, claim);
  });
};

describe('a step that a retry made due at once', () => {
  it('is due now, not in 1970', async () => {
    for (let i = 0; i < 2; i += 1) await refuse();
    // Of two the rest is the worker's: it stays due.
    await desk.oss('fallout retry --cause NO_PORT');
    const later = { env: { OSS_NOW: '2026-11-24T00:05:00.000Z' } };
    const shown = await desk.oss('fallout show 1', later);
    const order = await desk.oss('order show 1', later);
    for (const { stdout } of [shown, order]) expect(stdout).not.toContain('1970');
    expect(shown.stdout).toMatch(/(?:network|NE).*, now/);
    const { work } = (await desk.oss('fallout show 1 --json')).json() as { work: { due: string }[] };
    expect(work.map(({ due }) => due.slice(0, 10))).toEqual(['2026-11-24']);
    expect((await desk.oss('worker status --json')).stdout).not.toContain('1970');
  });
});

describe('doctor', () => {
  it('wants a worker for what waits to be tried again', async () => {
    await desk.oss(NEW, { env: { OSS_SIMULATE_FAULTS: 'refuse@ne' } });
    const { stdout } = await desk.oss('doctor');
    expect(stdout).toContain('1 order, ');
    expect(stdout).toMatch(/! warn +worker +none running, and 1 order waits to be tried again/);
    expect(stdout).not.toContain('nothing is due');
  });
});

describe('the overview', () => {
  it('lists by stage what is open, so that it adds up', async () => {
    const ids = [await desk.place(), await desk.place(), await desk.place()];
    await desk.oss(`order cancel ${ids[0]} --code TEST -y`);
    const { stdout } = await desk.oss('status');
    expect(stdout).toMatch(/Open orders +2\nBy stage +waiting for a call 2\n/);
    const overview = (await desk.oss('status --json')).json();
    expect(validateOutput('oss.overview/1', overview)).toEqual([]);
    expect(overview).toMatchObject({
      open: 2,
      openByStage: { 'tm-queue': 2 },
      byStage: { 'tm-queue': 2, cancelled: 1 },
    });
    const { openByStage } = overview as { openByStage: object };
    expect(openByStage).not.toHaveProperty('cancelled');
  });

  it('leads from what is in doubt to a list of it', async () => {
    await desk.place();
    await desk.oss(NEW, {
      env: { OSS_SIMULATE_FAULTS: '500-before@POST /service', OSS_INLINE_MAX_MS: '1000' },
    });
    const { stdout, stderr } = await desk.oss('status', { tty: true });
    expect(stdout).toContain('1 order has a service that must be looked up');
    expect(stderr).toContain('oss order list --in-doubt');
    expect((await desk.oss('order list --in-doubt -o id')).stdout).toBe('ORD-000002\n');
  });
});

describe('what is offered', () => {
  it('is no plan where nobody waits', async () => {
    expect((await desk.oss('schedule queue', { tty: true })).stderr).not.toContain('schedule plan');
    await desk.place();
    const { stdout, stderr } = await desk.oss('schedule queue', { tty: true });
    expect([stdout, stderr]).toEqual([
      expect.stringContaining('ORD-000001'),
      expect.stringContaining('schedule plan'),
    ]);
  });

  it.each([
    ['schedule call', ['ORD-000001', 'ORD-000002']],
    ['schedule assign', ['ORD-000001', 'ORD-000002']],
    ['schedule unassign', ['ORD-000002']],
    ['schedule move', ['ORD-000003']],
    ['fallout show', ['ORD-000004']],
    ['field correct', ['ORD-000005']],
  ])('by %s are the orders that it can change', async (command, offered) => {
    for (let i = 0; i < 3; i += 1) await desk.place();
    await desk.oss('schedule assign 2 --no-call');
    await desk.oss([
      'schedule',
      'assign',
      '3',
      '--technician',
      'T-01',
      '--at',
      '2026-11-24 15:00',
      '--agreed',
    ]);
    await refuse();
    await desk.place();
    await desk.oss([
      'schedule',
      'assign',
      '5',
      '--technician',
      'T-02',
      '--at',
      '2026-11-24 15:00',
      '--agreed',
    ]);
    const evidence = ['--ont', 'ABCD12345678', '--rx', '-18.5', '--signed-by', '정하은'];
    await desk.oss(['field', 'complete', '5', ...evidence]);
    // A choice that is not there: the test's prompts tell which ones are.
    const asked = desk.oss(command, { tty: true, answers: ['nothing that is offered'] });
    const told = await asked.then(
      () => '',
      (error: unknown) => String(error),
    );
    expect(told.match(/ORD-\d{6}(?= {2})/g)?.sort()).toEqual(offered);
  });
});

describe('English texts', () => {
  it('never put a number before a noun by hand', () => {
    const folder = fileURLToPath(new URL('../texts/en', import.meta.url));
    const nouns =
      'orders|events|services|steps|rows|visits|appointments|failures|lines|problems|technicians|suspicions';
    const byHand = new RegExp(`\\$\\{(?!program)[^}]*\\} (${nouns})\\b(?!/s)`);
    const found = readdirSync(folder).flatMap((name) =>
      readFileSync(`${folder}/${name}`, 'utf8')
        .split('\n')
        .filter((line) => byHand.test(line) && !line.includes('=== 1 ?')),
    );
    expect(found).toEqual([]);
  });
});
