import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('..', import.meta.url));
let folder = '';
let home = '';

/** The real program as it is built, beside the packages of this checkout. */
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'oss-main-'));
  folder = await mkdtemp(join(root, 'node_modules', '.oss-main-'));
  const { bundle }: { bundle: (folder: string) => Promise<void> } = await import(
    String(new URL('../scripts/build.mjs', import.meta.url))
  );
  await bundle(join(folder, 'dist'));
  await cp(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await rm(home, { recursive: true, force: true });
});

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

const start = (command: string): ChildProcess =>
  spawn('bash', ['-c', command], {
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home, OSS_HOME: home, oss: join(folder, 'bin', 'oss') },
  });

const sh = (command: string): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = start(command);
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout += chunk.toString('utf8');
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk.toString('utf8');
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });

describe('the program', () => {
  it('prints its version', async () => {
    expect(await sh('"$oss" --version')).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
    expect((await sh('"$oss" version')).stdout).toBe(`${manifest.version}\n`);
  });

  it('leaves every import of a package to its loader: one out of the code cache would fail', async () => {
    const program = await readFile(join(folder, 'dist', 'oss.cjs'), 'utf8');
    expect(program).toContain('$import("inquirer")');
    expect(program).not.toMatch(/[^\w$.]import\(/);
  });

  it('never asks with stdin at /dev/null, and never ends with 0 for it', async () => {
    expect(await sh('"$oss" config set < /dev/null')).toMatchObject({ code: 2, stdout: '' });
    expect(await sh('echo key | "$oss" config set')).toMatchObject({ code: 2, stdout: '' });
    expect(await sh('"$oss" < /dev/null')).toMatchObject({ code: 2, stdout: '' });
  });

  it('is not cut in a pipe, and a reader that leaves is no error', async () => {
    const whole = await sh('"$oss" help environment --json | cat');
    expect(JSON.parse(whole.stdout).items.length).toBeGreaterThan(30);
    const cut = await sh('set -o pipefail; "$oss" completion bash | head -c 1 > /dev/null');
    expect(cut).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('does not end with 0 when its output could not be written', async () => {
    const { code, stderr } = await sh('"$oss" config list > /dev/full');
    expect(code).toBe(75);
    expect(stderr).toContain('ENOSPC');
  });

  it('works with stdout or stderr closed', async () => {
    expect((await sh('"$oss" version -o id >&-')).code).toBe(0);
    expect((await sh('"$oss" config set 2>&-')).code).toBe(2);
  });

  it('repeats the name it was called by', async () => {
    const { stderr } = await sh('ln -sf "$oss" ./console; ./console config get nope');
    expect(stderr).toContain('next: console config list');
  });

  it('starts from the code cache of its build, and as well without one, or beside one of another build', async () => {
    const dist = join(folder, 'dist');
    const [cache = ''] = (await readdir(dist)).filter((name) => name.endsWith('.cache'));
    const source = await readFile(join(dist, 'oss.cjs'), 'latin1');
    expect(source.startsWith(`/*${cache.replace('.cache', '')}*/`)).toBe(true);
    const asked = '"$oss" config get tz';
    const told = await sh(asked);
    expect(told).toMatchObject({ code: 0, stderr: '' });
    const isCacheUsed = `node -e "console.log(require('./load.cjs').load('${dist}').script.cachedDataRejected)"`;
    expect((await sh(`cd "$(dirname "$oss")"; ${isCacheUsed}`)).stdout).toBe('false\n');
    await rename(join(dist, cache), join(dist, 'ffffffffffffffff.cache'));
    expect(await sh(asked)).toEqual(told);
    await writeFile(join(dist, cache), 'no cache at all');
    expect(await sh(asked)).toEqual(told);
    await rename(join(dist, 'ffffffffffffffff.cache'), join(dist, cache));
  });

  it('says what to run when it is not built', async () => {
    const { code, stderr } = await sh(
      'mkdir bare; cp -r "$(dirname "$oss")" bare/bin; echo "{\\"type\\":\\"module\\"}" > bare/package.json; bare/bin/oss',
    );
    expect(code).toBe(78);
    expect(stderr).toContain('npm ci');
  });
});
