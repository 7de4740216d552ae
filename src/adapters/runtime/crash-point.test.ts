import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { crashPoint } from './crash-point.ts';

test.each([undefined, ''])('does nothing unless armed (%j)', (armed) => {
  const die = vi.fn();
  const hit = crashPoint(armed, { die });
  hit('any');
  hit('');
  expect(die).not.toHaveBeenCalled();
});

test.each([
  ['settle:commit', ['intent', 'settle:commit', 'x'], ['intent', 'dead', 'settle:commit', 'x']],
  ['a:3', ['a', 'a', 'b', 'a', 'a'], ['a', 'a', 'b', 'dead', 'a', 'a']],
  ['a', ['b', 'a', 'a'], ['b', 'dead', 'a', 'a']],
])('%s dies once, at that hit', (armed, hits, expected) => {
  const seen: string[] = [];
  const point = crashPoint(armed, { die: () => seen.push('dead') });
  for (const name of hits) {
    point(name);
    seen.push(name);
  }
  expect(seen).toEqual(expected);
});

test('death is a SIGKILL of this process', () => {
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  try {
    crashPoint('a')('a');
    expect(kill).toHaveBeenCalledExactlyOnceWith(process.pid, 'SIGKILL');
  } finally {
    kill.mockRestore();
  }
});

test('a trace names every place that was passed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-crash-'));
  try {
    const trace = join(folder, 'trace');
    const hit = crashPoint(undefined, { trace });
    hit('a');
    hit('b');
    hit('a');
    expect(readFileSync(trace, 'utf8')).toBe('a\nb\na\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
