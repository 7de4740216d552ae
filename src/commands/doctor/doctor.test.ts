import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { inEveryFormat, machineRoom } from '../../testing/cli/machine.fixture.ts';
import type { Desk } from '../../testing/cli/orders.fixture.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';
import { asIntruder } from '../../testing/store/as-intruder.ts';

let desk: Desk;
const home = (name: string): string => join(desk.env().OSS_HOME ?? '', name);
afterEach(() => desk.close());

type Told = { readonly items: readonly { readonly name: string; readonly state: string }[] };
const badOnes = (told: unknown): readonly string[] =>
  (told as Told).items.filter(({ state }) => state === 'bad').map(({ name }) => name);

describe('doctor', () => {
  it('finds nothing bad where all is well, and looks at everything', async () => {
    desk = await machineRoom(1);
    const told = await inEveryFormat(desk, ['doctor']);
    expect(badOnes(told)).toEqual([]);
    expect((told as Told).items.map(({ name }) => name)).toEqual([
      ...['configuration', 'access', 'database', 'disk', 'binding', 'clock', 'ne', 'tm', 'breakers'],
      ...['worker', 'work', 'server'],
      'comparison',
      'areas',
      'leftovers',
    ]);
  });

  it('asks nobody with --live, and makes no database', async () => {
    desk = await machineRoom();
    const told = (await desk.json(['doctor', '--live'])) as Told;
    expect(told.items.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'configuration ok',
      'access ok',
      'database warn',
      'disk ok',
    ]);
    expect((await desk.oss(['db', 'info'])).exitCode).toBe(78);
    expect((await desk.oss(['doctor', '--live', '--ready'])).exitCode).toBe(2);
  });

  it('says by how much the clock was put on since the last requests were sent, and what to do', async () => {
    desk = await machineRoom(1);
    const clockOf = async (): Promise<unknown> =>
      ((await desk.json(['doctor'])) as Told).items.find(({ name }) => name === 'clock');
    expect(JSON.stringify(await clockOf())).not.toContain('put on');
    const db = new Database(home('oss.db'));
    asIntruder(db, "update events set at = strftime('%Y-%m-%dT%H:%M:%fZ', at, '-9 hours')");
    db.close();
    expect(await clockOf()).toMatchObject({
      state: 'warn',
      detail: expect.stringMatching(/was put on by 32400 s since it showed .*; no order is at risk/),
      next: expect.stringContaining('NTP'),
    });
  });

  it('lists every problem of the configuration, with 78', async () => {
    desk = await machineRoom(0, { OSS_NE_TIMEOUT_MS: 'soon', OSS_TZ: 'Mars/Base' });
    const { exitCode, json } = await desk.oss(['doctor', '--json']);
    expect(exitCode).toBe(78);
    expect(validateOutput('oss.checks/1', json())).toEqual([]);
    expect(badOnes(json())).toEqual(['configuration', 'configuration']);
  });

  it('says that the database belongs to other peers, and asks those nothing', async () => {
    desk = await machineRoom(1);
    const env = {
      ...desk.env(),
      OSS_NOW: undefined,
      OSS_NE_URL: 'http://127.0.0.1:9/',
      OSS_TM_URL: 'http://127.0.0.1:9/',
    };
    const { exitCode, json } = await desk.oss(['doctor', '--json'], { env });
    expect(exitCode).toBe(78);
    expect(badOnes(json())).toEqual(['binding']);
    expect((json() as Told).items.some(({ name }) => name === 'ne')).toBe(false);
  });

  it('says of a proxy that is set that it is not used, and every command that asks the peers says it too', async () => {
    desk = await machineRoom();
    const env = {
      ...desk.env(),
      OSS_NOW: undefined,
      // This machine, by a name that might go to a proxy.
      ...{ OSS_NE_URL: 'http://0.0.0.0:9/', OSS_NE_ALLOW_HTTP: 'true' },
      ...{ OSS_TM_URL: 'http://127.0.0.1:9/', HTTP_PROXY: 'http://127.0.0.1:1' },
    };
    await desk.oss(['db', 'init'], { env });
    await desk.oss(['db', 'bind', '--reason', 'test'], { env });
    const told = async (more: NodeJS.ProcessEnv): Promise<string> => {
      const { stdout, stderr } = await desk.oss(['doctor', '--ready', '--json'], {
        env: { ...env, ...more },
      });
      return `${stdout}${stderr}`;
    };
    expect(await told({})).toMatch(/"name":"ne".*HTTP_PROXY is set and not used.*\n.*"name":"tm"/);
    expect(await told({})).not.toMatch(/"name":"tm".*HTTP_PROXY/);
    expect(await told({ NO_PROXY: '0.0.0.0' })).not.toContain('HTTP_PROXY');
    const order = [
      'order',
      'new',
      '--name',
      '김',
      '--phone',
      '010-1234-5678',
      '--address',
      '강남구 1',
      '--internet',
      '1',
    ];
    const placed = await desk.oss(order, { env });
    expect(placed.exitCode, placed.stderr).toBe(0);
    expect(placed.stderr).toContain('HTTP_PROXY is set and not used: NE is asked directly');
    expect(placed.stderr).not.toContain('TM is asked directly');
  });

  it('tells an unreachable peer and an open breaker with 75, and what fails', async () => {
    desk = await machineRoom();
    const env = {
      ...desk.env(),
      OSS_NOW: undefined,
      OSS_NE_URL: 'http://127.0.0.1:9/',
      OSS_TM_URL: 'http://127.0.0.1:9/',
    };
    await desk.oss(['db', 'init'], { env });
    await desk.oss(['db', 'bind', '--reason', 'test'], { env });
    const down = await desk.oss(['doctor', '--ready', '--json'], { env });
    expect(down.exitCode).toBe(75);
    expect(badOnes(down.json())).toEqual(['ne', 'tm']);
    await desk.oss(['breaker', 'open', 'ne', '--for', '1h', '--reason', 'x'], { env });
    const open = await desk.oss(['doctor', '--json'], { env });
    expect(badOnes(open.json())).toEqual(['ne', 'tm', 'breakers']);
  });

  it('warns of work that nobody does', async () => {
    desk = await machineRoom(1, { OSS_INLINE_MAX_MS: '0' });
    const { exitCode, stdout } = await desk.oss(['doctor']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/! warn +worker +none running, and 1 order is due +oss worker/);
  });
});

describe('whoami', () => {
  it('tells actor, database and peers', async () => {
    desk = await machineRoom();
    expect(await inEveryFormat(desk, ['whoami'])).toMatchObject({
      actor: 'supervisor:lee',
      role: 'supervisor',
      name: 'lee',
      ne: 'simulated',
      clockMoved: true,
      simulated: true,
    });
    expect((await desk.oss(['whoami', '-o', 'id', '--actor', 'technician:T-01'])).stdout).toBe(
      'technician:T-01\n',
    );
  });
});
