import { spawn } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { HONG, type House, openHouse, ROOT } from '../acceptance/house.ts';
import { OSS } from '../support/real-process.ts';

let house: House;
afterEach(() => house.close());

type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Runs the program where only so many files may be open at once. */
const withFiles = (files: number, line: readonly string[]): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const script = `ulimit -n ${files}; exec "$@"`;
    const child = spawn('bash', ['-c', script, 'bash', process.execPath, OSS, ...line], {
      env: house.env,
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const told = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        told[name] += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...told }));
  });

test('with too few open files a command is refused in words, or its order is kept and told so', async () => {
  house = openHouse();
  await house.oss(['db', 'init']);
  const codes = new Set<number | null>();
  const acknowledged: string[] = [];
  for (let files = 19; files <= 40; files += 1) {
    const ran = await withFiles(files, ['order', 'new', ...HONG, '--duplicate-ok', '-o', 'id']);
    // Node itself needs some before the program runs at all.
    if (ran.code === 1 && ran.stderr.includes('node:internal')) continue;
    codes.add(ran.code);
    expect([0, 8, 75], `${files} files: ${ran.stderr}`).toContain(ran.code);
    expect(ran.stderr).not.toMatch(/read-only|this is a bug|^\s+at .*:\d+:\d+/m);
    expect(ran.stdout !== '', `${files} files: told exactly when it is kept`).toBe(ran.code !== 75);
    if (ran.code === 8) expect(ran.stderr).toContain('the change is made and kept');
    if (ran.stdout !== '') acknowledged.push(ran.stdout.trim());
  }
  expect([...codes].sort()).toEqual([0, 75, 8]);
  const { items } = await house.json(['order', 'list', '--all']);
  expect(items.map(({ orderId }: { readonly orderId: string }) => orderId).sort()).toEqual(acknowledged);
});
