import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inEveryFormat, machineRoom } from '../../testing/cli/machine.fixture.ts';
import { type Desk, HONG } from '../../testing/cli/orders.fixture.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await machineRoom(1);
});
afterEach(() => desk.close());

const audit = () =>
  desk.open(async (services) => (await services.store('read')).read((tx) => tx.audit.list(20)));

describe('breaker', () => {
  it('lists both peers, closed', async () => {
    expect(await inEveryFormat(desk, ['breaker', 'list'])).toMatchObject({
      items: [
        { name: 'ne:simulated', state: 'closed', openUntil: null, failures: 0 },
        { name: 'tm:simulated', state: 'closed' },
      ],
    });
  });

  it('opens by hand: nothing is sent, the order is taken all the same; closes by hand: the worker goes on', async () => {
    const opened = await desk.oss([
      ...['breaker', 'open', 'ne', '--for', '30m', '--reason', 'maintenance', '--json'],
    ]);
    expect(opened.exitCode).toBe(0);
    expect(opened.json()).toMatchObject({
      schema: 'oss.breaker/1',
      name: 'ne:simulated',
      state: 'open',
      forced: { actor: 'supervisor:lee', reason: 'maintenance' },
    });
    const before = await desk.open((services) => services.ledger());
    const taken = await desk.oss(['order', 'new', ...HONG, '--internet', '1', '--duplicate-ok']);
    expect(taken.exitCode).toBe(0);
    expect((await desk.oss(['worker', '--drain', '--wait', '1s'])).exitCode).toBe(75);
    const after = await desk.open((services) => services.ledger());
    expect(after?.requests).toEqual(before?.requests);
    expect((await desk.oss(['breaker', 'list'])).stdout).toMatch(/open until .*maintenance/);
    expect((await desk.oss(['breaker', 'close', 'ne:simulated', '--reason', 'done'])).exitCode).toBe(0);
    expect((await desk.oss(['worker', '--drain'])).exitCode).toBe(0);
    expect(await desk.json(['status', '2'])).toMatchObject({ stage: 'tm-queue' });
    expect((await audit()).filter(({ action }) => action === 'breaker.force')).toMatchObject([
      { subject: 'ne:simulated', detail: { to: 'closed', reason: 'done' } },
      { subject: 'ne:simulated', detail: { to: 'open', reason: 'maintenance' } },
    ]);
  });

  it('says that a closed one was closed already', async () => {
    const { exitCode, stderr } = await desk.oss(['breaker', 'close', 'tm', '--reason', 'x']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'note: it was closed already\n' });
  });

  it('refuses other names, a missing reason, and roles that have no say in it', async () => {
    const unknown = await desk.oss(['breaker', 'open', 'nee', '--for', '1m', '--reason', 'x']);
    expect(unknown.exitCode).toBe(3);
    expect(unknown.stderr).toContain('ne, tm, ne:simulated, tm:simulated');
    expect((await desk.oss(['breaker', 'open', 'ne', '--for', '1m'])).exitCode).toBe(2);
    const denied = await desk.oss([
      ...['breaker', 'open', 'ne', '--for', '1m', '--reason', 'x', '--actor', 'technician:T-01'],
    ]);
    expect(denied.exitCode).toBe(5);
    expect((await audit())[0]).toMatchObject({
      action: 'denied',
      actor: 'technician:T-01',
      subject: 'breaker open',
    });
    expect(await desk.json(['breaker', 'list'])).toMatchObject({ items: [{ state: 'closed' }, {}] });
  });
});
