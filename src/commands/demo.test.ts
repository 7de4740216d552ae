import { existsSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli } from '../testing/cli/run-cli.ts';
import { validateOutput } from '../testing/cli/validate-output.ts';
import { typed } from './demo/typed.ts';

describe('demo', () => {
  it('plays all four acts, and all is as it should be', { timeout: 240_000 }, async () => {
    const { exitCode, stdout, stderr } = await runCli(['demo']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/\nall is as it should be \(\d+ s\)\n$/);
    for (const end of ['1 is completed', '2 is returned', '3 is cancelled', '4 is completed']) {
      expect(stdout).toContain(`ORD-00000${end}, and the network is as it says: 0 orphans`);
    }
    expect(stdout).toContain('exit code 75: work is left, nothing is lost');
    expect(stdout).toContain('ServiceInDoubt');
    expect(stdout).toContain('9 live services against 4 orders');
    const [, folder = ''] = /everything happens in (\S+),/.exec(stdout) ?? [];
    expect(existsSync(folder)).toBe(false);
  });

  it('plays one act, keeps its folder when asked to, and tells scripts the same', {
    timeout: 240_000,
  }, async () => {
    const { exitCode, json, stdout } = await runCli([
      'demo',
      '--act',
      '3',
      '--keep',
      '--json',
      '--lang',
      'ko',
    ]);
    expect(exitCode).toBe(0);
    expect(validateOutput('oss.demo/1', json())).toEqual([]);
    expect(stdout).toContain('고아 서비스 0건');
    const [, folder = ''] = /OSS_HOME=([^"\\]+)/.exec(stdout) ?? [];
    expect(existsSync(folder)).toBe(true);
    rmSync(folder, { recursive: true });
  });

  it('waits for Enter behind an act on a terminal, unless with -y', { timeout: 240_000 }, async () => {
    const told = await runCli(['demo', '--act', '3'], { tty: true, answers: [''] });
    expect([told.exitCode, told.questions]).toEqual([0, ['Enter: the next act']]);
  });
});

describe('typed', () => {
  it('reads a line as a shell would', () => {
    expect(typed('OSS_A="x y" OSS_B=1 oss order new --name "김 하늘" --note "" -y')).toEqual({
      env: { OSS_A: 'x y', OSS_B: '1' },
      words: ['order', 'new', '--name', '김 하늘', '--note', '', '-y'],
    });
  });
});
