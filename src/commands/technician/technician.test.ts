import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeskHome, deskHome, technician } from '../../testing/cli/desk.fixture.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';

const SAMPLE = new URL('../../../data/samples/technicians.csv', import.meta.url).pathname;
const HEADER = 'id,name,phone,skills,areas,hours,daysOff,dailyLimit';

let desk: DeskHome;
const file = async (text: string): Promise<string> => {
  const path = join(desk.home, 'technicians.csv');
  await writeFile(path, text);
  return path;
};
const stored = (technicianId: string) =>
  desk.withServices(async (services) =>
    (await services.store('read')).read((tx) => tx.technicians.get(technicianId)),
  );

describe('technician import', () => {
  beforeEach(async () => {
    desk = await deskHome([]);
  });
  afterEach(() => desk.close());

  it('adds the technicians of the sample, and finds them as before the second time', async () => {
    const first = await desk.oss(['technician', 'import', SAMPLE, '--json']);
    expect(first.exitCode).toBe(0);
    expect(validateOutput('oss.technician-import/1', first.json())).toEqual([]);
    const lines = (await readFile(SAMPLE, 'utf8')).trim().split('\n').length - 1;
    expect(first.stderr).toContain(`${lines} added, 0 changed, 0 as before`);
    const again = await desk.oss(['technician', 'import', SAMPLE]);
    expect(again.stderr).toContain(`0 added, 0 changed, ${lines} as before`);
    expect((await desk.oss('technician list -o id')).stdout.trim().split('\n')).toHaveLength(lines);
  });

  it('says what has changed', async () => {
    const row = (limit: number): string =>
      `${HEADER}\nT-1,김솔,010-1111-2222,tv,분당구,Mon-Fri 09:00-18:00,,${limit}\n`;
    await desk.oss(['technician', 'import', await file(row(3))]);
    const { json, stdout } = await desk.oss(['technician', 'import', await file(row(4)), '--json']);
    expect(json(), stdout).toMatchObject({ items: [{ status: 'changed', changed: ['dailyLimit'] }] });
    expect(await stored('T-1')).toMatchObject({ dailyLimit: 4 });
  });

  it('lists every error as file:line: field: reason, exits 65, and changes nothing', async () => {
    const good = 'T-1,김솔,010-1111-2222,tv,분당구,Mon-Fri 09:00-18:00,,3';
    const path = await file(`${HEADER}\n${good}\n${good}\nT-2,,abc,radio,,Mon 9-5,2026-02-30,0\n`);
    const { exitCode, stdout, stderr } = await desk.oss(['technician', 'import', path]);
    expect([exitCode, stdout]).toEqual([65, '']);
    expect(stderr).toContain('technicians.csv:3: id: the same as in line 2');
    for (const field of ['name', 'phone', 'skills', 'areas', 'hours', 'daysOff', 'dailyLimit']) {
      expect(stderr).toContain(`technicians.csv:4: ${field}: `);
    }
    expect(stderr).toContain('has 8 errors; nothing was changed');
    expect(await stored('T-1')).toBeNull();
    const asJson = await desk.oss(['technician', 'import', path, '--json']);
    expect(JSON.parse(asJson.stderr)).toMatchObject({
      error: {
        code: 'INVALID_FILE',
        exitCode: 65,
        details: expect.arrayContaining([
          { line: 3, field: 'id', code: 'SAME_AS' },
          { line: 4, field: 'phone', code: 'NOT_A_PHONE' },
        ]),
      },
    });
  });

  it('refuses what is no such file', async () => {
    expect((await desk.oss(['technician', 'import', await file('')])).exitCode).toBe(65);
    const missing = await desk.oss(['technician', 'import', join(desk.home, 'none.csv')]);
    expect([missing.exitCode, missing.stderr]).toEqual([65, expect.stringContaining('no such file')]);
    expect((await desk.oss(['technician', 'import', desk.home])).exitCode).toBe(65);
    expect((await desk.oss(['technician', 'import', join(desk.home, 'oss.db')])).stderr).toContain(
      'it is the database',
    );
  });

  it('keeps days off that were entered by hand when the file has no such column', async () => {
    const rest = 'T-1,김솔,010-1111-2222,tv,분당구,Mon-Fri 09:00-18:00';
    const without = `id,name,phone,skills,areas,hours,dailyLimit\n${rest},3\n`;
    await desk.oss(['technician', 'import', await file(without)]);
    await desk.oss('technician off T-1 --date 2026-12-24');
    await desk.oss(['technician', 'import', await file(without)]);
    expect(await stored('T-1')).toMatchObject({ daysOff: ['2026-12-24'] });
    await desk.oss(['technician', 'import', await file(`${HEADER}\n${rest},,3\n`)]);
    expect(await stored('T-1')).toMatchObject({ daysOff: [] });
  });

  it('changes nothing in a dry run', async () => {
    const { exitCode, stderr } = await desk.oss(['technician', 'import', SAMPLE, '--dry-run']);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('dry run')]);
    expect(await stored('T-01')).toBeNull();
  });
});

describe('technician list and show', () => {
  beforeEach(async () => {
    desk = await deskHome([
      technician('T-01', { daysOff: ['2026-11-24', '2026-11-20', '2026-12-25'] }),
      technician('T-02', { skills: ['internet'] }),
      technician('T-03', { active: false }),
    ]);
  });
  afterEach(() => desk.close());

  it('lists who is here, with the day and the phone masked', async () => {
    const { json, stdout } = await desk.oss('technician list --json');
    expect(validateOutput('oss.technicians/1', json())).toEqual([]);
    expect(json(), stdout).toMatchObject({
      items: [
        { technicianId: 'T-01', daysOff: ['2026-11-24', '2026-12-25'], today: { working: null } },
        { technicianId: 'T-02', phone: '010-****-0001', today: { visits: 0 } },
      ],
    });
    expect((await desk.oss('technician list')).stdout).toMatch(/T-01 .* off /);
    expect((await desk.oss('technician list --show-pii')).stdout).toContain('010-0000-0001');
    expect((await desk.oss('technician list --all -o id')).stdout).toContain('T-03');
    expect((await desk.oss('technician list --skill tv -o id')).stdout).toBe('T-01\n');
    expect((await desk.oss('technician list --area 강남구')).stdout).toBe('no technician has that\n');
  });

  it('shows one with the visits to come', async () => {
    const id = await desk.place();
    await desk.oss(`schedule assign ${id}`);
    const { json, stdout } = await desk.oss('technician show T-02 --json');
    expect(validateOutput('oss.technician/1', json())).toEqual([]);
    expect(json(), stdout).toMatchObject({
      phone: '010-0000-0001',
      hours: 'Mon-Fri 09:00-18:00',
      today: { visits: 1 },
      visits: [{ orderId: id, kind: 'agreed', stage: 'dispatched' }],
    });
    expect((await desk.oss('technician show T-02')).stdout).toContain('2026-11-24 (Tue) 10:00-11:00');
    expect((await desk.oss('technician show T-09')).exitCode).toBe(3);
  });

  it('shows the phone number to who calls technicians and to themself, and writes that down', async () => {
    const read = async (actor: string, line: string) => {
      const before = await readings();
      const { stdout, exitCode } = await desk.oss(`${line} --json`, { env: { OSS_ACTOR: actor } });
      const rows = (await readings()).slice(before.length);
      return { exitCode, isClear: stdout.includes('010-0000-0001'), rows };
    };
    const readings = () =>
      desk.withServices(async (services) => {
        const rows = await (await services.store('read')).read((tx) => tx.audit.list(1000));
        return [...rows]
          .reverse()
          .map(({ actor, action, subject, detail }) => ({ actor, action, subject, detail }));
      });
    const one = { action: 'pii.read', subject: 'T-02', detail: { technicians: 'T-02' } };
    const all = { action: 'pii.read', subject: 'technician list', detail: { technicians: 'T-01 T-02' } };
    const clear = (actor: string, row: object) => ({ exitCode: 0, isClear: true, rows: [{ actor, ...row }] });
    const masked = { exitCode: 0, isClear: false, rows: [] };
    const denied = { exitCode: 5, isClear: false, rows: [expect.objectContaining({ action: 'denied' })] };
    expect(await read('dispatcher:kim', 'technician show T-02')).toEqual(clear('dispatcher:kim', one));
    expect(await read('technician:T-02', 'technician show T-02')).toEqual(clear('technician:T-02', one));
    expect(await read('technician:T-01', 'technician show T-02')).toEqual(masked);
    expect(await read('technician:T-01', 'technician show T-02 --show-pii')).toEqual(denied);
    expect(await read('noc:lee', 'technician show T-02 --show-pii')).toEqual(denied);
    expect(await read('dispatcher:kim', 'technician list')).toEqual(masked);
    expect(await read('dispatcher:kim', 'technician list --show-pii')).toEqual(clear('dispatcher:kim', all));
    expect(await read('technician:T-02', 'technician list --show-pii')).toEqual(denied);
    expect(await read('dispatcher:kim', 'technician on T-02 --dry-run')).toEqual(masked);
    expect(await read('dispatcher:kim', 'technician on T-02 --dry-run --show-pii')).toEqual(
      clear('dispatcher:kim', one),
    );
  });
});

describe('technician off and on', () => {
  beforeEach(async () => {
    desk = await deskHome();
  });
  afterEach(() => desk.close());

  const agreed = async (at: string, technicianId = 'T-01'): Promise<string> => {
    const id = await desk.place();
    await desk.oss(['schedule', 'assign', id, '--technician', technicianId, '--at', at]);
    return id;
  };

  it('gives agreed visits to others at the same time, phones nobody, and recalls the dispatched', async () => {
    const today = await agreed('2026-11-24 10:00');
    const { exitCode, json, stdout } = await desk.oss('technician off T-01 --date today --json');
    expect(exitCode, stdout).toBe(0);
    expect(validateOutput('oss.technician-off/1', json())).toEqual([]);
    expect(json()).toMatchObject({
      technicianId: 'T-01',
      from: '2026-11-24',
      items: [{ orderId: today, status: 'moved', technicianId: 'T-02', start: '2026-11-24T01:00:00.000Z' }],
    });
    const types = await desk.types(today);
    expect(types.filter((type) => type === 'CallRequested')).toHaveLength(1);
    expect(types).toContain('FieldWorkRecalled');
    expect(await stored('T-01')).toMatchObject({ daysOff: ['2026-11-24'] });
  });

  it('plans nothing more on such a day', async () => {
    await desk.oss('technician off T-01 --date 2026-11-24..2026-11-25');
    const id = await desk.place();
    await desk.oss(`schedule assign ${id} --no-call`);
    expect(await desk.calendar()).toMatchObject([{ technicianId: 'T-02' }]);
    const line = ['schedule', 'assign', id, '--technician', 'T-01', '--at', '2026-11-25 10:00'];
    expect(await desk.oss(line)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('a day off') });
  });

  it('finds somebody for what was agreed before what is only held', async () => {
    const held = await desk.place();
    await desk.oss([
      'schedule',
      'assign',
      held,
      '--technician',
      'T-01',
      '--at',
      '2026-11-24 10:00',
      '--no-call',
    ]);
    const visit = await agreed('2026-11-24 11:30');
    await agreed('2026-11-24 10:00', 'T-02');
    const { json, exitCode } = await desk.oss('technician off T-01 --date today --json');
    expect(exitCode).toBe(0);
    expect(json()).toMatchObject({
      items: [
        { orderId: visit, status: 'moved', technicianId: 'T-02', start: '2026-11-24T02:30:00.000Z' },
        { orderId: held, status: 'moved', technicianId: 'T-02', start: expect.not.stringMatching('T01:00') },
      ],
    });
  });

  it('lists with 7 what nobody can take', async () => {
    const id = await agreed('2026-11-24 10:00');
    await agreed('2026-11-24 10:00', 'T-02');
    const { exitCode, stdout, stderr } = await desk.oss('technician off T-01 --date today');
    expect([exitCode, stderr]).toEqual([7, expect.stringContaining('1 of 1 failed')]);
    expect(stdout).toMatch(new RegExp(`${id} .* not moved .* nobody is free`));
    expect(await stored('T-01')).toMatchObject({ daysOff: ['2026-11-24'] });
  });

  it('gives them to one who is named, or to nobody', async () => {
    const id = await agreed('2026-11-24 10:00');
    const none = await desk.oss('technician off T-01 --date today --reassign none --json');
    expect([none.exitCode, none.json()]).toEqual([
      0,
      expect.objectContaining({ items: [expect.objectContaining({ orderId: id, status: 'left' })] }),
    ]);
    const named = await desk.oss('technician off T-01 --date today --reassign T-02 --json');
    expect(named.json()).toMatchObject({
      status: 'already',
      items: [{ status: 'moved', technicianId: 'T-02' }],
    });
    expect((await desk.oss('technician off T-01 --date today --reassign T-09')).exitCode).toBe(3);
    expect((await desk.oss('technician off T-01 --date today --reassign T-01')).exitCode).toBe(3);
  });

  it('says that a visit waits for the desk while that is down', async () => {
    await agreed('2026-11-24 10:00');
    const { exitCode, stdout, stderr } = await desk.oss('technician off T-01 --date today', {
      env: { OSS_SIMULATE_FAULTS: 'refuse@tm' },
    });
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('being moved')]);
    expect(stderr).toContain('oss worker --drain');
  });

  it('works again with on', async () => {
    await desk.oss('technician off T-01 --date 2026-11-24..2026-11-26');
    const { exitCode, json } = await desk.oss('technician on T-01 --date 2026-11-25 --json');
    expect([exitCode, validateOutput('oss.technician/1', json())]).toEqual([0, []]);
    expect(await stored('T-01')).toMatchObject({ daysOff: ['2026-11-24', '2026-11-26'] });
    expect((await desk.oss('technician on T-01')).stderr).toContain('T-01 이준호 works on 2026-11-24');
    expect((await desk.oss('technician on T-01')).stderr).toContain('already');
    expect((await desk.oss('technician off T-01 --date 2026-01-01..2099-01-01')).exitCode).toBe(2);
    expect((await desk.oss('technician off T-09 --date today')).exitCode).toBe(3);
  });

  it('keeps a trace of who said so', async () => {
    await desk.oss('technician off T-01 --date today');
    const entries = await desk.withServices(async (services) =>
      (await services.store('read')).read((tx) => tx.audit.list(5)),
    );
    expect(entries).toMatchObject([{ action: 'technician.off', subject: 'T-01', actor: 'supervisor:kim' }]);
  });
});
