import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { leftovers } from './leftovers.ts';
import { partName } from './part-name.ts';

const NOW = Date.parse('2026-11-24T05:00:00.000Z');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oss-left-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const left = (path: string, ageMs: number): string => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '홍길동,010-1234-5678');
  utimesSync(path, new Date(NOW - ageMs), new Date(NOW - ageMs));
  return path;
};

it('finds what a killed process has left, and not what one is still at', () => {
  const database = join(folder, 'oss.db');
  const spool = left(join(folder, 'oss-stdin-a1', 'stdin'), 3_600_000);
  left(join(folder, 'oss-stdin-b2', 'stdin'), 1_000);
  left(join(folder, 'other-c3', 'stdin'), 3_600_000);
  const part = left(partName(database), 3_600_000);
  const log = left(`${partName(database)}-wal`, 3_600_000);
  left(partName(database), 1_000);
  left(database, 3_600_000);
  left(`${database}-wal`, 3_600_000);
  expect(leftovers(database, NOW, folder)).toEqual({ spools: [spool], parts: [part, log].sort() });
  expect(leftovers(join(folder, 'none/oss.db'), NOW, join(folder, 'none'))).toEqual({
    spools: [],
    parts: [],
  });
});
