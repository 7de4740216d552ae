import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { systemProcesses } from './processes.ts';

const { self, alive } = systemProcesses();
const [host = '', pid = '', start = ''] = self.split('/');

test('is host, pid and start, the same for the whole process', () => {
  expect(self).toMatch(/^[^/]+~[0-9a-f]{8}\/[0-9]+\/[0-9]+$/);
  expect(pid).toBe(String(process.pid));
  expect(systemProcesses().self).toBe(self);
  expect(alive(self)).toBe(true);
});

const startTicks = (of: number): string =>
  existsSync('/proc/self/stat') ? (readFileSync(`/proc/${of}/stat`, 'utf8').split(' ')[21] ?? '') : '0';

test('another live process is alive, a killed one is dead', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(other, 'spawn');
  const owner = `${host}/${other.pid}/${startTicks(other.pid ?? 0)}`;
  expect(alive(owner)).toBe(true);
  other.kill('SIGKILL');
  await once(other, 'exit');
  expect(alive(owner)).toBe(false);
});

test.runIf(existsSync('/proc/self/stat'))('a later process with the same number is another one', () => {
  expect(alive(`${host}/${process.pid}/${Number(start) - 1}`)).toBe(false);
});

test.each([
  ['another host', `other~00000000/${process.pid}/1`],
  ['the same name after a boot or in another container', `${host.slice(0, -8)}00000000/999999999/1`],
  ['nonsense', 'worker-1'],
  ['no number', `${host}/-1/1`],
  ['nothing', ''],
])('%s counts as alive: only its lease frees it', (_what, owner) => {
  expect(alive(owner)).toBe(true);
});

test.runIf(existsSync('/proc/self/stat'))('a zombie is dead, although it still answers signals', async () => {
  // The child ends only when its parent is a program that never asks how its children ended.
  const script = 'exec 3<&0; (read line <&3) & echo $!; exec sleep 30';
  const parent = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'pipe', 'ignore'] });
  const until = { timeout: 10_000, interval: 5 };
  try {
    const [line] = await once(parent.stdout, 'data');
    const zombie = Number(String(line));
    const owner = `${host}/${zombie}/${startTicks(zombie)}`;
    await vi.waitUntil(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8') === 'sleep\n', until);
    expect(alive(owner)).toBe(true);
    parent.stdin.end();
    await vi.waitUntil(() => readFileSync(`/proc/${zombie}/stat`, 'utf8').split(' ')[2] === 'Z', until);
    expect(process.kill(zombie, 0)).toBe(true);
    expect(alive(owner)).toBe(false);
  } finally {
    parent.kill('SIGKILL');
  }
});
