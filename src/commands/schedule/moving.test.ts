import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeskHome, deskHome } from '../../testing/cli/desk.fixture.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';

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

  it('keeps the first agreed time as the promise, and every earlier one in the history', async () => {
    const id = await agreedAt('2026-11-27 10:00');
    for (const time of ['15:00', '13:00']) {
      const at = ['--at', `2026-11-27 ${time}`, '--agreed', '--code', 'CUSTOMER_RESCHEDULE'];
      expect((await desk.oss(['schedule', 'move', id, ...at])).exitCode).toBe(0);
    }
    expect((await desk.oss(`order show ${id} --json`)).json()).toMatchObject({
      promise: { start: '2026-11-27T01:00:00.000Z' },
      visit: { start: '2026-11-27T04:00:00.000Z' },
    });
    const starts = (await desk.events(id)).flatMap((event) =>
      event.type === 'Scheduled' ? [event.data.visitDateTime.start.slice(11, 16)] : [],
    );
    expect(starts).toEqual(['01:00', '06:00', '04:00']);
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

describe('an agreed time that nobody can keep', () => {
  const SATURDAY = '2026-11-28 10:00';
  const FRIDAY = ['--at', '2026-11-27 10:00'];
  /** How the desk's appointments ended, oldest first; one that a person agreed to by hand is not among them. */
  const atDesk = () =>
    desk.withServices(async (services) =>
      (await services.ledger())?.appointments.map(({ status, start }) => [start.slice(0, 16), status]),
    );

  /** The customer says Saturday on the phone, when no technician works. */
  const heldOne = async (): Promise<string> => {
    const id = await desk.place();
    const faults = { env: { OSS_SIMULATE_ANSWERS: 'other-slot=1' } };
    await desk.oss(['schedule', 'assign', id, '--technician', 'T-01', '--at', '2026-11-27 17:00'], faults);
    return id;
  };

  it('is given up for another one that the customer agreed to, and the desk is told of both', async () => {
    const id = await heldOne();
    expect((await desk.types(id)).at(-1)).toBe('OrderHeld');
    const refused = await desk.oss(['schedule', 'assign', id, ...FRIDAY]);
    expect([refused.exitCode, refused.stderr]).toEqual([4, expect.stringContaining('then add --agreed')]);
    const { exitCode, stdout } = await desk.oss(['schedule', 'assign', id, ...FRIDAY, '--agreed']);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('comes on 2026-11-27 (Fri) 10:00-11:00')]);
    await desk.oss('worker --drain');
    expect(await atDesk()).toEqual([
      [expect.stringContaining('2026-11-'), 'failed'],
      ['2026-11-27T01:00', 'confirmed'],
    ]);
    expect((await desk.oss(`order show ${id} --json`)).json()).toMatchObject({
      stage: 'scheduled',
      holds: [],
    });
  });

  it('is given up in the same way for what a person was told on the phone', async () => {
    const id = await heldOne();
    const line = ['schedule', 'call', id, '--outcome', 'AGREED', ...FRIDAY];
    expect((await desk.oss(line)).stdout).toContain('comes on 2026-11-27 (Fri) 10:00-11:00');
    await desk.oss('worker --drain');
    expect((await atDesk())?.map(([, status]) => status)).toEqual(['failed']);
  });

  it('stays when it is said again', async () => {
    const id = await desk.place();
    const again = ['schedule', 'call', id, '--outcome', 'AGREED', '--at', SATURDAY];
    await desk.oss(again);
    const before = await desk.types(id);
    expect((await desk.oss(again)).exitCode).toBe(8);
    expect((await desk.types(id)).slice(before.length)).toEqual(['CustomerCalled']);
  });
});

describe('a hold', () => {
  it('is released when it expires, and its time is free again', async () => {
    const [a, b] = [await desk.place(), await desk.place()];
    const at = ['--technician', 'T-01', '--at', '2026-11-25 10:00', '--no-call'];
    await desk.oss(['schedule', 'assign', a, ...at]);
    const within = await desk.oss(['schedule', 'assign', b, ...at]);
    expect(within.exitCode).toBe(4);
    const expired = { env: { OSS_NOW: '2026-11-24T02:01:00Z' } };
    await desk.oss('worker --drain', expired);
    expect((await desk.types(a)).at(-1)).toBe('VisitReleased');
    expect(await desk.calendar()).toEqual([]);
    expect((await desk.oss(['schedule', 'assign', b, ...at], expired)).exitCode).toBe(0);
  });
});
