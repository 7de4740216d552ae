import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HONG, startProcess } from '../acceptance/house.ts';
import { OSS } from '../support/real-process.ts';

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'oss-light-'));
  // Run before the program, in its own process: at its end it writes which parts of Node were loaded.
  writeFileSync(
    join(folder, 'told.cjs'),
    `process.on('exit', () => require('node:fs').writeFileSync(process.env.PARTS_FILE, process.moduleLoadList.join('\\n')));`,
  );
  const { code, stderr } = await oss('order', 'new', ...HONG, '--yes');
  expect(code, stderr).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const oss = (...line: readonly string[]) =>
  startProcess(OSS, line, {
    ...{ PATH: process.env.PATH, HOME: folder, OSS_HOME: folder },
    ...{ NODE_OPTIONS: `--require=${join(folder, 'told.cjs')}`, PARTS_FILE: join(folder, 'parts') },
  }).ended;

/** Each costs one to four milliseconds, of which a short command has no use. */
const HEAVY = ['crypto', 'perf_hooks', 'child_process', 'http', 'fs/promises', 'tls', 'dns'];

test.each(['status', 'status ORD-000001', 'order list', 'events'])(
  'what only reads loads none of the heavy parts of Node: oss %s',
  async (line) => {
    const { code, stderr } = await oss(...line.split(' '));
    expect(code, stderr).toBe(0);
    const loaded = readFileSync(join(folder, 'parts'), 'utf8').split('\n');
    expect(loaded, 'the list is told at all').toContain('NativeModule fs');
    expect(HEAVY.filter((part) => loaded.includes(`NativeModule ${part}`))).toEqual([]);
  },
);
