import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../testing/cli/run-cli.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';

let home = '';
const config = (words: string, env: NodeJS.ProcessEnv = {}) =>
  runCli(['config', ...words.split(' ')], { env: { HOME: home, OSS_HOME: home, ...env } });

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'oss-config-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('config', () => {
  it('lists every setting with its origin', async () => {
    const { json, exitCode } = await config('list --json', { OSS_NE_TIMEOUT_MS: '1234' });
    expect(exitCode).toBe(0);
    expect(validateOutput('oss.config/1', json())).toEqual([]);
    expect(json()).toMatchObject({
      items: expect.arrayContaining([
        { key: 'ne.timeoutMs', value: 1234, origin: 'environment OSS_NE_TIMEOUT_MS' },
        { key: 'tm.timeoutMs', value: 5000, origin: 'default' },
      ]),
    });
    expect((await config('list --origin')).stdout).toMatch(/tm\.timeoutMs +5000 +default/);
  });

  it('gets one, and suggests for a wrong key', async () => {
    expect((await config('get ne.timeoutMs')).stdout).toBe('5000\n');
    expect(validateOutput('oss.setting/1', (await config('get ne.timeoutMs --json')).json())).toEqual([]);
    const { exitCode, stderr } = await config('get ne.timeoutms');
    expect(exitCode).toBe(78);
    expect(stderr).toContain('did you mean ne.timeoutMs?');
  });

  it('sets one in the file, and says when something else wins', async () => {
    const set = await config('set ne.timeoutMs 4000 --json');
    expect(set.json()).toMatchObject({ key: 'ne.timeoutMs', value: 4000 });
    expect(await readFile(join(home, 'config.yaml'), 'utf8')).toContain('4000');
    const overruled = await config('set ne.timeoutMs 3000', { OSS_NE_TIMEOUT_MS: '1' });
    expect(overruled.stderr).toContain('OSS_NE_TIMEOUT_MS wins');
  });

  it('is written down before the file is changed; rights apart, and nothing where there is no database', async () => {
    const before = await config('set ne.timeoutMs 4000');
    expect(before).toMatchObject({ exitCode: 0 });
    expect(before.stderr).toContain('no audit knows of this change');
    const env = { HOME: home, OSS_HOME: home, OSS_ACTOR: 'supervisor:lee' };
    expect((await runCli(['db', 'init'], { env })).exitCode).toBe(0);
    const after = await config('set ne.timeoutMs 3000', env);
    expect(after).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await config('set ne.timeoutMs soon', env)).exitCode).toBe(78);
    const told = await runCli(['audit', 'list', '--action', 'config.set', '-o', 'json'], { env });
    expect((told.json() as { items: readonly object[] }).items).toMatchObject([
      { actor: 'supervisor:lee', subject: 'ne.timeoutMs', detail: { value: '3000' } },
    ]);
  });

  it('stays as it is when the database cannot be written', async () => {
    const env = { HOME: home, OSS_HOME: home };
    await config('set ne.timeoutMs 4000');
    await writeFile(join(home, 'oss.db'), 'nothing of ours, and long enough to be looked at '.repeat(20));
    const { exitCode, stderr } = await config('set ne.timeoutMs 3000', env);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('oss.db');
    expect(await readFile(join(home, 'config.yaml'), 'utf8')).toContain('4000');
  });

  it('refuses a value that is none, and writes nothing', async () => {
    expect((await config('set ne.timeoutMs soon')).exitCode).toBe(78);
    await expect(readFile(join(home, 'config.yaml'))).rejects.toThrow();
  });

  it('says where the file is', async () => {
    const { json } = await config('path --json');
    expect(validateOutput('oss.config-path/1', json())).toEqual([]);
    expect(json()).toMatchObject({ file: join(home, 'config.yaml'), exists: false });
  });

  it('validates: everything wrong at once, exit 78', async () => {
    expect(await config('validate')).toMatchObject({ exitCode: 0, stdout: 'the configuration is valid\n' });
    await writeFile(join(home, 'config.yaml'), 'ne.timeoutMs: soon\ntz: Nowhere\nnope: 1\n');
    const { exitCode, json } = await config('validate --json');
    expect(exitCode).toBe(78);
    expect(validateOutput('oss.problems/1', json())).toEqual([]);
    expect(json()).toMatchObject({ items: expect.objectContaining({ length: 3 }) });
    expect((await config('list')).exitCode).toBe(0);
  });
});
