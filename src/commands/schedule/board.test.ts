import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeskHome, deskHome, technician } from '../../testing/cli/desk.fixture.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';

let desk: DeskHome;
beforeEach(async () => {
  desk = await deskHome([technician('T-01'), technician('T-02', { hours: { 1: { from: 540, to: 1080 } } })]);
});
afterEach(() => desk.close());

const at10 = ['--technician', 'T-01', '--at', '2026-11-24 10:00'];

describe('schedule board', () => {
  it('shows the day by technician, free time, and who waits', async () => {
    const [a, b] = [await desk.place(), await desk.place()];
    await desk.oss(['schedule', 'assign', a, ...at10]);
    const { json, stdout } = await desk.oss('schedule board --json');
    expect(validateOutput('oss.board/1', json())).toEqual([]);
    expect(json(), stdout).toMatchObject({
      date: '2026-11-24',
      items: [
        {
          technicianId: 'T-01',
          visits: [{ orderId: a, start: '2026-11-24T01:00:00.000Z', stage: 'dispatched', late: null }],
          free: [{ start: '2026-11-24T02:20:00.000Z', end: '2026-11-24T09:00:00.000Z' }],
        },
        { technicianId: 'T-02', working: null },
      ],
      unassigned: [{ orderId: b }],
    });
  });

  it('draws a line of the day: agreed, held, free', async () => {
    const [a, b] = [await desk.place(), await desk.place()];
    await desk.oss(['schedule', 'assign', a, ...at10]);
    await desk.oss([
      'schedule',
      'assign',
      b,
      '--technician',
      'T-01',
      '--at',
      '2026-11-24 14:00',
      '--no-call',
    ]);
    const { stdout } = await desk.oss('schedule board');
    expect(stdout).toContain(`${'·'.repeat(4)}████${'·'.repeat(12)}▒▒▒▒${'·'.repeat(12)}`);
    expect(stdout).toMatch(/10:00-11:00 ORD-000001 분당구 dispatched/);
    expect(stdout).toContain('off: T-02');
    expect(stdout).toContain('nobody waits without a visit');
  });

  it('marks late visits by sign and word', async () => {
    const id = await desk.place();
    await desk.oss(['schedule', 'assign', id, ...at10]);
    const late = await desk.oss('schedule board', { env: { OSS_NOW: '2026-11-24T01:25:00Z' } });
    expect(late.stdout).toContain('! 1 visit is late');
    expect(late.stdout).toContain('····!!!!····');
    expect(late.stdout).toMatch(/! 10:00-11:00 .*25 min late: not started/);
    await desk.oss(`field start ${id}`, { env: { OSS_NOW: '2026-11-24T01:25:00Z' } });
    const { json } = await desk.oss('schedule board --json', { env: { OSS_NOW: '2026-11-24T02:20:00Z' } });
    expect(json()).toMatchObject({
      items: [{ visits: [{ late: { what: 'not-finished', minutes: 20 } }] }, {}],
    });
  });

  it('says which visits will begin late because the one before takes its time', async () => {
    const [a, b, c] = [await desk.place(), await desk.place(), await desk.place()];
    const at = (time: string) => ['--technician', 'T-01', '--at', `2026-11-24 ${time}`];
    await desk.oss(['schedule', 'assign', a, ...at10]);
    await desk.oss(['schedule', 'assign', b, ...at('11:30')]);
    await desk.oss(['schedule', 'assign', c, ...at('15:00')]);
    // On site 40 minutes late, for an hour, and 20 minutes to drive: half past eleven becomes twelve.
    await desk.oss(`field start ${a}`, { env: { OSS_NOW: '2026-11-24T01:40:00Z' } });
    const later = { env: { OSS_NOW: '2026-11-24T01:50:00Z' } };
    const { json } = await desk.oss('schedule board --json', later);
    expect(validateOutput('oss.board/1', json())).toEqual([]);
    expect(json()).toMatchObject({
      items: [
        {
          visits: [
            { orderId: a, late: null },
            { orderId: b, late: { what: 'expected', minutes: 30 } },
            { orderId: c, late: null },
          ],
        },
        {},
      ],
    });
    expect((await desk.oss('schedule board', later)).stdout).toMatch(
      /! 11:30-12:30 .* will begin about 30 min late/,
    );
    const today = await desk.oss('field today --json', later);
    expect(validateOutput('oss.visits/1', today.json())).toEqual([]);
    expect(today.json()).toMatchObject({
      items: [{ expectedStart: null }, { expectedStart: expect.stringMatching(/^2026-11-24T03:00:/) }, {}],
    });
    expect((await desk.oss('field today', { ...later, columns: 40, stdoutTty: true })).stdout).toContain(
      '! 11:30-12:30, about 12:00',
    );
    const late = await desk.oss('order list --late', later);
    expect(late.stdout).toMatch(new RegExp(`${b}.*! will be late`));
    expect(late.stdout).not.toContain(c);
  });

  it('shows another day and only an area', async () => {
    expect((await desk.oss('schedule board --date 2026-11-30')).stdout).not.toContain('off:');
    expect((await desk.oss('schedule board --area 강남구 --json')).json()).toMatchObject({ items: [] });
    expect((await desk.oss('schedule board --area 강남구')).exitCode).toBe(0);
  });

  it('fits a narrow terminal', async () => {
    const id = await desk.place();
    await desk.oss(['schedule', 'assign', id, ...at10]);
    const { stdout } = await desk.oss('schedule board', { columns: 50, stdoutTty: true });
    expect(stdout).toContain('T-01');
    expect(stdout).toContain('10:00-11:00');
  });

  it('is one snapshot with --watch off a terminal', async () => {
    const { exitCode, json } = await desk.oss('schedule board --watch --json');
    expect([exitCode, validateOutput('oss.board/1', json())]).toEqual([0, []]);
  });

  it('is drawn again on a terminal when somebody else commits', async () => {
    const stop = new AbortController();
    let screen = '';
    let drawn = (): void => {};
    const first = new Promise<void>((resolve) => {
      drawn = resolve;
    });
    const watching = desk.oss('schedule board --watch', {
      stdoutTty: true,
      signal: stop.signal,
      writeStdout: async (text) => {
        screen += text;
        if (text.includes('T-01')) drawn();
        if (screen.includes('ORD-000001')) stop.abort();
      },
    });
    await first;
    await desk.place();
    await watching;
    expect(screen).toContain('1 order waits without a visit');
  });
});
