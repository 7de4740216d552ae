import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeskHome, deskHome, technician } from '../../testing/cli/desk.fixture.ts';

let desk: DeskHome;
beforeEach(async () => {
  desk = await deskHome();
});
afterEach(() => desk.close());

const ONE_PM = '2026-11-24T04:00:00.000Z';
const callback = (id: string) => [
  ...['schedule', 'call', id, '--outcome', 'CALLBACK', '--at', '2026-11-24 13:00'],
];
const queue = async () => ((await desk.oss('schedule queue --json')).json() as { items: unknown[] }).items;

describe('a promised callback', () => {
  it('is kept when what was held is given up', async () => {
    const id = await desk.place();
    await desk.oss(`schedule assign ${id} --no-call`);
    await desk.oss(callback(id));
    await desk.oss(`schedule unassign ${id}`);
    expect(await queue()).toMatchObject([{ orderId: id, visit: null, calls: { nextAt: ONE_PM } }]);
    expect((await desk.oss(`status ${id} --json`)).json()).toMatchObject({
      waitingFor: { who: 'us', what: 'assign', nextAt: ONE_PM },
    });
  });

  it('is kept when nothing was held', async () => {
    const id = await desk.place();
    expect((await desk.oss(callback(id))).stdout).toContain('called again 2026-11-24 13:00');
    expect(await queue()).toMatchObject([
      { orderId: id, calls: { lastOutcome: 'CALLBACK', nextAt: ONE_PM } },
    ]);
  });

  it('is when the customer is called for what is held next, by whichever way', async () => {
    const ids = [await desk.place(), await desk.place()];
    for (const id of ids) await desk.oss(callback(id));
    const [byHand = '', planned = ''] = ids;
    const held = await desk.oss(`schedule assign ${byHand} --no-call`);
    expect(held.stdout).toContain('the customer is to be called 2026-11-24 13:00');
    await desk.oss(`schedule plan ${planned} -y`);
    expect(await queue()).toMatchObject([{ calls: { nextAt: ONE_PM } }, { calls: { nextAt: ONE_PM } }]);
    await desk.oss('worker --drain');
    expect((await desk.oss(`status ${planned} --json`)).json()).toMatchObject({ calls: { attempts: 1 } });
  });

  it('is told to whoever phones before it, and is done with the next answer', async () => {
    const id = await desk.place();
    await desk.oss(callback(id));
    const { stderr } = await desk.oss(`schedule call ${id}`);
    expect(stderr).toContain('the customer asked to be called back 2026-11-24 13:00');
    const other = await desk.place();
    await desk.oss(callback(other));
    await desk.oss(`schedule call ${other} --outcome NO_ANSWER`);
    expect(await queue()).toMatchObject([
      { orderId: other, calls: { lastOutcome: 'NO_ANSWER', nextAt: null } },
    ]);
  });
});

describe('an agreed time that nobody can keep', () => {
  it('is said to be held, with its exit code, also by a rehearsal', async () => {
    const id = await desk.place();
    // The only two are busy then.
    for (const who of ['T-01', 'T-02']) {
      const other = await desk.place();
      await desk.oss([
        ...['schedule', 'assign', other, '--technician', who, '--at', '2026-11-24 14:00', '--agreed'],
      ]);
    }
    const line = ['schedule', 'call', id, '--outcome', 'AGREED', '--at', '2026-11-24 14:00'];
    const rehearsed = await desk.oss([...line, '--dry-run', '--json']);
    expect([rehearsed.exitCode, rehearsed.json()]).toMatchObject([8, { items: [{ status: 'held' }] }]);
    const { exitCode, stdout } = await desk.oss(line);
    expect([exitCode, stdout]).toEqual([
      8,
      expect.stringMatching(/held +the customer agreed to .* nobody is free/),
    ]);
    expect((await desk.oss(`status ${id} --json`)).json()).toMatchObject({ stage: 'held' });
  });
});

describe('schedule assign --no-call', () => {
  it('does not say that the customer is called now', async () => {
    const id = await desk.place();
    const { stdout } = await desk.oss(`schedule assign ${id} --no-call`);
    expect(stdout).toContain('not phoned yet, the worker calls');
    expect(stdout).not.toContain('called now');
  });
});

describe('the reason of a visit that was asked for', () => {
  it('is not that it is the earliest while an earlier one is free', async () => {
    const id = await desk.place();
    const { stdout } = await desk.oss([
      ...['schedule', 'assign', id, '--at', '2026-11-24 15:00', '--no-call'],
    ]);
    expect(stdout).toContain('T-01');
    expect(stdout).not.toContain('the earliest possible');
    const slots = await desk.oss([...['schedule', 'slots', id, '--date', '2026-11-25', '--json']]);
    expect(slots.stdout).not.toContain('earliest');
  });

  it('is that it is the earliest where it is', async () => {
    const alone = await deskHome([technician('T-01')]);
    const id = await alone.place();
    const { stdout } = await alone.oss(['schedule', 'assign', id, '--at', '2026-11-24 09:30', '--no-call']);
    expect(stdout).toContain('the earliest possible');
    await alone.close();
  });
});
