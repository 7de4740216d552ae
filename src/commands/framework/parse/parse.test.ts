import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../../core/rules/refusal.ts';
import { place } from '../../../testing/cli/sample-commands.ts';
import { inWords } from '../../../texts/coded.ts';
import { usageFaults } from '../../../texts/en/usage-faults.ts';
import { parseArgv } from './parse.ts';

const parse = (...argv: readonly string[]) => parseArgv(place, argv);
const usage = (...argv: readonly string[]): string => {
  try {
    parse(...argv);
  } catch (error) {
    if (isRefusal(error, 'USAGE')) return inWords(usageFaults, error.detail.fault);
  }
  return 'accepted';
};

describe('parseArgv', () => {
  it('keeps texts as they were typed, by camelCase key', () => {
    const { raw } = parse('1', '2', '--name', '홍 길동', '--rx', '-18.5', '--no-call');
    expect(raw.args.ids).toEqual(['1', '2']);
    expect(raw.flags).toEqual({ name: ['홍 길동'], rx: ['-18.5'], noCall: ['true'] });
  });

  it('takes flags of every command apart, wherever they stand', () => {
    const { raw, globals } = parse('--json', '1', '-o', 'csv', '--name', 'a', '-y');
    expect(globals).toEqual({ json: ['true'], output: ['csv'], yes: ['true'] });
    expect(raw.flags).toEqual({ name: ['a'] });
  });

  it('never lets --json or --wait eat the next argument', () => {
    const { raw, globals } = parse('--json', '7', '--wait', '8');
    expect(raw.args.ids).toEqual(['7', '8']);
    expect(globals.json).toEqual(['true']);
    expect(raw.flags.wait).toEqual(['60s']);
  });

  it('takes the value of --wait with = only', () => {
    expect(parse('--wait=5s', '8').raw.flags.wait).toEqual(['5s']);
  });

  it('leaves alone what follows --', () => {
    expect(parse('--', '--wait=5s').raw.args.ids).toEqual(['--wait=5s']);
  });

  it.each([
    [['--name', '--count', '1'], '--name needs a value'],
    [['-n', '--json'], '--limit needs a value'],
    [['--name'], 'needs a value'],
    [['--nmae', 'x'], 'did you mean "--name"?'],
    [['--json=1'], 'json'],
    [['-x'], 'unknown option'],
  ])('refuses %j', (argv, message) => {
    expect(usage(...argv)).toContain(message);
  });
});
