import { describe, expect, it } from 'vitest';
import { STAGES } from '../core/rules/stage.ts';
import { runCli } from '../testing/cli/run-cli.ts';
import { validateOutput } from '../testing/cli/validate-output.ts';
import { TOPICS } from './help-topics/topics.ts';

describe('help', () => {
  it.each(TOPICS)('explains %s in every format', async (topic) => {
    const { exitCode, stdout } = await runCli(['help', topic]);
    expect(exitCode).toBe(0);
    expect(stdout.length).toBeGreaterThan(100);
    expect(validateOutput('oss.help/1', (await runCli(['help', topic, '--json'])).json())).toEqual([]);
  });

  it('makes topics from the real tables', async () => {
    const ids = async (topic: string) =>
      (await runCli(['help', topic, '-o', 'id'])).stdout.trimEnd().split('\n');
    expect(await ids('stages')).toEqual(STAGES);
    expect(await ids('exit-codes')).toEqual(
      expect.arrayContaining([
        '0',
        '1',
        '2',
        '3',
        '4',
        '5',
        '6',
        '7',
        '8',
        '65',
        '70',
        '75',
        '78',
        '129',
        '130',
        '143',
      ]),
    );
    expect(await ids('environment')).toEqual(
      expect.arrayContaining(['OSS_NE_TIMEOUT_MS', 'OSS_HOME', 'NO_COLOR']),
    );
    expect(await ids('reason-codes')).toContain('NO_ACCESS');
  });

  it('explains a command and a noun', async () => {
    expect((await runCli(['help', 'config', 'set'])).stdout).toContain('Usage: oss config set');
    expect((await runCli(['help', 'config'])).stdout).toContain('validate');
  });

  it('suggests for an unknown topic, exit 2', async () => {
    const { exitCode, stderr } = await runCli(['help', 'exit-code']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('did you mean "exit-codes"?');
  });

  it('fits a narrow terminal', async () => {
    const { stdout } = await runCli(['help', 'exit-codes'], { columns: 40 });
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(40);
  });
});
