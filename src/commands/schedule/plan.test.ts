import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planQueue, proposePlanned } from '../../core/app/desk/plan-queue.ts';
import { isRefusal } from '../../core/rules/refusal.ts';
import { EXACT_WIDTHS } from '../../faces/cli/terminal/width-exact.ts';
import { type DeskHome, deskHome, technician } from '../../testing/cli/desk.fixture.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';

let desk: DeskHome;
beforeEach(async () => {
  desk = await deskHome();
});
afterEach(() => desk.close());

describe('schedule plan', () => {
  it('says when nobody waits', async () => {
    expect(await desk.oss('schedule plan')).toMatchObject({
      exitCode: 0,
      stdout: 'nobody waits for a visit\n',
    });
  });

  it('previews who goes where and why, who cannot be placed and why, and the load, and holds nothing', async () => {
    const [a, far, b] = [
      await desk.place({ priority: 'high' }),
      await desk.place({ area: '강남구' }),
      await desk.place(),
    ];
    const { exitCode, json, stderr } = await desk.oss('schedule plan --json');
    expect(exitCode).toBe(0);
    expect(validateOutput('oss.plan/1', json())).toEqual([]);
    expect(json()).toMatchObject({
      load: [{ area: '분당구', date: '2026-11-24', before: 0, planned: 2 }],
      items: expect.arrayContaining([
        expect.objectContaining({
          orderId: a,
          status: 'planned',
          reasons: expect.arrayContaining(['earliest']),
        }),
        expect.objectContaining({ orderId: b, status: 'planned' }),
        expect.objectContaining({
          orderId: far,
          status: 'unplaced',
          why: ['AREA:2'],
          would: [expect.objectContaining({ what: 'AREA', technicianId: 'T-01' })],
          technicianId: null,
        }),
      ]),
    });
    expect(stderr).toContain('2 of 3 orders have a place');
    expect(stderr).toContain('add -y to hold');
    expect(await desk.calendar()).toEqual([]);
    const { stdout } = await desk.oss('schedule plan');
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('2 of 3 orders have a place');
    expect(lines.slice(3, 6)).toEqual([
      '1 order without a place, the worst first',
      expect.stringMatching(/^ORDERS +AREA +WHY +SMALLEST CHANGE$/),
      expect.stringMatching(
        new RegExp(`^${far} +강남구 +2 technicians elsewhere +with the area added: T-01 at`),
      ),
    ]);
    expect(stdout).toMatch(/2026-11-24 +분당구 +0 +\+2/);
  });

  it('shows the first of many visits and says how to see the rest, at every width', async () => {
    for (let n = 0; n < 50; n += 1) await desk.place();
    for (const columns of [40, 60, 100, 200]) {
      const { stdout } = await desk.oss('schedule plan --effort quick --lang ko', { columns });
      const lines = stdout.split('\n');
      expect(lines[0]).toContain('청약 50건 중');
      expect(lines.every((line) => EXACT_WIDTHS.width(line) <= columns)).toBe(true);
      const shown = new Set(stdout.match(/ORD-\d+/g)).size;
      expect(stdout).toContain(`외 ${50 - shown}건`);
    }
    const wide = async (columns: number) =>
      (await desk.oss('schedule plan --effort quick', { columns })).stdout;
    // Who goes where comes before why.
    expect(await wide(100)).toMatch(/ORDER +STATUS +AREA +WHEN +TECHNICIAN/);
    expect(await wide(200)).toMatch(/ORDER +STATUS +AREA +WHEN +TECHNICIAN +WHY/);
    const { stdout } = await desk.oss('schedule plan --effort quick --all', { columns: 100 });
    expect(new Set(stdout.match(/ORD-\d+/g)).size).toBe(50);
  });

  it('tells orders of one area that one kind of change would place in one row', async () => {
    for (let n = 0; n < 3; n += 1) await desk.place({ area: '강남구' });
    // Takes longer, so that another time would be its own.
    await desk.place({ area: '강남구', lines: { internet: 1, tv: 3 } });
    const { stdout } = await desk.oss('schedule plan --effort quick', { columns: 140 });
    expect(stdout).toMatch(
      /^4 orders: ORD-\d+, ORD-\d+, ORD-\d+ \.\.\. +강남구 .*with the area added, such as T-01 at /m,
    );
  });

  it('holds with -y, and phones nobody', async () => {
    const ids = [await desk.place(), await desk.place()];
    const { exitCode, json } = await desk.oss('schedule plan -y --json');
    expect(exitCode).toBe(0);
    expect(json()).toMatchObject({ items: [{ status: 'held' }, { status: 'held' }] });
    expect(await desk.calendar()).toHaveLength(2);
    for (const id of ids) {
      expect(await desk.types(id)).not.toContain('CallRequested');
      const proposed = (await desk.events(id)).find(({ type }) => type === 'VisitProposed');
      expect(proposed?.data).toMatchObject({ choice: 'automatic', via: 'desk' });
    }
    expect((await desk.oss('schedule plan -o id')).stdout).toBe('');
  });

  it('asks on a terminal after showing the plan', async () => {
    const id = await desk.place();
    const no = await desk.oss('schedule plan', { tty: true, answers: [false] });
    expect([no.exitCode, no.questions]).toEqual([6, ['Hold this visit?']]);
    expect(no.stderr).toContain(id);
    expect(await desk.calendar()).toEqual([]);
    const yes = await desk.oss('schedule plan', { tty: true, answers: [true] });
    expect([yes.exitCode, yes.stdout]).toEqual([0, expect.stringContaining('held')]);
    expect(await desk.calendar()).toHaveLength(1);
  });

  it('takes only an area, a day, or the orders that are named', async () => {
    const [a, b] = [await desk.place(), await desk.place()];
    const items = async (words: string, stdin?: string) =>
      (
        await desk.oss(
          `schedule plan ${words} -o csv --fields orderId,start`,
          stdin === undefined ? {} : { stdin },
        )
      ).stdout;
    expect(await items('--area 강남구')).not.toContain('ORD');
    expect(await items('--date 2026-11-26')).toMatch(/ORD-\d+,2026-11-26T/);
    expect(await items(`${b}`)).not.toContain(a);
    expect(await items('-', `${a}\n`)).not.toContain(b);
    expect((await desk.oss('schedule plan 99')).exitCode).toBe(3);
  });

  it('refuses a planned visit when the order or the time is not what it was', async () => {
    const [a, b] = [await desk.place(), await desk.place()];
    await desk.withServices(async (services) => {
      const deps = await services.saga();
      const { placed } = await planQueue(deps, { orderIds: [a, b] });
      const [first, second] = placed;
      if (first === undefined || second === undefined) throw new Error('both have a place');
      await proposePlanned(deps, first);
      const clash = { ...second, slot: first.slot, technicianId: first.technicianId };
      await expect(proposePlanned(deps, clash)).rejects.toSatisfy((error) => isRefusal(error, 'SLOT_TAKEN'));
      await expect(proposePlanned(deps, first)).rejects.toSatisfy((error) =>
        isRefusal(error, 'STALE_VERSION'),
      );
    });
  });

  it('leaves alone whoever agreed to a time already', async () => {
    const id = await desk.place();
    await desk.oss(['schedule', 'call', id, '--outcome', 'AGREED', '--at', '2026-11-28 10:00']);
    expect((await desk.oss(`schedule plan ${id} -y --json`)).json()).toMatchObject({
      items: [{ status: 'unplaced', why: ['AGREED_TIME'] }],
    });
    // The desk finds a technician by hand who works on that Saturday, at the time that was agreed.
    await desk.withServices(async (services) => {
      const store = await services.store('write');
      const saturday = technician('T-03', { hours: { 6: { from: 540, to: 1080 } } });
      await store.write((tx) => tx.technicians.put(saturday));
    });
    const { exitCode, stdout } = await desk.oss(`schedule assign ${id}`);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('2026-11-28 (Sat) 10:00-11:00')]);
  });
});
