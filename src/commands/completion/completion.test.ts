import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../testing/cli/run-cli.ts';
import { SAMPLE_TREE } from '../../testing/cli/sample-commands.ts';
import { completionScript } from './script.ts';
import { completionTable } from './table.ts';

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

/** What bash offers for a line that ends where the cursor is. */
const offered = (line: string): readonly string[] => {
  const words = line.split(' ');
  const script = `${completionScript('bash', 'oss', SAMPLE_TREE)}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_oss; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
};

describe('completion', () => {
  it('knows every point of the tree', () => {
    const rows = completionTable(SAMPLE_TREE);
    expect(rows.find((row) => row.after === '')?.words).toEqual(['thing']);
    expect(rows.find((row) => row.after === 'thing')?.words).toEqual(['place', 'put', 'list', 'drop']);
    const place = rows.find((row) => row.after === 'thing place');
    expect(place?.flags.map((flag) => flag.name)).toEqual(
      expect.arrayContaining(['--name', '--no-call', '--dry-run']),
    );
    expect(place?.flags.find((flag) => flag.name === '--colour')?.choices).toEqual(['red', 'green']);
  });

  it.runIf(has('bash'))('works in bash', () => {
    expect(offered('oss th')).toEqual(['thing']);
    expect(offered('oss thing l')).toEqual(['list']);
    expect(offered('oss --db x thing p')).toEqual(['place', 'put']);
    expect(offered('oss thing place --na')).toEqual(['--name']);
    expect(offered('oss thing put --no')).toEqual(['--no-call', '--no-input']);
    expect(offered('oss thing place --colour ')).toEqual(['red', 'green']);
    expect(offered('oss -o c')).toEqual(['csv', 'cloudevents']);
  });

  it('prints a script for every shell, and names them for another', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { exitCode, stdout } = await runCli(['completion', shell]);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('validate');
    }
    const { exitCode, stderr } = await runCli(['completion', 'tcsh']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('one of bash, zsh, fish');
  });

  it('quotes what a shell would act on', () => {
    expect(completionScript('fish', 'a;b', SAMPLE_TREE)).not.toContain('a;b');
    expect(completionScript('fish', 'oss', SAMPLE_TREE)).toContain("'its name'");
  });
});
