import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyReplan } from '../../core/app/desk/apply-replan.ts';
import { planQueue } from '../../core/app/desk/plan-queue.ts';
import { iso, ms } from '../../core/time/iso.ts';
import type { Slot } from '../../core/time/slot.ts';
import { MINUTE_MS } from '../../core/time/units.ts';
import { type DeskHome, deskHome, technician } from '../../testing/cli/desk.fixture.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';

/** Customers are told two hours. */
const WINDOW = { OSS_VISITS_WINDOW_MINUTES: '120', OSS_TZ: 'Asia/Seoul' };
const at = (local: string) => ({ env: { ...WINDOW, OSS_NOW: `${local}:00+09:00` } });
const NOW = at('2026-11-24T16:00');

const seoul = (local: string): string => iso(ms(`${local}:00+09:00`));
const hour = (local: string): Slot => ({
  start: seoul(local),
  end: iso(ms(seoul(local)) + 60 * MINUTE_MS),
});

let desk: DeskHome;
afterEach(() => desk.close());

const assign = (id: string, when: string, who = 'T-01') =>
  desk.oss(['schedule', 'assign', id, '--technician', who, '--at', when], at('2026-11-24T10:00'));

/** A visit that the customer has agreed to: between that time and two hours later. */
const agreedAt = async (when: string): Promise<string> => {
  const id = await desk.place();
  await assign(id, when);
  await desk.oss('worker --drain', at('2026-11-24T15:00'));
  expect((await desk.types(id)).at(-1)).toBe('Scheduled');
  return id;
};

/** This visit at that time, whatever a planner would think of it; `meanwhile` comes between the plan and its write. */
const shift = async (id: string, to: Slot, meanwhile: () => Promise<unknown> = async () => {}) => {
  const view = await desk.withServices(async (services) =>
    (await services.store('read')).read((tx) => tx.views.get(id)),
  );
  if (view === null || view.visit === null) throw new Error(`${id} has no visit`);
  const { start, end, technicianId, window = null } = view.visit;
  const from = { technicianId, slot: { start, end }, promised: window };
  const planned = { orderId: id, version: view.version, slot: to, technicianId, reasons: [], from };
  const rest = { area: '분당구', isLate: false, technicianName: '' };
  await meanwhile();
  return desk.withServices(async (services) =>
    applyReplan(await services.saga(), [{ ...planned, ...rest }], { dryRun: false }),
  );
};

describe('schedule plan --replan', () => {
  beforeEach(async () => {
    desk = await deskHome([technician('T-01')]);
  });

  it('says when there is nothing to move', async () => {
    expect(await desk.oss('schedule plan --replan', NOW)).toMatchObject({
      exitCode: 0,
      stdout: 'nothing to move: every visit is best where it is, and nobody waits for one\n',
    });
    const id = await agreedAt('2026-11-26 10:00');
    const { json, exitCode } = await desk.oss('schedule plan --replan --json -y', NOW);
    expect([exitCode, json()]).toMatchObject([0, { items: [], stays: 1 }]);
    expect(await desk.types(id)).not.toContain('VisitRetimed');
  });

  it('is not for another world', async () => {
    const { exitCode, stderr } = await desk.oss('schedule plan --replan --travel 10', NOW);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--replan')]);
  });

  it('shifts an agreed visit inside its window, where that gives another order a place', async () => {
    await desk.close();
    // From nine to twelve; a visit at ten leaves no room for another beside it and the ways.
    desk = await deskHome([technician('T-01', { hours: { 4: { from: 540, to: 720 } } })]);
    const id = await agreedAt('2026-11-26 10:00');
    const next = await desk.place();
    const line = 'schedule plan --date 2026-11-26';
    expect((await desk.oss(`${line} --json`, NOW)).json()).toMatchObject({
      items: [{ orderId: next, status: 'unplaced' }],
    });
    const preview = await desk.oss(`${line} --replan --json`, NOW);
    expect(validateOutput('oss.plan/1', preview.json())).toEqual([]);
    const moved = {
      orderId: id,
      stood: 'agreed',
      fromStart: seoul('2026-11-26T10:00'),
      fromTechnicianId: 'T-01',
    };
    expect(preview.json()).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ ...moved, status: 'planned', technicianId: 'T-01' }),
        expect.objectContaining({ orderId: next, status: 'planned', stood: 'none', fromStart: null }),
      ]),
    });
    expect(preview.stderr).toContain('nothing has moved yet');
    const dry = await desk.oss(`${line} --replan -y --dry-run --json`, NOW);
    expect(dry.json()).toMatchObject({ items: [{ status: 'planned' }, { status: 'planned' }] });
    expect(await desk.types(id)).not.toContain('VisitRetimed');

    const calls = (await desk.types(id)).filter((type) => type === 'CallRequested').length;
    const done = await desk.oss(`${line} --replan -y --json`, NOW);
    expect(done.exitCode).toBe(0);
    expect(done.json()).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ ...moved, status: 'retimed' }),
        expect.objectContaining({ orderId: next, status: 'held' }),
      ]),
    });
    expect((await desk.types(id)).at(-1)).toBe('VisitRetimed');
    expect((await desk.types(id)).filter((type) => type === 'CallRequested')).toHaveLength(calls);
    const start = (done.json() as { items: { orderId: string; start: string }[] }).items.find(
      ({ orderId }) => orderId === id,
    )?.start;
    const { json } = await desk.oss(['order', 'show', id, '--json'], NOW);
    expect(json()).toMatchObject({
      stage: 'scheduled',
      visit: { start, window: { start: seoul('2026-11-26T10:00'), end: seoul('2026-11-26T12:00') } },
    });
    expect(await desk.calendar()).toHaveLength(2);
    const korean = await desk.oss(['events', id, '--lang', 'ko'], NOW);
    expect(korean.stdout).toContain('약속한 도착 시간 안에서 방문 시각 조정');
  });

  it('every screen has the new start; the desk still keeps what was agreed, which is no move', async () => {
    const id = await agreedAt('2026-11-26 10:00');
    expect(await shift(id, hour('2026-11-26T11:30'))).toMatchObject([{ kind: 'held' }]);
    const shown = hour('2026-11-26T11:30');
    expect(await desk.calendar()).toMatchObject([{ slot: shown }]);
    expect((await desk.oss('schedule board --date 2026-11-26', NOW)).stdout).toContain('11:30');
    const board = await desk.oss('schedule board --date 2026-11-26 --json', NOW);
    expect(JSON.stringify(board.json())).toContain(shown.start);
    await desk.oss('tm reconcile --fix', NOW);
    await desk.oss('worker --drain', at('2026-11-25T12:00'));
    const types = await desk.types(id);
    expect(types).not.toContain('AppointmentMovedByDesk');
    expect(types.at(-1)).toBe('FieldWorkDispatched');
    expect(await desk.calendar()).toMatchObject([{ slot: shown }]);
    // The dispatcher goes by the plan, the subscriber and the figure by the promise.
    const status = async (now: string) => (await desk.oss(['status', id, '--json'], at(now))).json();
    expect(await status('2026-11-26T11:44')).toMatchObject({ late: null });
    expect(await status('2026-11-26T11:46')).toMatchObject({ late: { what: 'not-started' } });
    const mine = ['mypage', id, '--phone-last4', '8157', '--json'];
    expect((await desk.oss(mine, at('2026-11-26T12:14'))).json()).toMatchObject({ arrival: 'coming' });
    expect((await desk.oss(mine, at('2026-11-26T12:16'))).json()).toMatchObject({ arrival: 'late' });
    const evidence = ['--ont', 'HWTC12345678', '--rx', '-18.5', '--signed-by', 'Kim'];
    await desk.oss(['field', 'complete', id, ...evidence, '-y'], at('2026-11-26T12:50'));
    // A visit that began at the end of the window would end at 13:00.
    expect((await desk.oss('report --json', at('2026-11-26T13:00'))).json()).toMatchObject({
      promiseKept: { n: 1, of: 1 },
    });
  });

  it.each([
    ['ILLEGAL_IN_STAGE', 'dispatched', ['worker', '--drain'], '2026-11-25T12:00'],
    [
      'STALE_VERSION',
      'moved',
      [
        'schedule',
        'move',
        'ID',
        '--at',
        '2026-11-27 10:00',
        '--agreed',
        '--code',
        'CUSTOMER_RESCHEDULE',
        '-y',
      ],
      '2026-11-24T16:00',
    ],
    [
      'ALREADY_FINAL',
      'cancelled',
      ['order', 'cancel', 'ID', '--code', 'CUSTOMER_CHANGED_MIND', '-y'],
      '2026-11-24T16:00',
    ],
    ['STALE_VERSION', 'shifted by somebody else', [], '2026-11-24T16:00'],
  ])('leaves alone, with %s, what was %s meanwhile', async (code, _what, words, when) => {
    const id = await agreedAt('2026-11-26 10:00');
    const line = words.map((word) => (word === 'ID' ? id : word));
    const meanwhile = () =>
      line.length === 0 ? shift(id, hour('2026-11-26T10:30')) : desk.oss(line, at(when));
    expect(await shift(id, hour('2026-11-26T11:00'), meanwhile)).toMatchObject([
      { kind: 'refused', refusal: { code } },
    ]);
    const moved = (await desk.events(id)).filter(({ type }) => type === 'VisitRetimed');
    expect(moved).toHaveLength(line.length === 0 ? 1 : 0);
  });

  it('never leaves the window, or the hours of the technician', async () => {
    const id = await agreedAt('2026-11-26 16:30');
    expect(await shift(id, hour('2026-11-26T18:35'))).toMatchObject([
      { kind: 'refused', refusal: { code: 'OUTSIDE_WINDOW' } },
    ]);
    expect(await shift(id, hour('2026-11-26T17:30'))).toMatchObject([
      { kind: 'refused', refusal: { code: 'HARD_RULE', detail: { rules: ['HOURS'] } } },
    ]);
    expect(await desk.types(id)).not.toContain('VisitRetimed');
  });

  it('lists as failed what changed between the plan and the write', async () => {
    const [a, b] = [await desk.place(), await desk.place()];
    await desk.oss('schedule plan -y', NOW);
    await desk.withServices(async (services) => {
      const deps = await services.saga();
      const held = await deps.store.read((tx) => tx.calendar.between('2000-01-01', '2100-01-01'));
      const planned = await Promise.all(
        [a, b].map(async (orderId, i) => {
          const own = held.find((one) => one.orderId === orderId);
          const other = held.find((one) => one.orderId !== orderId);
          const version = (await deps.store.read((tx) => tx.views.get(orderId)))?.version ?? 0;
          if (own === undefined || other === undefined) throw new Error('both are held');
          return {
            orderId,
            version: i === 0 ? version : version - 1,
            slot: other.slot,
            technicianId: other.technicianId,
            reasons: [],
            from: { technicianId: own.technicianId, slot: own.slot, promised: null },
            area: '분당구',
            isLate: false,
            technicianName: '',
          };
        }),
      );
      const result = await applyReplan(deps, planned, { dryRun: false });
      // Who wants the time of the other, who stays, stays too.
      expect(result).toMatchObject([
        { kind: 'refused', refusal: { code: 'SLOT_TAKEN' } },
        { kind: 'refused', refusal: { code: 'STALE_VERSION' } },
      ]);
      const swap = planned.map((one, i) => ({ ...one, version: i === 0 ? one.version : one.version + 1 }));
      expect(await applyReplan(deps, swap, { dryRun: true })).toMatchObject([
        { kind: 'held' },
        { kind: 'held' },
      ]);
      expect(await deps.store.read((tx) => tx.calendar.between('2000-01-01', '2100-01-01'))).toEqual(held);
      expect(await applyReplan(deps, swap, { dryRun: false })).toMatchObject([
        { kind: 'held' },
        { kind: 'held' },
      ]);
      const after = await deps.store.read((tx) => tx.calendar.between('2000-01-01', '2100-01-01'));
      for (const one of swap) {
        expect(after.find(({ orderId }) => orderId === one.orderId)?.slot).toEqual(one.slot);
      }
    });
    expect((await desk.types(a)).slice(-2)).toEqual(['VisitReleased', 'VisitProposed']);
  });

  it('leaves what a person chose where it is', async () => {
    await desk.close();
    desk = await deskHome([technician('T-01', { hours: { 4: { from: 540, to: 660 } } })]);
    const byHand = await desk.place();
    const line = ['schedule', 'assign', byHand, '--technician', 'T-01', '--at', '2026-11-26 09:00'];
    await desk.oss([...line, '--no-call'], at('2026-11-24T10:00'));
    expect((await desk.types(byHand)).at(-1)).toBe('VisitProposed');
    await desk.withServices(async (services) => {
      const { placed, stays } = await planQueue(await services.saga(), { replan: true });
      expect([placed, stays]).toEqual([[], 0]);
    });
  });
});
