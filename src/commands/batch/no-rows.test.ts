import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CliRun, runCli } from '../../testing/cli/run-cli.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'oss-no-rows-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const oss = (line: readonly string[], stdin = ''): Promise<CliRun> =>
  runCli(line, { stdin, env: { HOME: home, OSS_HOME: home, OSS_NOW: '2026-11-24T00:00:00.000Z' } });

const file = (name: string, text: string): string => {
  const path = join(home, name);
  writeFileSync(path, text);
  return path;
};

const NEW = ['--op', 'order.new'];
/** What came instead of a file of orders, and a word of what is said about it. */
const GARBAGE: readonly (readonly [text: string, op: readonly string[], says: string])[] = [
  ['Access denied\n', NEW, 'Access denied: is no column of this op'],
  ['Access denied', [], 'op: is missing'],
  ['<!DOCTYPE html><html><body>Sign in</body></html>\n', NEW, 'is no column of this op'],
  ['key,nmae,phone,address,internet,tv\n', NEW, 'nmae: is no column of this op; did you mean name?'],
  ['key,name,phone,address\n', NEW, 'internet: is missing'],
  ['op,key,nmae\n', [], 'nmae: is no column of this op; did you mean name?'],
  ['key,name,phone,address,internet,tv\n', [], 'op: is missing'],
  ['', NEW, 'it is empty'],
  ['', [], 'it is empty'],
];

describe.each(['a file', 'stdin'])('%s without rows', (from) => {
  const runs = (text: string, ...more: readonly string[]): Promise<CliRun> =>
    from === 'stdin'
      ? oss(['batch', 'run', '-', ...more], text)
      : oss(['batch', 'run', file('export.csv', text), ...more]);

  test.each(GARBAGE)('%j %j is no file of rows: exit 65, and no batch was begun', async (text, op, says) => {
    for (const more of [[], ['--dry-run'], ['--skip-invalid']]) {
      const ran = await runs(text, ...op, ...more);
      expect(ran.exitCode, ran.stderr).toBe(65);
      expect(ran.stderr).toContain(says);
    }
    expect((await oss(['batch', 'list', '-o', 'id'])).stdout).toBe('');
  });

  test.each([
    ['key,name,phone,address,internet,tv\n', NEW],
    ['key,name,phone,address,area,internet,tv,error-code,error\r\n', NEW],
    ['op,key,name,phone,address,internet,tv\n', []],
    ['orderKey,code\n', ['--op', 'order.cancel']],
    ['id,code,note\n', ['--op', 'order.cancel']],
  ])('%j %j has the right header: nothing to do', async (text, op) => {
    const ran = await runs(text, ...op, '--json');
    expect(ran.exitCode, ran.stderr).toBe(0);
    expect(ran.json()).toMatchObject({ rows: 0, state: 'done' });
  });

  test('an empty NDJSON stream, said to be one, is nothing to do', async () => {
    const ran =
      from === 'stdin'
        ? await oss(['batch', 'run', '-', ...NEW, '--format', 'ndjson', '--json'])
        : await oss(['batch', 'run', file('rows', '\n'), ...NEW, '--format', 'ndjson', '--json']);
    expect(ran.exitCode, ran.stderr).toBe(0);
    expect(ran.json()).toMatchObject({ rows: 0, state: 'done' });
  });
});

test('--format is held against what the file is', async () => {
  const orders = 'key,name,phone,address,internet,tv\nA,김,010-1234-5678,강남구 1,1,0\n';
  for (const [name, format] of [
    ['orders.csv', 'ndjson'],
    ['orders', 'yaml'],
  ] as const) {
    const ran = await oss(['batch', 'run', file(name, orders), ...NEW, '--format', format]);
    expect(ran.exitCode).toBe(65);
    expect(ran.stderr).toContain(`it is csv, not ${format}`);
  }
  expect((await oss(['batch', 'run', file('orders', orders), ...NEW, '--format', 'csv'])).exitCode).toBe(0);
});

describe('a file of technicians without rows', () => {
  test.each([
    ['Access denied\n', 'Access denied: no such column'],
    ['id,nmae,phone,skills,areas,hours,dailyLimit\n', 'nmae: no such column; did you mean name?'],
    ['id,name\n', 'phone: is missing'],
    ['', 'it is empty'],
  ])('%j: exit 65', async (text, says) => {
    const ran = await oss(['technician', 'import', file('t.csv', text)]);
    expect(ran.exitCode).toBe(65);
    expect(ran.stderr).toContain(says);
  });

  test('with the right header is nothing to do', async () => {
    const ran = await oss([
      'technician',
      'import',
      file('t.csv', 'id,name,phone,skills,areas,hours,dailyLimit\n'),
    ]);
    expect(ran.exitCode, ran.stderr).toBe(0);
    expect(ran.stderr).toContain('0 added, 0 changed, 0 as before');
  });
});

describe('no ids on stdin are nothing to do', () => {
  test.each([
    [['order', 'cancel', '-', '--code', 'CUSTOMER_CHANGED_MIND'], 'oss.results/1'],
    [['status', '-'], 'oss.orders/1'],
    [['fallout', 'done', '-'], 'oss.results/1'],
    [['schedule', 'assign', '-'], 'oss.results/1'],
    [['fallout', 'retry', '-'], 'oss.results/1'],
  ])('%j', async (line, schema) => {
    const ran = await oss([...line, '--json'], '\n');
    expect(ran.exitCode, ran.stderr).toBe(0);
    expect(ran.json()).toMatchObject({ schema, items: [] });
    const human = await oss(line);
    expect(human).toMatchObject({ exitCode: 0, stdout: 'no ids on stdin: nothing to do\n' });
  });
});
