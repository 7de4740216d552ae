import { describe, expect, it } from 'vitest';
import { textBlock } from '../../../faces/cli/terminal/blocks.ts';
import { type CliOptions, runCli } from '../../../testing/cli/run-cli.ts';
import { defineCommand } from '../parse/descriptor.ts';
import { type CommandResult, list, object, watch } from '../print/result.ts';
import { command } from './tree.ts';

const spec = defineCommand({
  path: 'flow',
  summary: 'flow',
  examples: [],
  output: { kind: 'list', schema: 'oss.flow/1' },
  change: false,
  needs: 'nothing',
});

const flow = (result: () => CommandResult, args: readonly string[] = [], options: Partial<CliOptions> = {}) =>
  runCli(['flow', ...args], {
    ...options,
    tree: { nouns: [], commands: [command(spec, async () => ({ run: async () => result() }))] },
  });

describe('a live list', () => {
  const made: number[] = [];
  const written: number[] = [];
  async function* numbers(): AsyncGenerator<number> {
    for (let n = 1; n <= 3; n += 1) {
      made.push(n);
      yield n;
    }
  }
  const live = (): CommandResult =>
    list<number>({
      schema: 'oss.flow/1',
      items: numbers(),
      id: String,
      columns: [{ title: 'N', drop: 0, cell: String }],
      line: (n) => `number ${n}`,
    });

  it('prints every item before the next is made', async () => {
    await flow(live, [], {
      writeStdout: async (text) => {
        written.push(made.length);
        expect(text).toBe(`number ${made.length}\n`);
      },
    });
    expect(written).toEqual([1, 2, 3]);
  });

  it('stops when the reader has gone', async () => {
    made.length = 0;
    const { exitCode } = await flow(live, ['-o', 'ndjson'], {
      writeStdout: async () => {
        throw Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
      },
    });
    expect([exitCode, made]).toEqual([0, [1]]);
  });
});

describe('a long list', () => {
  const LENGTH = 50_000;
  const long = (): CommandResult =>
    list<{ n: number }>({
      schema: 'oss.flow/1',
      items: (function* () {
        for (let n = 0; n < LENGTH; n += 1) yield { n };
      })(),
      id: ({ n }) => String(n),
      columns: [],
    });

  it.each(['json', 'ndjson', 'csv', 'id'])('%s is written in pieces', async (format) => {
    let largest = 0;
    let all = '';
    await flow(long, ['-o', format], {
      writeStdout: async (text) => {
        largest = Math.max(largest, text.length);
        all += text;
      },
    });
    expect(largest).toBeLessThan(20_000);
    expect(all).toContain(String(LENGTH - 1));
    if (format === 'json') expect(JSON.parse(all).items).toHaveLength(LENGTH);
  });
});

describe('watch', () => {
  const frames =
    (...texts: readonly string[]) =>
    (): CommandResult =>
      watch({
        frames: (async function* () {
          for (const text of texts) {
            yield object({ schema: 'oss.frame/1', data: { text }, id: text, show: () => [textBlock(text)] });
          }
        })(),
        exitAtEnd: () => 8,
      });

  it('prints a frame when it changed', async () => {
    const { stdout, exitCode } = await flow(frames('a', 'a', 'b'));
    expect([stdout, exitCode]).toEqual(['a\nb\n', 8]);
  });

  it('redraws in place on a terminal', async () => {
    const { stdout } = await flow(frames('a', 'b'), [], { tty: true });
    expect(stdout).toBe('a\n\u001b[1A\u001b[2Kb\n');
  });

  it('is one JSON a line with --json', async () => {
    const { stdout } = await flow(frames('a', 'b'), ['--json'], { tty: true });
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).text),
    ).toEqual(['a', 'b']);
  });
});
