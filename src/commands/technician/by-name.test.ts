import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskHome, deskHome, technician } from '../../testing/cli/desk.fixture.ts';

let desk: DeskHome;
beforeAll(async () => {
  const named = (id: string, name: string) => technician(id, { name });
  desk = await deskHome([
    named('T-01', '이준호'),
    named('T-04', '최민석'),
    named('T-07', '김솔'),
    named('T-08', '김솔'),
  ]);
});
afterAll(() => desk.close());

describe('a technician is named as people name them', () => {
  it('by name or by the id in any case, wherever an id is taken', async () => {
    const orderId = await desk.place();
    const line = ['schedule', 'assign', orderId, '--technician', '최민석', '--no-call', '--json'];
    const assigned = await desk.oss(line);
    expect(assigned.exitCode, assigned.stderr).toBe(0);
    expect((await desk.calendar()).map(({ technicianId }) => technicianId)).toEqual(['T-04']);
    const found = await desk.oss('order list --technician t-04 -o id');
    expect(found.stdout.trim()).toBe(orderId);
    expect((await desk.oss('technician show 최민석 -o id')).stdout.trim()).toBe('T-04');
    expect((await desk.oss('schedule plan --without t-04,이준호 -o json')).exitCode).toBe(0);
  });

  it('in a row of a batch', async () => {
    const orderId = await desk.place();
    const path = join(desk.home, 'rows.csv');
    await writeFile(path, `id,technician,no-call\n${orderId},최민석,true\n`);
    const run = await desk.oss(['batch', 'run', path, '--op', 'schedule.assign', '-y', '-o', 'json']);
    expect(run.exitCode, run.stdout + run.stderr).toBe(0);
    const of = (await desk.calendar()).filter((one) => one.orderId === orderId);
    expect(of.map(({ technicianId }) => technicianId)).toEqual(['T-04']);
    await writeFile(path, `id,technician\n${orderId},김솔\n`);
    const several = await desk.oss(['batch', 'run', path, '--op', 'schedule.assign', '--json']);
    expect(JSON.parse(several.stderr)).toMatchObject({
      error: {
        code: 'INVALID_FILE',
        details: [{ line: 2, field: 'technician', code: 'SEVERAL_TECHNICIANS' }],
      },
    });
  });

  it('is asked back when two have the name, and refused when nobody has', async () => {
    const several = await desk.oss('technician show 김솔 --lang ko');
    expect(several.exitCode).toBe(2);
    expect(several.stderr).toContain('김솔이라는 작업자가 여럿입니다');
    expect(several.stderr).toContain('T-07, T-08');
    expect((await desk.oss('technician show 홍길동')).exitCode).toBe(3);
  });

  it('is off today when no day is said', async () => {
    const { json } = await desk.oss('technician off 이준호 --json');
    expect(json()).toMatchObject({ technicianId: 'T-01', from: '2026-11-24', to: '2026-11-24' });
  });
});
