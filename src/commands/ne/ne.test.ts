import { afterEach, describe, expect, it } from 'vitest';
import { inEveryFormat, machineRoom } from '../../testing/cli/machine.fixture.ts';
import { markedKey } from '../../testing/cli/marked-key.ts';
import { type Desk, MORNING } from '../../testing/cli/orders.fixture.ts';

const TECHNICIANS = new URL('../../../data/samples/technicians.csv', import.meta.url).pathname;

let desk: Desk;
afterEach(() => desk.close());

/** Something that no order asked for is switched on at the NE. */
const create = (name: string): Promise<void> =>
  desk.open(async (services) => {
    const { ne } = await services.saga();
    const key = await markedKey(services, name);
    const admission = await ne.admit();
    if (!admission.admitted) throw new Error(admission.cause.code);
    const service = {
      key,
      service: 'internet.hsi#1',
      spec: 'internet.hsi' as const,
      generation: 1,
      dependsOn: [],
      characteristics: [],
    };
    const request = { orderId: 'ORD-000001', service, idempotencyKey: key };
    const made = await ne.create(request, { permit: admission.permit, deadlineMs: 2_000 });
    expect(made.kind).toBe('confirmed');
  });

const terminate = (name: string): Promise<void> =>
  desk.open(async (services) => {
    const { ne } = await services.saga();
    const key = await markedKey(services, name);
    const leave = async () => {
      const admission = await ne.admit();
      if (!admission.admitted) throw new Error(admission.cause.code);
      return { permit: admission.permit, deadlineMs: 2_000 };
    };
    const found = await ne.find(key, await leave());
    if (found.kind !== 'found') throw new Error(found.kind);
    expect((await ne.revert(found.value.neId, { key, names: [] }, leave)).kind).toBe('confirmed');
  });

/** A name as this database makes it. */
const marked = (name: string): Promise<string> => desk.open((services) => markedKey(services, name));

describe('ne list', () => {
  it('shows each live service with its order', async () => {
    desk = await machineRoom(2);
    await create('somebody-else/7');
    const told = (await inEveryFormat(desk, ['ne', 'list'])) as { items: readonly object[] };
    expect(told.items).toHaveLength(5);
    expect(told.items[0]).toMatchObject({
      key: await marked('ORD-000001/access.gpon#1/1'),
      orderId: 'ORD-000001',
      stage: 'tm-queue',
      state: 'active',
    });
    expect(told.items[4]).toMatchObject({ orderId: null, stage: null });
    const cut = await desk.oss(['ne', 'list', '--limit', '2']);
    expect(cut.stdout).not.toContain('ORD-000002');
    expect(cut.stderr).toContain('2 shown, there are more');
  });

  it('is empty in an empty network', async () => {
    desk = await machineRoom();
    expect((await desk.oss(['ne', 'list'])).stdout).toContain('nothing is live in the NE');
    expect(await desk.json(['ne', 'list'])).toMatchObject({ items: [], nextCursor: null });
  });
});

describe('ne reconcile', () => {
  it('ends with 0 when the network is as the log says', async () => {
    desk = await machineRoom(2);
    expect(await inEveryFormat(desk, ['ne', 'reconcile'])).toMatchObject({ items: [] });
    const { stdout } = await desk.oss(['ne', 'reconcile']);
    expect(stdout).toContain('0 orphans');
    expect(stdout).toContain('4 live services against 2 orders, 0 appointments at the desk');
  });

  it('shows an orphan with exit 1, and fixes what turned up after its order was closed', async () => {
    desk = await machineRoom(0, { OSS_SIMULATE_FAULTS: 'no-idempotency@ne' });
    await desk.oss([
      'order',
      'new',
      '--name',
      '홍길동',
      '--phone',
      '010-1234-5678',
      '--address',
      'x',
      '--internet',
      '1',
    ]);
    await desk.oss(['order', 'cancel', '1', '--code', 'TEST', '-y']);
    await create('ORD-000001/internet.hsi#1/1');
    expect(await inEveryFormat(desk, ['ne', 'reconcile'], 1)).toMatchObject({
      items: [
        {
          kind: 'orphan',
          key: await marked('ORD-000001/internet.hsi#1/1'),
          stage: 'cancelled',
          state: 'open',
        },
      ],
    });
    const fixed = await desk.oss(['ne', 'reconcile', '--fix', '--json']);
    expect(fixed.exitCode).toBe(0);
    expect(fixed.json()).toMatchObject({ items: [{ kind: 'orphan', state: 'fixed' }] });
    expect((await desk.oss(['ne', 'reconcile'])).exitCode).toBe(0);
    const history = await desk.oss(['events', '1', '--json']);
    const { items } = history.json() as { items: readonly { type: string; actor: string; data: object }[] };
    expect(items.find(({ type }) => type === 'ServiceFound')).toMatchObject({
      actor: 'supervisor:lee',
      data: { how: 'reconcile' },
    });
    expect(items.filter(({ type }) => type === 'OrderClosed')).toHaveLength(2);
    expect(await desk.json(['status', '1'])).toMatchObject({ stage: 'cancelled' });
  });

  it('says what to do next: --fix only where it helps, a person where it does not', async () => {
    desk = await machineRoom(1);
    await create('ORD-000009/internet.hsi#1/1');
    const line = ['ne', 'reconcile'];
    const stranger = await desk.oss(line, { stderrTty: true });
    expect(stranger.exitCode).toBe(1);
    expect(stranger.stdout).toContain('by hand');
    expect(stranger.stderr).not.toContain('--fix');
    expect(stranger.stderr).toContain('what is "by hand" needs a person: compare it with oss events <order>');
  });

  it('shows the second appointment of a call, has it cancelled, and tells its story', async () => {
    desk = await machineRoom(0, { OSS_SIMULATE_FAULTS: 'duplicate@tm POST /appointment' });
    await desk.oss(['technician', 'import', TECHNICIANS]);
    const customer = ['--name', '왕상철', '--phone', '010-3126-6409'];
    const address = ['--address', '대전광역시 유성구 테크노중앙로 189'];
    await desk.oss(['order', 'new', ...customer, ...address, '--internet', '1']);
    const assigned = await desk.oss(['schedule', 'assign', '1', '--technician', 'auto', '--at', 'next']);
    expect(assigned.exitCode).toBe(0);
    const stray = { kind: 'stray-appointment', key: await marked('ORD-000001/call#1'), neId: null };
    expect(await inEveryFormat(desk, ['ne', 'reconcile'], 1)).toMatchObject({
      items: [{ ...stray, state: 'open', detail: 'APT-000002: the log knows APT-000001' }],
    });
    expect((await desk.oss(['ne', 'reconcile'])).stdout).toMatch(/stray appointment +ORD-000001\/call#1/);
    const fixed = await desk.oss(['ne', 'reconcile', '--fix', '--json']);
    expect([fixed.exitCode, fixed.json()]).toMatchObject([0, { items: [{ ...stray, state: 'fixed' }] }]);
    const { stdout } = await desk.oss(['ne', 'reconcile']);
    expect(stdout).toContain('1 appointment at the desk');
    const story = (await desk.oss(['events', '1'])).stdout;
    expect(story).toContain('the desk keeps another appointment of call 1: APT-000002');
    expect(story).toContain('the desk closed APT-000002 as cancelled');
  });

  it('holds an order whose service the network lost, makes nothing again, and tells of it everywhere', async () => {
    desk = await machineRoom(1);
    await terminate('ORD-000001/internet.hsi#1/1');
    const before = await desk.oss(['ne', 'reconcile', '--last'], { stderrTty: true });
    expect([before.exitCode, before.stderr]).toEqual([0, expect.stringContaining('never compared')]);
    const key = await marked('ORD-000001/internet.hsi#1/1');
    const lost = { kind: 'ghost', key, state: 'by-hand' };
    const fixed = await desk.oss(['ne', 'reconcile', '--fix', '--json']);
    expect([fixed.exitCode, fixed.json()]).toMatchObject([1, { items: [lost] }]);
    expect(await inEveryFormat(desk, ['ne', 'reconcile', '--last'], 1)).toMatchObject({ items: [lost] });
    expect(await desk.json(['status', '1'])).toMatchObject({
      stage: 'held',
      holds: [{ step: 'LostService', cause: 'NE_LOST_SERVICE' }],
    });
    expect(await inEveryFormat(desk, ['fallout', 'list'])).toMatchObject({
      items: [{ step: 'LostService', service: 'internet.hsi#1', cause: 'NE_LOST_SERVICE' }],
    });
    expect(await desk.json(['status'])).toMatchObject({ comparison: { complete: true, findings: 1 } });
    expect((await desk.oss(['status'])).stdout).toContain('1 difference to the log needs a person');
    expect((await desk.oss(['doctor'])).stdout).toMatch(
      /! warn +comparison .*1 difference is left to people/,
    );
    const done = ['fallout', 'done', '1', '--step', 'LostService', '--ne-id', 'NE-000002', '--reason', 'x'];
    expect((await desk.oss(done)).exitCode).toBe(0);
    expect((await desk.oss(['ne', 'reconcile', '--fix'])).exitCode).toBe(0);
    expect(await desk.json(['status', '1'])).toMatchObject({ stage: 'tm-queue', holds: [] });
    expect((await desk.oss(['doctor'])).stdout).toMatch(/✓ ok +comparison/);
  });

  it('switches off no more than its share before somebody says that it is so', async () => {
    desk = await machineRoom(0, { OSS_SIMULATE_FAULTS: 'no-idempotency@ne' });
    await desk.oss([
      'order',
      'new',
      '--name',
      '홍길동',
      '--phone',
      '010-1234-5678',
      '--address',
      'x',
      '--internet',
      '4',
    ]);
    await desk.oss(['order', 'cancel', '1', '--code', 'TEST', '-y']);
    for (const line of [1, 2, 3, 4]) await create(`ORD-000001/internet.hsi#${line}/1`);
    const items = (state: string) => Array(4).fill(expect.objectContaining({ kind: 'orphan', state }));
    const held = await desk.oss(['ne', 'reconcile', '--fix', '--json']);
    expect([held.exitCode, held.json()]).toMatchObject([1, { items: items('held-back') }]);
    expect(held.stderr).toContain('4 services are to be switched off, and only 3 are without asking');
    expect(held.stderr).toContain('oss ne reconcile --fix -y');
    const asked = await desk.oss(['ne', 'reconcile', '--fix'], { tty: true, answers: ['3'] });
    expect(asked.exitCode).toBe(1);
    const said = await desk.oss(['ne', 'reconcile', '--fix'], { tty: true, answers: ['4'] });
    expect(said.exitCode).toBe(0);
    expect((await desk.oss(['ne', 'reconcile'])).stdout).toContain('0 live services');
  });

  it('says when to come back while the NE is left alone', async () => {
    desk = await machineRoom(1);
    await desk.oss(['breaker', 'open', 'ne', '--for', '10m', '--reason', 'x']);
    const { exitCode, stderr } = await desk.oss(['ne', 'reconcile', '--json'], { now: MORNING });
    expect(exitCode).toBe(75);
    const { error } = JSON.parse(stderr) as { error: { code: string; retryAfterMs: number } };
    expect(error.code).toBe('PEER_UNAVAILABLE');
    expect(error.retryAfterMs).toBeGreaterThan(400_000);
  });
});
