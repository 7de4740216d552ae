import { expect, it } from 'vitest';
import { runCli } from '../testing/cli/run-cli.ts';
import { validateOutput } from '../testing/cli/validate-output.ts';

it('prints the version and nothing else', async () => {
  expect(await runCli(['version'])).toMatchObject({ exitCode: 0, stdout: '0.0.0-test\n', stderr: '' });
  expect((await runCli(['--version'])).stdout).toBe('0.0.0-test\n');
});

it('has every format', async () => {
  expect(validateOutput('oss.version/1', (await runCli(['version', '--json'])).json())).toEqual([]);
  expect((await runCli(['version', '-o', 'id'])).stdout).toBe('0.0.0-test\n');
  expect((await runCli(['version', '-o', 'csv'])).stdout).toMatch(
    /^version,node,platform,arch\r\n0\.0\.0-test,/,
  );
});

it('works with a configuration that does not', async () => {
  expect((await runCli(['version'], { env: { OSS_TZ: 'Nowhere/Land' } })).exitCode).toBe(0);
});
