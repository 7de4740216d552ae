import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FieldHome, fieldHome } from '../../testing/cli/field.fixture.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';

describe('report', () => {
  let home: FieldHome;
  beforeAll(async () => {
    home = await fieldHome();
    const done = await home.scheduled('2026-11-24T10:00', { lines: { internet: 1, tv: 0 } });
    const back = await home.scheduled('2026-11-24T14:00');
    await home.scheduled('2026-11-24T14:00', { technicianId: 'T-02' });
    const evidence = ['--ont', 'HWTC12345678', '--rx', '-18.5', '--signed-by', 'Kim'];
    const at10 = { env: { OSS_NOW: '2026-11-24T01:30:00.000Z' } };
    await home.oss(['field', 'complete', done, ...evidence], at10);
    await home.oss(['field', 'return', back, '--code', 'NO_FACILITY', '-y'], {
      env: { OSS_NOW: '2026-11-25T06:00:00.000Z' },
    });
  });
  afterAll(() => home.close());

  it('takes the figures of all of the log, as its schema says', async () => {
    const run = await home.oss(['report', '--json']);
    expect(validateOutput('oss.report/1', run.json())).toEqual([]);
    expect(run.json()).toMatchObject({
      from: null,
      to: null,
      placed: 3,
      completed: 1,
      returned: 1,
      cancelled: 0,
      firstVisitSuccess: { n: 1, of: 2, rate: 0.5 },
      promiseKept: { n: 1, of: 1 },
      returnRate: { byReason: [{ code: 'NO_FACILITY', n: 1, of: 2 }] },
      orphans: 0,
      open: [{ stage: 'dispatched', n: 1 }],
      days: [
        { date: '2026-11-24', placed: 3, completed: 1, returned: 0 },
        { date: '2026-11-25', placed: 0, completed: 0, returned: 1 },
      ],
    });
    const { leadTime } = run.json() as { leadTime: { gross: { max: number } } };
    expect(leadTime.gross.max).toBeGreaterThanOrEqual(5_390_000);
    expect(leadTime.gross.max).toBeLessThanOrEqual(5_410_000);
  });

  it('counts what ended within the asked days', async () => {
    const of = async (...dates: string[]) => (await home.oss(['report', '--json', ...dates])).json();
    expect(await of('--date', '2026-11-24')).toMatchObject({ placed: 3, completed: 1, returned: 0 });
    expect(await of('--from', '2026-11-25')).toMatchObject({ placed: 0, completed: 0, returned: 1 });
    expect(await of('--to', '2026-11-24')).toMatchObject({ from: null, placed: 3, returned: 0 });
    expect(await of('--from', '2026-11-24', '--to', '2026-11-25')).toMatchObject({ placed: 3, returned: 1 });
  });

  it('refuses days that are none', async () => {
    for (const dates of [
      ['--date', 'today', '--from', 'today'],
      ['--from', '2026-11-25', '--to', '2026-11-24'],
      ['--date', '2026-02-30'],
    ]) {
      expect((await home.oss(['report', ...dates])).exitCode).toBe(2);
    }
  });

  it('reports visits by area and by technician', async () => {
    const at = ['--from', '2026-11-24', '--to', '2026-11-25'];
    const run = await home.oss(['report', '--by', 'technician', '--json', ...at]);
    expect(validateOutput('oss.visit-report/1', run.json())).toEqual([]);
    expect(run.json()).toMatchObject({
      by: 'technician',
      from: '2026-11-24',
      total: { visits: 2, firstVisitSuccess: { n: 1, of: 2 }, driveMetres: null },
      items: [{ technicianId: 'T-01', area: null, visits: 2, driveMinutes: expect.any(Number) }],
    });
    const byArea = await home.oss(['report', '--by', 'area']);
    expect(byArea.stdout).toContain('FIRST VISIT');
    expect(byArea.stdout).toMatch(/all +2 /);
    expect(byArea.stderr).toContain('no areas were imported');
    expect((await home.oss(['report', '--by', 'area', '--lang', 'ko'])).stdout).toContain('첫 방문 완료');
    const csv = await home.oss(['report', '--by', 'technician', '-o', 'csv']);
    expect(csv.stdout.split('\r\n')[0]).toBe(
      'area,technicianId,technicianName,visits,firstVisitSuccess.n,firstVisitSuccess.of,firstVisitSuccess.rate,' +
        'lateStarts.n,lateStarts.of,lateStarts.rate,driveMinutes,driveMetres',
    );
  });

  it('says that no visit ended in days without one', async () => {
    const run = await home.oss(['report', '--by', 'area', '--date', '2026-01-01']);
    expect([run.exitCode, run.stdout]).toEqual([0, expect.stringContaining('no visit ended in this time')]);
    expect((await home.oss(['report', '--by', 'lines'])).exitCode).toBe(2);
  });

  it('draws bars and days on a terminal only', async () => {
    const piped = await home.oss(['report']);
    expect(piped.stdout).toContain('lead time');
    expect(piped.stdout).toContain('50.0 %');
    expect(piped.stdout).not.toMatch(/[█▁]/);
    const drawn = await home.oss(['report', '--color', 'never'], { tty: true });
    expect(drawn.stdout).toContain('████████········');
    expect(drawn.stdout).toMatch(/^placed +3 {2}█▁$/m);
  });

  it('is a line a figure on a phone', async () => {
    const run = await home.oss(['report', '--color', 'never'], { tty: true, columns: 40 });
    expect(Math.max(...run.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(run.stdout).toContain('50.0 % (1/2)');
  });

  it('has a row in CSV, an id, Korean, and an empty time', async () => {
    const csv = (await home.oss(['report', '-o', 'csv'])).stdout.trim().split('\n');
    expect(csv).toHaveLength(2);
    expect(csv[0]).toContain('leadTime.gross.p50');
    expect((await home.oss(['report', '-o', 'id', '--date', '2026-11-24'])).stdout).toBe(
      '2026-11-24..2026-11-24\n',
    );
    expect((await home.oss(['report', '--lang', 'ko'])).stdout).toContain('처리 기간');
    const empty = await home.oss(['report', '--date', '2026-12-24']);
    expect([empty.exitCode, empty.stdout]).toEqual([0, expect.stringContaining('nothing was placed')]);
  });
});
