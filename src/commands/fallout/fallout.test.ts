import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FieldHome, fieldHome } from '../../testing/cli/field.fixture.ts';
import { markedKey } from '../../testing/cli/marked-key.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';

const INTERNET = { internet: 1, tv: 0 };
const REFUSE = 'reject:PORT_FULL@/service';

let home: FieldHome;
beforeEach(async () => {
  home = await fieldHome({ OSS_ACTOR: 'noc:lee' });
});
afterEach(() => home.close());

const heldOrder = () => home.place(INTERNET, REFUSE);
const types = async (orderId: string): Promise<readonly string[]> =>
  (await home.events(orderId)).map(({ type }) => type);

/** A person sets the service up at the NE by hand; returns the NE's id of it. */
const setUpByHand = (name: string): Promise<string> =>
  home.withServices(async (services) => {
    const { ne } = await services.saga();
    const key = await markedKey(services, name);
    const admission = await ne.admit();
    if (!admission.admitted) throw new Error(admission.cause.code);
    const sending = { permit: admission.permit, deadlineMs: 5_000 };
    const [orderId = '', service = ''] = key.split('/');
    const plan = {
      service,
      spec: 'access.gpon',
      generation: 1,
      key,
      dependsOn: [],
      characteristics: [],
    } as const;
    const made = await ne.create({ orderId, service: plan, idempotencyKey: `${key}/by-hand` }, sending);
    if (made.kind !== 'confirmed') throw new Error(`the NE says ${made.kind}`);
    return made.value.neId;
  });

const switchOffByHand = (neId: string, name: string): Promise<void> =>
  home.withServices(async (services) => {
    const { ne } = await services.saga();
    const key = await markedKey(services, name);
    await ne.revert(neId, { key, names: [key] }, async () => {
      const admission = await ne.admit();
      if (!admission.admitted) throw new Error(admission.cause.code);
      return { permit: admission.permit, deadlineMs: 5_000 };
    });
  });

describe('fallout list', () => {
  it('is empty when nothing is held', async () => {
    const run = await home.oss(['fallout', 'list']);
    expect([run.exitCode, run.stdout]).toEqual([0, 'nothing is held: no order needs a person\n']);
    expect((await home.oss(['fallout', 'list', '--json'])).json()).toMatchObject({ items: [] });
  });

  it('lists each hold, and counts them by cause', async () => {
    const a = await heldOrder();
    const b = await heldOrder();
    const run = await home.oss(['fallout', 'list', '--json']);
    expect(validateOutput('oss.fallout/1', run.json())).toEqual([]);
    const { items } = run.json() as { items: { orderId: string }[] };
    expect(items.map((item) => item.orderId).sort()).toEqual([a, b]);
    expect(items[0]).toMatchObject({ step: 'ActivateService', service: 'access.gpon#1', cause: 'PORT_FULL' });
    const late = await home.oss(['fallout', 'list'], { env: { OSS_NOW: '2026-12-24T05:00:00Z' } });
    expect(late.stdout).toContain('! very late');
    expect(items[0]).toMatchObject({ late: null });
    const causes = await home.oss(['fallout', 'list', '--by', 'cause', '--json']);
    expect(validateOutput('oss.fallout-causes/1', causes.json())).toEqual([]);
    expect(causes.json()).toMatchObject({ items: [{ cause: 'PORT_FULL', orders: 2 }] });
    expect((await home.oss(['fallout', 'list', '--cause', 'OTHER', '-o', 'id'])).stdout).toBe('');
    expect(
      (await home.oss(['fallout', 'list', '--cause', 'port_full', '-o', 'id'])).stdout.split('\n'),
    ).toHaveLength(3);
    expect((await home.oss(['fallout', 'list'], { columns: 50 })).stdout).toMatch(/^CAUSE +PORT_FULL$/m);
    expect((await home.oss(['fallout', 'list', '--lang', 'ko'])).stdout).toContain('원인');
  });
});

describe('fallout show', () => {
  it('says what happened, and what to do', async () => {
    const orderId = await heldOrder();
    const run = await home.oss(['fallout', 'show', orderId]);
    expect(run.stdout).toContain('PORT_FULL');
    expect(run.stdout).toContain(
      `oss fallout retry ${orderId} --step ActivateService --service access.gpon#1`,
    );
    const json = await home.oss(['fallout', 'show', orderId, '--json']);
    expect(validateOutput('oss.fallout-order/1', json.json())).toEqual([]);
    expect(json.json()).toMatchObject({
      holds: [{ proof: 'refused', wanted: true, tries: 1, actions: ['retry', 'done', 'cancel'] }],
    });
    const free = await home.place(INTERNET);
    expect((await home.oss(['fallout', 'show', free])).stdout).toContain('nothing holds this order');
    expect((await home.oss(['fallout', 'show', '999'])).exitCode).toBe(3);
  });
});

describe('fallout retry', () => {
  it('tries again with a new suffix and the same name, and goes on', async () => {
    const orderId = await heldOrder();
    const run = await home.oss(['fallout', 'retry', orderId, '--reason', 'new line card', '--json']);
    expect(validateOutput('oss.results/1', run.json())).toEqual([]);
    expect(run.json()).toMatchObject({ items: [{ orderId, status: 'done' }] });
    const events = await home.events(orderId);
    const requests = events.flatMap((event) => (event.type === 'ServiceRequested' ? [event.data] : []));
    const [first, second] = requests.filter(({ key }) => key.includes('access.gpon'));
    expect([first?.attempt, second?.attempt, second?.key]).toEqual([0, 1, first?.key]);
    expect(events.map(({ type }) => type)).toContain('SchedulingRequested');
    expect(JSON.stringify(events)).not.toContain('new line card');
    const again = await home.oss(['fallout', 'retry', orderId, '--json']);
    expect([again.exitCode, again.json()]).toMatchObject([0, { items: [{ status: 'already' }] }]);
  });

  it('says so when it is held again', async () => {
    const faults = 'reject:NO_AREA@tm POST /searchTimeSlot';
    const orderId = await home.place(INTERNET, faults);
    const run = await home.oss(['fallout', 'retry', orderId], { env: { OSS_SIMULATE_FAULTS: faults } });
    expect([run.exitCode, run.stdout]).toEqual([0, expect.stringContaining('held again: NO_AREA')]);
  });

  it('says what becomes of a service that may be refused again, once that is looked up', async () => {
    const orderId = await heldOrder();
    const run = await home.oss(['fallout', 'retry', orderId], { env: { OSS_SIMULATE_FAULTS: REFUSE } });
    expect([run.exitCode, run.stdout]).toEqual([0, expect.stringContaining('was tried again: activating')]);
    const later = { OSS_NOW: '2026-11-24T00:15:00.000Z' };
    await home.oss(['worker', '--drain'], { env: later });
    const held = await home.oss(['fallout', 'list'], { env: later });
    expect(held.stdout).toContain('PORT_FULL');
  });

  it('takes every order of a cause and step, and leaves their steps to a worker', async () => {
    const a = await heldOrder();
    const b = await heldOrder();
    const dry = await home.oss(['fallout', 'retry', '--step', 'ActivateService', '--dry-run']);
    expect([dry.exitCode, dry.stderr]).toEqual([0, expect.stringContaining('dry run')]);
    expect(await types(a)).not.toContain('HoldReleased');
    const run = await home.oss(['fallout', 'retry', '--cause', 'PORT_FULL', '--step', 'ActivateService']);
    expect([run.exitCode, run.stderr]).toEqual([0, expect.stringContaining('worker --drain')]);
    for (const orderId of [a, b]) expect((await types(orderId)).at(-1)).toBe('HoldReleased');
    const none = await home.oss(['fallout', 'retry', '--cause', 'PORT_FULL']);
    expect([none.exitCode, none.stdout]).toEqual([0, 'no order is held like that\n']);
  });

  it('wants to know which, and refuses an order that is not held', async () => {
    expect((await home.oss(['fallout', 'retry'])).exitCode).toBe(2);
    expect((await home.oss(['fallout', 'retry', '--step', 'Nothing'])).exitCode).toBe(2);
    const free = await home.place(INTERNET);
    const held = await heldOrder();
    expect((await home.oss(['fallout', 'retry', free])).exitCode).toBe(3);
    const some = await home.oss(['fallout', 'retry', free, held, '--json']);
    expect([some.exitCode, some.json()]).toMatchObject([
      7,
      { items: [{ status: 'failed', code: 'HOLD_NOT_FOUND' }, { status: 'done' }] },
    ]);
  });
});

describe('fallout done', () => {
  const done = (orderId: string, neId: string, ...more: string[]) =>
    home.oss([
      ...['fallout', 'done', orderId, '--step', 'ActivateService'],
      ...['--ne-id', neId, '--reason', 'set up by hand', ...more],
    ]);

  it('is recorded when the NE says the same, and the order goes on', async () => {
    const orderId = await heldOrder();
    const neId = await setUpByHand(`${orderId}/access.gpon#1/1`);
    const run = await done(orderId, neId, '--json');
    expect([run.exitCode, run.stderr]).toEqual([0, '']);
    expect(validateOutput('oss.order/1', run.json())).toEqual([]);
    const events = await home.events(orderId);
    const found = events.find(({ type }) => type === 'ServiceFound');
    expect(found).toMatchObject({ actor: 'noc:lee', data: { neId, how: 'by-hand' } });
    expect(events.filter(({ type }) => type === 'HoldReleased')).toMatchObject([
      { data: { action: 'done' } },
    ]);
    expect(events.map(({ type }) => type)).toContain('ActivationCompleted');
    const again = await done(orderId, neId);
    expect([again.exitCode, again.stderr]).toEqual([0, expect.stringContaining('done before')]);
  });

  it('is refused when the NE knows nothing of it, or it is another service', async () => {
    const orderId = await heldOrder();
    const before = await types(orderId);
    const other = await setUpByHand('ORD-000900/access.gpon#1/1');
    expect((await done(orderId, 'NE-999999')).exitCode).toBe(1);
    const wrong = await done(orderId, other);
    expect([wrong.exitCode, wrong.stderr]).toEqual([
      1,
      expect.stringMatching(/ORD-000900@[0-9a-z]{8}\/access\.gpon#1\/1/),
    ]);
    // Who sets it up by hand reads the name that it must have.
    const { stdout } = await home.oss(['fallout', 'show', orderId]);
    expect(stdout).toMatch(new RegExp(`Name at NE +${orderId}@[0-9a-z]{8}/access\\.gpon#1/1`));
    expect(await types(orderId)).toEqual(before);
    // The lease is free again.
    expect((await home.oss(['fallout', 'retry', orderId])).stdout).toContain('waiting for a call');
  });

  it('asks nothing of the NE in a dry run', async () => {
    const orderId = await heldOrder();
    const run = await done(orderId, 'NE-999999', '--dry-run');
    expect([run.exitCode, run.stderr]).toEqual([0, expect.stringContaining('would be checked')]);
  });

  it('is to be tried later while the NE does not answer', async () => {
    const orderId = await heldOrder();
    const run = await home.oss(
      ['fallout', 'done', orderId, '--step', 'ActivateService', '--ne-id', 'NE-1', '--reason', 'x'],
      { env: { OSS_SIMULATE_FAULTS: 'refuse@ne' } },
    );
    expect([run.exitCode, run.stderr]).toEqual([75, expect.stringContaining('not available now')]);
    expect(await types(orderId)).not.toContain('HoldReleased');
  });

  it('wants the id of a service, the step that holds, and a reason', async () => {
    const orderId = await heldOrder();
    const call = (...more: string[]) => home.oss(['fallout', 'done', orderId, ...more]);
    const nothing = await call();
    expect([nothing.exitCode, nothing.stderr]).toEqual([2, expect.stringMatching(/--step.*--reason/)]);
    expect((await call('--step', 'ActivateService', '--reason', 'x')).exitCode).toBe(2);
    expect((await call('--step', 'RevertService', '--ne-id', 'NE-1', '--reason', 'x')).exitCode).toBe(3);
  });

  it('ends the hold of a visit without asking the NE', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    await home.oss(['field', 'revisit', orderId, '--code', 'NETWORK_FAULT', '--actor', 'technician:T-01']);
    const run = await home.oss([
      'fallout',
      'done',
      orderId,
      '--step',
      'FieldVisit',
      '--reason',
      'splitter replaced',
      '--json',
    ]);
    expect([run.exitCode, run.json()]).toMatchObject([0, { stage: 'tm-queue', holds: [] }]);
  });

  it('ends the holds of many visits after one repair, named or from a list', async () => {
    const ids = [await home.scheduled('2026-11-24T10:00'), await home.scheduled('2026-11-24T13:00')];
    for (const id of ids) {
      await home.oss(['field', 'revisit', id, '--code', 'NETWORK_FAULT', '--actor', 'technician:T-01']);
    }
    const [first = ''] = ids;
    const fresh = await home.scheduled('2026-11-24T15:00');
    const done = ['fallout', 'done', '--step', 'FieldVisit', '--reason', 'line repaired'];
    expect((await home.oss([...done, ...ids, '--ne-id', 'NE-000001'])).exitCode).toBe(2);
    const dry = await home.oss([...done, ...ids, '--dry-run', '--json']);
    expect(dry.json()).toMatchObject({ items: [{ status: 'done' }, { status: 'done' }] });
    const some = await home.oss([...done, first, fresh, '--json']);
    expect(validateOutput('oss.results/1', some.json())).toEqual([]);
    expect([some.exitCode, some.json()]).toMatchObject([
      7,
      { items: [{ status: 'done' }, { status: 'failed', code: 'HOLD_NOT_FOUND' }] },
    ]);
    const all = await home.oss([...done, '-', '--json'], { stdin: `${ids.join('\n')}\n` });
    expect([all.exitCode, all.json()]).toMatchObject([
      0,
      { items: [{ status: 'already' }, { status: 'done' }] },
    ]);
    expect((await home.oss(['fallout', 'list', '-o', 'id'])).stdout).toBe('');
  });

  it('takes a service that was switched off by hand, and the cancelled order closes', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00', { lines: INTERNET });
    const cancel = ['order', 'cancel', orderId, '--code', 'TEST', '-y', '--actor', 'supervisor:kim'];
    await home.oss(cancel, { env: { OSS_SIMULATE_FAULTS: 'reject:LOCKED@PATCH' } });
    const shown = (await home.oss(['fallout', 'show', orderId, '--json'])).json() as {
      holds: { service: string; neId: string; cause: string }[];
    };
    const held = shown.holds.find(({ service }) => service === 'internet.hsi#1');
    expect(held).toMatchObject({ cause: 'LOCKED' });
    const line = [
      ...['fallout', 'done', orderId, '--step', 'RevertService', '--service', 'internet.hsi#1'],
      ...['--ne-id', held?.neId ?? '', '--reason', 'removed by the NOC'],
    ];
    const tooSoon = await home.oss(line);
    expect([tooSoon.exitCode, tooSoon.stderr]).toEqual([1, expect.stringContaining('still active')]);
    await switchOffByHand(held?.neId ?? '', `${orderId}/internet.hsi#1/1`);
    expect((await home.oss(line)).exitCode).toBe(0);
    const events = await home.events(orderId);
    const reverted = events.flatMap((event) => (event.type === 'ServiceReverted' ? [event.data] : []));
    expect(reverted).toMatchObject([{ how: 'by-hand' }, { how: 'reverted' }]);
    expect(events.map(({ type }) => type)).toContain('ActivationCancelled');
    const left = (await home.oss(['fallout', 'list', '--json'])).json();
    expect(left).toMatchObject({ items: [] });
  });

  it('leaves unproven what nobody can look up, by a supervisor alone, and shows it', async () => {
    const placed = ['order', 'new', '--name', '김하늘', '--phone', '010-2345-6789', '--address', 'x'];
    const blind = { OSS_SIMULATE_FAULTS: 'reset-after:1@POST /service,no-lookup@ne' };
    const made = await home.oss([...placed, '--internet', '1', '--json', '--actor', 'cs:lee'], {
      env: blind,
    });
    const { orderId } = made.json() as { orderId: string };
    const supervisor = ['--actor', 'supervisor:kim'];
    await home.oss(['order', 'cancel', orderId, '--code', 'TEST', '-y', ...supervisor], { env: blind });
    // So much later nothing can come of the request any more.
    const later = { OSS_NOW: '2026-11-24T20:00:00+09:00' };
    const laterBlind = { env: { ...later, OSS_SIMULATE_FAULTS: 'no-lookup@ne' } };
    await home.oss(['worker', '--drain', '--wait', '10ms'], laterBlind);
    const shown = await home.oss(['fallout', 'show', orderId]);
    expect(shown.stdout).toContain(`oss fallout waive ${orderId} --step CheckService`);
    const line = ['fallout', 'waive', orderId, '--step', 'CheckService', '--reason', 'scrapped'];
    const denied = await home.oss([...line, '-y', '--actor', 'noc:lee'], laterBlind);
    expect(denied.exitCode).toBe(5);
    const dry = await home.oss([...line, '--dry-run', '--json', ...supervisor], laterBlind);
    expect([dry.exitCode, dry.json()]).toMatchObject([0, { unproven: ['access.gpon#1'] }]);
    const early = await home.oss([...line, '-y', ...supervisor]);
    expect([early.exitCode, early.stderr]).toEqual([4, expect.stringContaining('can still be proven')]);
    expect((await home.oss([...line, ...supervisor], laterBlind)).exitCode).toBe(2);
    const no = await home.oss([...line, ...supervisor], { ...laterBlind, tty: true, answers: [false] });
    expect(no.exitCode).toBe(6);
    const waived = await home.oss([...line, '-y', ...supervisor, '--json'], laterBlind);
    expect(validateOutput('oss.order/1', waived.json())).toEqual([]);
    expect(waived.json()).toMatchObject({ stage: 'cancelled', unproven: ['access.gpon#1'] });
    expect((await home.oss(['status', orderId])).stdout).toMatch(
      /Unproven +access\.gpon#1: nobody can prove/,
    );
    const again = await home.oss([...line, '-y', ...supervisor], { ...laterBlind, tty: true });
    expect([again.exitCode, again.stderr]).toEqual([0, expect.stringContaining('it was waived before')]);
    // The network can be looked up again: what is on there is found, and the order undone.
    const found = await home.oss(['ne', 'reconcile', '--fix', '--json', ...supervisor], { env: later });
    expect(found.json()).toMatchObject({ items: [{ kind: 'orphan', state: 'fixed' }] });
    expect((await home.oss(['status', orderId, '--json'])).json()).toMatchObject({
      stage: 'cancelled',
      unproven: [],
    });
  });

  it('tries a refused revert again at once, whatever its backoff', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00', { lines: INTERNET });
    const cancel = ['order', 'cancel', orderId, '--code', 'TEST', '-y', '--actor', 'supervisor:kim'];
    await home.oss(cancel, { env: { OSS_SIMULATE_FAULTS: 'reject:LOCKED@PATCH' } });
    expect(await types(orderId)).not.toContain('ServiceReverted');
    await home.oss(['fallout', 'retry', orderId]);
    expect((await types(orderId)).filter((type) => type === 'ServiceReverted')).toHaveLength(2);
    expect((await home.oss(['fallout', 'show', orderId])).stdout).toContain('nothing holds this order');
  });
});

describe('what people read of a hold', () => {
  it('explains a code of the network, in both languages', async () => {
    const orderId = await home.place(INTERNET, 'reject:NO_PORT@/service');
    const { stdout } = await home.oss(['fallout', 'show', orderId]);
    expect(stdout).toContain('every port that serves this address is taken');
    expect((await home.oss(['fallout', 'show', orderId, '--lang', 'ko'])).stdout).toContain(
      '포트가 모두 찼습니다',
    );
  });

  it('lists only those that are late when they alone are asked for', async () => {
    const orderId = await heldOrder();
    expect((await home.oss(['fallout', 'list', '--late', '-o', 'id'])).stdout).toBe('');
    const later = { OSS_NOW: '2026-11-27T00:00:00.000Z' };
    const late = await home.oss(['fallout', 'list', '--late', '-o', 'id'], { env: later });
    expect(late.stdout.trim()).toBe(orderId);
  });
});
