import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeskHome, deskHome, technician } from '../../testing/cli/desk.fixture.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';

let desk: DeskHome;
beforeEach(async () => {
  desk = await deskHome([technician('T-01', { dailyLimit: 1 }), technician('T-02', { dailyLimit: 1 })]);
});
afterEach(() => desk.close());

const DAY = '--date 2026-11-25 --json';

describe('schedule plan in another world', () => {
  it('compares what is served without a technician, and writes nothing', async () => {
    const ids = [await desk.place(), await desk.place()];
    const { exitCode, json } = await desk.oss(`schedule plan --without T-02 ${DAY}`);
    expect(exitCode).toBe(0);
    expect(validateOutput('oss.plan-comparison/1', json())).toEqual([]);
    expect(json()).toMatchObject({
      now: { placed: 2, unplaced: 0 },
      other: { placed: 1, unplaced: 1, technicians: [{ technicianId: 'T-01', visits: 1 }] },
      gained: [],
      lost: [expect.stringMatching(/^ORD-/)],
    });
    expect(await desk.calendar()).toEqual([]);
    await desk.oss(`schedule plan --without T-02 -y ${DAY}`);
    expect(await desk.calendar()).toEqual([]);
    for (const id of ids) expect(await desk.types(id)).not.toContain('VisitProposed');
    expect((await desk.oss('schedule plan --without T-02 --lang ko')).stdout).toContain('배치 불가');
  });

  it('takes other technicians, hours and ways', async () => {
    for (let i = 0; i < 3; i += 1) await desk.place();
    const path = join(desk.home, 'more.csv');
    const header = 'id,name,phone,skills,areas,hours,dailyLimit';
    await writeFile(path, `${header}\nT-03,김솔,010-1111-2222,internet|tv,분당구,Mon-Fri 09:00-18:00,5\n`);
    const more = await desk.oss(`schedule plan --with-file ${path} ${DAY}`);
    expect(more.json()).toMatchObject({ now: { placed: 2 }, other: { placed: 3 }, lost: [] });
    const short = await desk.oss(`schedule plan --hours 09:00-09:30 ${DAY}`);
    expect(short.json()).toMatchObject({ now: { placed: 2 }, other: { placed: 0 } });
    expect((await desk.oss(`schedule plan --travel 0 ${DAY}`)).json()).toMatchObject({
      other: { placed: 2 },
    });
  });

  it('takes a file as an import does: what it does not name stays, and a base that nobody knows is refused', async () => {
    for (let i = 0; i < 2; i += 1) await desk.place();
    await desk.oss('technician off T-02 --date 2026-11-25');
    const path = join(desk.home, 'same.csv');
    const header = 'id,name,phone,skills,areas,hours,dailyLimit';
    const row = 'T-02,김솔,010-1111-2222,internet|tv,분당구,Mon-Fri 09:00-18:00,5';
    await writeFile(path, `${header}\n${row}\n`);
    const off = await desk.oss(`schedule plan --with-file ${path} ${DAY}`);
    expect(off.json()).toMatchObject({ now: { placed: 1 }, other: { placed: 1 } });
    await writeFile(path, `${header},base\n${row},없는구\n`);
    const bad = await desk.oss(`schedule plan --with-file ${path} --date 2026-11-25`);
    expect(bad.exitCode).toBe(65);
    expect(bad.stderr).toContain('same.csv:2: base');
  });

  it('refuses what is no such thing', async () => {
    await desk.place();
    expect((await desk.oss('schedule plan --without T-99')).exitCode).toBe(3);
    expect((await desk.oss('schedule plan --hours noon')).exitCode).toBe(2);
    expect((await desk.oss('schedule plan --effort heroic')).exitCode).toBe(2);
    expect((await desk.oss('schedule plan --with-file nowhere.csv')).exitCode).toBe(65);
  });
});
