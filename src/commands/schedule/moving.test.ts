import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { validateOutput } from '../framework/validate-output.ts';
import { type DeskHome, deskHome } from './desk.fixture.ts';

let desk: DeskHome;
beforeEach(async () => {
  desk = await deskHome();
});
afterEach(() => desk.close());

const agreedAt = async (at: string, technicianId = 'T-01'): Promise<string> => {
  const id = await desk.place();
  await desk.oss(['schedule', 'assign', id, '--technician', technicianId, '--at', at]);
  return id;
};

describe('schedule move', () => {
  it('gives the same time to another without asking anybody', async () => {
    const id = await agreedAt('2026-11-27 10:00');
    const { exitCode, stdout, json } = await desk.oss(
      `schedule move ${id} --technician auto --code TECHNICIAN_UNAVAILABLE --json`,
    );
    expect(exitCode, stdout).toBe(0);
    expect(validateOutput('oss.results/1', json())).toEqual([]);
    expect(json()).toMatchObject({
      items: [{ message: expect.stringContaining('T-02 박서진 comes on 2026-11-27') }],
    });
    expect((await desk.types(id)).filter((type) => type === 'CallRequested')).toHaveLength(1);
  });

  it('wants the word of the customer for another time', async () => {
    const id = await agreedAt('2026-11-27 10:00');
    const line = ['schedule', 'move', id, '--at', '2026-11-27 15:00', '--code', 'customer_reschedule'];
    const refused = await desk.oss(line);
    expect([refused.exitCode, refused.stderr]).toEqual([4, expect.stringContaining('--agreed')]);
    expect((await desk.oss([...line, '--agreed'])).stdout).toContain('2026-11-27 (Fri) 15:00-16:00');
    expect((await desk.oss([...line, '--agreed', '--json'])).json()).toMatchObject({
      items: [{ status: 'already' }],
    });
  });

  it('recalls a technician who was dispatched', async () => {
    const id = await agreedAt('2026-11-24 15:00');
    expect((await desk.types(id)).at(-1)).toBe('FieldWorkDispatched');
    await desk.oss(`schedule move ${id} --technician T-02 --code TECHNICIAN_UNAVAILABLE`);
    expect((await desk.types(id)).slice(-4)).toEqual([
      'FieldWorkRecalled',
      'MoveRequested',
      'Scheduled',
      'FieldWorkDispatched',
    ]);
  });

  it('is 0 while the desk is down: the old visit stands until the desk has confirmed', async () => {
    const id = await agreedAt('2026-11-27 10:00');
    const { exitCode, stdout, stderr } = await desk.oss(
      `schedule move ${id} --technician T-02 --code TECHNICIAN_UNAVAILABLE`,
      { env: { OSS_SIMULATE_FAULTS: 'refuse@tm' } },
    );
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('being moved to T-02 박서진')]);
    expect(stderr).toContain('still pending at the TM desk');
    const { json } = await desk.oss(`order show ${id} --json`);
    expect(json()).toMatchObject({ visit: { technicianId: 'T-01' } });
  });

  it('refuses what is taken with 4 and the next free slots, and what breaks a rule with 1', async () => {
    const id = await agreedAt('2026-11-27 10:00');
    await agreedAt('2026-11-27 10:00', 'T-02');
    const taken = await desk.oss(`schedule move ${id} --technician T-02 --code WEATHER`);
    expect([taken.exitCode, taken.stderr]).toEqual([
      4,
      expect.stringContaining('free from then on: 2026-11-27 11:30'),
    ]);
    const nobody = await desk.oss(`schedule move ${id} --technician auto --code WEATHER`);
    expect([nobody.exitCode, nobody.stderr]).toEqual([4, expect.stringContaining('nobody is free')]);
    const night = ['schedule', 'move', id, '--at', '2026-11-27 22:00', '--agreed', '--code', 'WEATHER'];
    expect(await desk.oss(night)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('outside working hours'),
    });
  });

  it('needs something to change, a code, and an agreed visit', async () => {
    const id = await desk.place();
    expect((await desk.oss(`schedule move ${id} --code WEATHER`)).exitCode).toBe(2);
    expect((await desk.oss(`schedule move ${id} --technician T-02`)).exitCode).toBe(2);
    const unknown = await desk.oss(`schedule move ${id} --technician T-02 --code CUSTOMER_RESCHEDUL`);
    expect([unknown.exitCode, unknown.stderr]).toEqual([
      2,
      expect.stringContaining('did you mean CUSTOMER_RESCHEDULE'),
    ]);
    expect((await desk.oss(`schedule move ${id} --technician T-02 --code WEATHER`)).exitCode).toBe(4);
  });
});

describe('schedule unassign', () => {
  it('frees what is held, once', async () => {
    const id = await desk.place();
    await desk.oss(`schedule assign ${id} --no-call`);
    const { exitCode, json } = await desk.oss(`schedule unassign ${id} --json`);
    expect(exitCode).toBe(0);
    expect(json()).toMatchObject({ items: [{ status: 'done', message: 'released' }] });
    expect(await desk.calendar()).toEqual([]);
    expect((await desk.oss(`schedule unassign ${id} --json`)).json()).toMatchObject({
      items: [{ status: 'already' }],
    });
  });

  it('leaves an agreed visit alone', async () => {
    const id = await agreedAt('2026-11-27 10:00');
    const { exitCode, stderr } = await desk.oss(`schedule unassign ${id}`);
    expect([exitCode, stderr]).toEqual([4, expect.stringContaining('schedule move')]);
  });
});
