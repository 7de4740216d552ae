import { execFileSync } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessHere } from '../adapters/runtime/account.ts';
import { thisOrigin } from '../adapters/runtime/this-origin.ts';
import { parseAccountRule } from '../core/rules/account-roles.ts';
import { type DeskHome, deskHome } from '../testing/cli/desk.fixture.ts';

const ME = thisOrigin().osUser;

let desk: DeskHome;
beforeEach(async () => {
  desk = await deskHome();
});
afterEach(() => desk.close());

const file = (): string => join(desk.home, 'config.yaml');
const roles = async (text: string): Promise<void> => {
  await writeFile(file(), `access.roles: "${text}"\n`);
  await chmod(file(), 0o600);
};
const as = (actor: string, ...words: readonly string[]) => desk.oss(words, { env: { OSS_ACTOR: actor } });
const lastDenial = () =>
  desk.withServices(async (services) => {
    const rows = await (await services.store('read')).read((tx) => tx.audit.list(1));
    return rows[0];
  });

describe('access.roles', () => {
  it('holds an account to its roles, refuses any other with what it may be, and writes that down', async () => {
    await roles(`${ME}=cs|technician:T-02, nobody-else=supervisor`);
    expect((await as('cs:kim', 'order', 'list')).exitCode).toBe(0);
    expect((await as('technician:T-02', 'field', 'today')).exitCode).toBe(0);
    for (const actor of ['supervisor:kim', 'technician:T-01', 'tm:kim']) {
      const { exitCode, stdout, stderr } = await as(actor, 'order', 'list');
      expect([exitCode, stdout], actor).toEqual([5, '']);
      expect(stderr).toContain(`${ME} may not act as ${actor}`);
      expect(stderr).toContain(`access.roles grants this account cs, technician:T-02`);
      expect(stderr).toContain(`--actor cs:${ME}`);
      expect(await lastDenial()).toMatchObject({
        actor,
        action: 'denied',
        subject: 'order list',
        detail: { why: 'NOT_YOUR_ROLE' },
        osUser: ME,
        face: 'console',
      });
    }
    const korean = await as('supervisor:kim', 'order', 'list', '--lang', 'ko');
    expect(korean.stderr).toMatch(/계정 .+ supervisor:kim으로 일할 수 없습니다/);
  });

  it('names the first of them where nobody is named, and grants nothing to who is in no rule', async () => {
    await roles(`${ME}=noc|cs`);
    const env = { OSS_ACTOR: '' };
    expect((await desk.oss(['whoami', '--json'], { env })).json()).toMatchObject({
      actor: `noc:${ME}`,
      access: 'held',
      account: ME,
      grants: ['noc', 'cs'],
    });
    await roles('nobody-else=supervisor');
    const { exitCode, stderr } = await desk.oss(['order', 'list'], { env });
    expect(exitCode).toBe(5);
    expect(stderr).toContain('access.roles grants this account nothing');
  });

  it('is written by supervisors alone, and every try is recorded', async () => {
    const value = `${ME}=cs|noc`;
    for (const actor of ['noc:kim', 'system:kim']) {
      const { exitCode, stderr } = await as(actor, 'config', 'set', 'access.roles', value);
      expect([exitCode, stderr], actor).toEqual([5, expect.stringContaining('it is for supervisor')]);
      expect(await lastDenial()).toMatchObject({ actor, action: 'denied', subject: 'access.roles' });
    }
    expect((await as('cs:kim', 'config', 'set', 'ne.timeoutMs', '700')).exitCode).toBe(5);
    expect(await lastDenial()).toMatchObject({ actor: 'cs:kim', action: 'denied', subject: 'config set' });
    await expect(readFile(file(), 'utf8')).rejects.toThrow();
    expect((await as('supervisor:kim', 'config', 'set', 'access.roles', value)).exitCode).toBe(0);
    expect(await lastDenial()).toMatchObject({
      actor: 'supervisor:kim',
      action: 'access.change',
      detail: { value },
    });
    expect((await as('supervisor:kim', 'config', 'set', 'access.roles', `${ME}=supervisor`)).exitCode).toBe(
      5,
    );
    expect((await as('noc:kim', 'config', 'set', 'ne.timeoutMs', '700')).exitCode).toBe(0);
    expect((await as('noc:kim', 'config', 'set', 'access.roles', `${ME}=supervisor`)).exitCode).toBe(5);
    expect(await readFile(file(), 'utf8')).toContain(value.split('=')[1]);
  });

  it('is believed in the file only', async () => {
    await roles(`${ME}=cs`);
    const env = { OSS_ACTOR: 'supervisor:kim', OSS_ACCESS_ROLES: `${ME}=supervisor` };
    const { exitCode, stderr } = await desk.oss(['order', 'list'], { env });
    expect([exitCode, stderr]).toEqual([78, expect.stringContaining('OSS_ACCESS_ROLES')]);
    expect((await desk.oss(['config', 'set', 'access.roles', `${ME}=supervisor`], { env })).exitCode).toBe(
      78,
    );
  });

  it('that cannot be read holds everybody off', async () => {
    await roles(`${ME}=king`);
    expect((await as('supervisor:kim', 'order', 'list')).exitCode).toBe(78);
    expect((await as('supervisor:kim', 'config', 'set', 'access.roles', `${ME}=supervisor`)).exitCode).toBe(
      78,
    );
  });

  it('asks the system for groups', () => {
    const [group = ''] = execFileSync('id', ['-Gn'], { encoding: 'utf8' }).split(/\s/);
    const rules = [parseAccountRule(`@${group}=noc`), parseAccountRule('@no-such-group=supervisor')];
    expect(accessHere(rules.filter((rule) => rule !== null))).toEqual({
      kind: 'held',
      account: ME,
      grants: ['noc'],
    });
  });

  it('is told by whoami and doctor, also where it is not set', async () => {
    expect((await as('supervisor:kim', 'whoami')).stdout).toContain('the role is advice');
    expect((await as('supervisor:kim', 'doctor')).stdout).toContain('the role is advice');
    await roles(`${ME}=cs`);
    expect((await as('cs:kim', 'whoami')).stdout).toContain(`${ME}; may act as cs`);
    expect((await as('cs:kim', 'doctor')).stdout).toContain(`${ME} may act as cs`);
    const other = await as('noc:kim', 'doctor');
    expect([other.exitCode, other.stdout]).toEqual([78, expect.stringContaining('may not act as noc:kim')]);
  });
});

describe('a technician who is in no list', () => {
  it('may do nothing, which is written down', async () => {
    await desk.place();
    for (const line of ['order list', 'field today', 'order note 1 --text late', 'field start 1']) {
      const { exitCode, stdout, stderr } = await as('technician:T-99', ...line.split(' '));
      expect([exitCode, stdout], line).toEqual([5, '']);
      expect(stderr).toContain('there is no technician T-99');
      expect(await lastDenial()).toMatchObject({
        actor: 'technician:T-99',
        action: 'denied',
        detail: { why: 'NO_SUCH_ACTOR' },
      });
    }
    expect((await as('technician:T-99', 'whoami')).exitCode).toBe(0);
    expect((await as('technician:T-01', 'order', 'list')).exitCode).toBe(0);
  });
});
