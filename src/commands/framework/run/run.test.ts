import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CliOptions, memoryDrafts, runCli } from '../../../testing/cli/run-cli.ts';
import { SAMPLE_TREE } from '../../../testing/cli/sample-commands.ts';
import { CTRL_C } from '../../../testing/cli/scripted-prompts.ts';
import { validateOutput } from '../../../testing/cli/validate-output.ts';
import { Interrupted } from './failure.ts';

const cli = (line: string, options: Partial<CliOptions> = {}) =>
  runCli(line === '' ? [] : line.split(' '), { tree: SAMPLE_TREE, ...options });
const PLACE = 'thing place --name Kim --count 1';

describe('formats', () => {
  it('json of one thing has its schema first', async () => {
    const { json, stdout, exitCode } = await cli(`${PLACE} --json`);
    expect(exitCode).toBe(0);
    expect(json()).toMatchObject({ schema: 'oss.thing/1', name: 'Kim', count: 1 });
    expect(stdout.startsWith('{\n  "schema": "oss.thing/1"')).toBe(true);
  });

  it('json of a list', async () => {
    const { json } = await cli('thing list --json');
    expect(json()).toMatchObject({
      schema: 'oss.things/1',
      items: [{ id: 'T-1' }, { id: 'T-2' }],
      nextCursor: 'c2',
    });
  });

  it('an empty list is [], exit 0', async () => {
    const { json, exitCode } = await cli('thing list --empty --json');
    expect(json()).toEqual({ schema: 'oss.things/1', items: [], nextCursor: null });
    expect(exitCode).toBe(0);
    expect((await cli('thing list --empty')).stdout).toBe('nothing found\n');
  });

  it('ndjson, id and csv are one item a line', async () => {
    const { stdout } = await cli('thing list -o ndjson');
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual(['T-1', 'T-2']);
    expect((await cli('thing list -o id')).stdout).toBe('T-1\nT-2\n');
    expect((await cli('thing list -o csv')).stdout).toBe(
      "id,name,visit.start\r\nT-1,'=1+1,2026-11-24T05:25:00.000Z\r\nT-2,홍길동,\r\n",
    );
  });

  it('the table shows local times, and says how far only on a terminal', async () => {
    expect((await cli('thing list --tz Asia/Seoul')).stdout).toMatch(/T-1 +=1\+1 +2026-11-24 14:25$/m);
    expect((await cli('thing list', { tty: true })).stdout).toContain('2026-11-24 14:25 (in 25 min)');
  });

  it.each(['json', 'ndjson', 'csv', 'id', 'table'])('%s lets no escape through', async (format) => {
    const { stdout } = await cli(`thing list -o ${format} --color never`, { tty: true });
    expect(stdout).not.toMatch(/[\u001b\u0080-\u009f]/);
  });

  it('--fields picks dotted fields in every format', async () => {
    const line = 'thing list --fields id,visit.start';
    expect((await cli(`${line} -o ndjson`)).stdout.split('\n')[0]).toBe(
      '{"id":"T-1","visit.start":"2026-11-24T05:25:00.000Z"}',
    );
    expect((await cli(`${line} -o csv`)).stdout.split('\r\n')[2]).toBe('T-2,');
    expect((await cli(line)).stdout).toMatch(/^id +visit.start\nT-1 +2026-11-24T05:25:00.000Z\nT-2 +-\n$/);
  });

  it('an unknown field is a usage error', async () => {
    const { exitCode, stderr } = await cli('thing list --fields nam');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--fields cannot be "nam"');
  });

  it('says on stderr that a list was cut', async () => {
    const { stderr, stdout } = await cli('thing list -o csv');
    expect(stderr).toContain('2 shown, there are more');
    expect(stdout).not.toContain('more');
  });
});

describe('what goes where', () => {
  it('prints the acknowledged line at once, and the id once', async () => {
    expect((await cli(PLACE)).stdout).toBe('thing T-1 placed\nKim x 1\n');
    expect((await cli(`${PLACE} -o id`)).stdout).toBe('T-1\n');
    const run = await cli(`${PLACE} --json`);
    expect(run.stderr).toContain('thing T-1 placed');
    expect(run.stdout).not.toContain('placed');
  });

  it('hints only on a terminal, with the name of the program; notes always, on stderr', async () => {
    expect((await cli(PLACE, { tty: true })).stderr).toContain('next: oss thing list');
    const piped = await cli(PLACE);
    expect(piped.stderr).toBe('note: pending: nothing\n');
    expect((await cli(`${PLACE} -q`, { tty: true })).stderr).toBe('');
  });

  it('colours only what may be coloured', async () => {
    const env = { TERM: 'xterm' };
    expect((await cli('thing list', { tty: true, env })).stdout).toContain('\u001b[1mID');
    expect((await cli('thing list', { env })).stdout).not.toContain('\u001b');
    expect((await cli('thing list', { tty: true, env: { ...env, NO_COLOR: '1' } })).stdout).not.toContain(
      '\u001b',
    );
    expect((await cli('thing list --color always', { env })).stdout).toContain('\u001b[1mID');
  });
});

describe('errors', () => {
  it('names all that is missing or wrong, with an example, exit 2', async () => {
    const { exitCode, stderr, stdout } = await cli('thing place --rx 18.5');
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'error: --rx cannot be "18.5"\nwhy: expected a number from -27 to -8\n' +
        'error: "thing place" needs --name NAME, --count N\nnext: for example: oss thing place --name Kim --count 1\n',
    );
  });

  it.each([
    'thing place',
    'thing nope --json',
    '--nope',
    'thing place --name --json',
    'thing list --json -o csv',
    'thing list extra',
    '-o yaml thing list',
    'thing list --tz Nowhere',
    'thing list --tz +09:00',
    'thing list --actor nobody',
  ])('is usage: %s', async (line) => {
    const { exitCode, stderr, stdout } = await cli(line);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/error/);
  });

  it('is one JSON object with --json', async () => {
    const { stderr } = await cli('thing place --rx 18.5 --json');
    const error = JSON.parse(stderr);
    expect(validateOutput('oss.error/1', error)).toEqual([]);
    expect(error).toMatchObject({
      error: { code: 'BAD_VALUE', exitCode: 2, retryable: false, retryAfterMs: null },
    });
    expect(error.error.message).toContain('--name NAME');
  });

  it('a bug is 70, its stack only with --debug', async () => {
    const { exitCode, stderr } = await cli('thing list --fail');
    expect(exitCode).toBe(70);
    expect(stderr).toContain('broken');
    expect(stderr).not.toMatch(/^ +at /m);
    expect((await cli('thing list --fail --debug')).stderr).toMatch(/TypeError: broken\n +at /);
  });

  it('speaks Korean when asked, or when the locale says so', async () => {
    expect((await cli('thing place --lang ko')).stderr).toContain('오류');
    expect((await cli('thing place', { env: { LANG: 'ko_KR.UTF-8' } })).stderr).toContain('오류');
  });

  it('makes what was typed safe', async () => {
    const { stderr } = await runCli(['thing', 'place', '--count', '\u001b]0;x\u0007\r2'], {
      tree: SAMPLE_TREE,
    });
    expect(stderr).not.toMatch(/[\u001b\u0007\r]/);
  });
});

describe('the reader has gone', () => {
  const gone = async (): Promise<void> => {
    throw Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' });
  };

  it('a read ends quietly with 0, also when it failed because of that', async () => {
    for (const line of ['thing list', 'thing list -o csv', 'thing list --json']) {
      const { exitCode, stderr } = await cli(line, { writeStdout: gone });
      expect([line, exitCode, stderr.replace(/note: .*\n/, '')]).toEqual([line, 0, '']);
    }
  });

  it('a change finishes first', async () => {
    const { exitCode, stderr } = await cli(PLACE, { writeStdout: gone });
    expect([exitCode, stderr]).toEqual([0, 'note: pending: nothing\n']);
  });

  it('a full disk is no success', async () => {
    const full = async (): Promise<void> => {
      throw Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
    };
    expect((await cli('thing list', { writeStdout: full })).exitCode).toBe(75);
  });
});

describe('signals', () => {
  it.each([130, 143, 129])('ends with %i', async (exit) => {
    const controller = new AbortController();
    controller.abort(new Interrupted(exit));
    expect((await cli('thing list', { signal: controller.signal })).exitCode).toBe(exit);
    expect((await cli('thing list --fail', { signal: controller.signal })).exitCode).toBe(exit);
  });
});

describe('questions', () => {
  it('are never asked off a terminal', async () => {
    for (const half of [
      { stdinTty: true, stdoutTty: true },
      { tty: true, stdinTty: false },
      { tty: true, env: { CI: '1' } },
    ]) {
      expect((await cli('thing place', half)).exitCode).toBe(2);
    }
    expect((await cli('thing place --no-input', { tty: true })).exitCode).toBe(2);
  });

  it('the wizard asks, shows a summary, and prints the call that does the same', async () => {
    const run = await cli('thing place', { tty: true, answers: ['홍 길동', '3', 'green', 'submit'] });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('홍 길동 x 3');
    expect(run.stderr).toContain("oss thing place --name '홍 길동' --count 3 --colour green");
    expect(run.questions.at(-1)).toContain('\n  Its name: 홍 길동\n');
  });

  it('asks only what was not typed, and again after a bad answer', async () => {
    const run = await cli('thing place --name A --colour red', { tty: true, answers: ['99', '9', 'submit'] });
    expect(run.stdout).toContain('A x 9');
  });

  it('lets a value be changed at the summary', async () => {
    const answers = ['A', '1', '(none)', 'change a value', 'its name: A', 'B', 'submit'];
    expect((await cli('thing place', { tty: true, answers })).stdout).toContain('B x 1');
  });

  it('keeps a draft on Ctrl-C, goes on with it, and drops it when it is submitted', async () => {
    const drafts = memoryDrafts();
    const left = await cli('thing place', { tty: true, drafts, answers: ['Kim', CTRL_C] });
    expect(left.exitCode).toBe(130);
    expect(left.stderr).toContain('oss thing place --resume');
    const run = await cli('thing place --resume', { tty: true, drafts, answers: ['2', 'red', 'submit'] });
    expect(run.stdout).toContain('Kim x 2');
    expect((await cli('thing place --resume', { tty: true, drafts })).exitCode).toBe(2);
  });

  it('can be left: exit 6, the draft is kept', async () => {
    const drafts = memoryDrafts();
    const run = await cli('thing place', { tty: true, drafts, answers: ['A', '1', 'red', 'leave'] });
    expect([run.exitCode, run.stdout]).toEqual([6, '']);
    expect(await drafts.load('thing place')).toMatchObject({ flags: { name: ['A'] } });
  });

  it('fails the test at an unexpected prompt', async () => {
    await expect(cli('thing place', { tty: true })).rejects.toThrow('unexpected prompt: Its name');
    await expect(cli('thing list', { tty: true, answers: ['x'] })).rejects.toThrow('nobody asked for');
  });
});

describe('confirmation', () => {
  it('is needed off a terminal, as -y', async () => {
    const { exitCode, stderr } = await cli('thing drop 1');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('-y');
    expect((await cli('thing drop 1 -y')).exitCode).toBe(0);
  });

  it('No is exit 6', async () => {
    expect((await cli('thing drop 1', { tty: true, answers: [false] })).exitCode).toBe(6);
    expect((await cli('thing drop 1', { tty: true, answers: [true] })).exitCode).toBe(0);
  });

  it('many want their count typed', async () => {
    expect((await cli('thing drop 1 2', { tty: true, answers: ['y'] })).exitCode).toBe(6);
    expect((await cli('thing drop 1 2', { tty: true, answers: ['2'] })).exitCode).toBe(0);
  });

  it('reads ids from stdin', async () => {
    const { stderr } = await cli('thing drop 9 - -y', { stdin: '1\n#2  ord-3\n' });
    expect(stderr).toContain('dropped ORD-000009 ORD-000001 ORD-000002 ORD-000003');
    expect((await cli('thing drop - -y', { stdin: '' })).exitCode).toBe(0);
    expect((await cli('thing drop - -y', { stdin: '1\nx y' })).exitCode).toBe(2);
    expect((await cli('thing drop - -y', { stdinTty: true })).exitCode).toBe(2);
  });
});

describe('the program alone', () => {
  it('prints a short help on stderr, exit 2', async () => {
    const { exitCode, stdout, stderr } = await cli('');
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: oss');
  });

  it('helps in the language of the settings, whoever gives them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'oss-help-'));
    try {
      const file = join(folder, 'config.yaml');
      writeFileSync(file, 'lang: ko\n', { mode: 0o600 });
      for (const env of [{ OSS_LANG: 'ko' }, { OSS_HOME: folder }, { OSS_CONFIG: file }])
        for (const line of ['--help', 'thing --help', 'thing place -h'])
          expect((await cli(line, { env })).stdout, line).toContain('사용법: oss');
      expect((await cli('--help --lang en', { env: { OSS_LANG: 'ko' } })).stdout).toContain('Usage: oss');
      expect((await cli('--help', { env: { OSS_LANG: 'en', OSS_HOME: folder } })).stdout).toContain(
        'Usage: oss',
      );
      writeFileSync(file, '[: nonsense');
      expect(await cli('--help', { env: { OSS_HOME: folder } })).toMatchObject({ exitCode: 0 });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('helps on stdout, exit 0, when asked', async () => {
    for (const line of ['--help', 'thing --help', 'thing place -h', 'thing place --name --help']) {
      const { exitCode, stdout } = await cli(line);
      expect([line, exitCode]).toEqual([line, 0]);
      expect(stdout).toContain('Usage: oss');
    }
    expect((await cli('thing')).exitCode).toBe(2);
  });
});
