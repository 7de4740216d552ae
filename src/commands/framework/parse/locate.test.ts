import { describe, expect, it } from 'vitest';
import { SAMPLE_TREE } from '../../../testing/cli/sample-commands.ts';
import { locate } from './locate.ts';

const find = (line: string) => locate(line === '' ? [] : line.split(' '), SAMPLE_TREE);

describe('locate', () => {
  it.each([
    ['thing list', 'thing list', []],
    ['thing list --fail', 'thing list', ['--fail']],
    ['--db x thing --json list', 'thing list', ['--db', 'x', '--json']],
    ['-o csv thing list', 'thing list', ['-o', 'csv']],
    ['thing put 1', 'thing place', ['1']],
    ['thing place list', 'thing place', ['list']],
    ['thing place -- list', 'thing place', ['--', 'list']],
  ])('%s', (line, path, rest) => {
    const located = find(line);
    expect(located).toMatchObject({ kind: 'command', command: { spec: { path } }, rest });
  });

  it('tells a noun alone', () => {
    expect(find('thing')).toEqual({ kind: 'noun', noun: 'thing', rest: [] });
    expect(find('thing --help')).toMatchObject({ kind: 'noun', rest: ['--help'] });
  });

  it('tells nothing at all', () => {
    expect(find('')).toEqual({ kind: 'none', rest: [] });
    expect(find('--json')).toEqual({ kind: 'none', rest: ['--json'] });
  });

  it.each([
    ['thing lst', 'thing list'],
    ['thnig list', 'thing list'],
    ['list thing', 'thing list'],
    ['place', 'thing place'],
    ['qqqqqqqq', null],
  ])('suggests for "%s": %s', (line, suggestion) => {
    expect(find(line)).toMatchObject({ kind: 'unknown', suggestion });
  });
});
