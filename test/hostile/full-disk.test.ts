import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { HONG, type House, MONDAY, openHouse, ROOT, TECHNICIANS } from '../acceptance/house.ts';
import { brokenIn } from '../support/judge-home.ts';
import { OSS } from '../support/real-process.ts';

/** What the run needs, about. KiB. */
const WHOLE_KIB = 400;
/**
 * How large a file may get, KiB: from nothing at all to just short of what the run needs. The kernel refuses to write
 * beyond it (EFBIG), as a full disk does.
 */
const STEP_KIB = Number(process.env.OSS_LONG_STEP_KIB ?? 0);
const POINTS =
  STEP_KIB === 0
    ? [0, 16, 40, 72, 104, 136, 168, 200, 260, 330]
    : Array.from({ length: Math.ceil(WHOLE_KIB / STEP_KIB) }, (_, n) => n * STEP_KIB);

let house: House;
const homes: string[] = [];
beforeAll(async () => {
  house = openHouse();
  await house.json(['technician', 'import', TECHNICIANS]);
  await house.json(['order', 'new', ...HONG, '--key', 'before']);
});
afterAll(async () => {
  await house.close();
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Runs the program in a home where no file may grow beyond so many KiB. */
const ossIn = (home: string, line: readonly string[], now: string, kib: number | 'unlimited'): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const script = `trap '' XFSZ; ulimit -f ${kib}; exec "$@"`;
    const child = spawn('bash', ['-c', script, 'bash', process.execPath, OSS, ...line], {
      env: { ...house.env, HOME: home, OSS_HOME: home, OSS_NOW: now },
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

const NEW = ['order', 'new', ...HONG, '--duplicate-ok', '--key', 'k-1', '-o', 'id'];
const REST: readonly (readonly string[])[] = [
  ['schedule', 'assign', '2', '--at', '2026-11-25 10:00', '--agreed', '--key', 'k-2', '-o', 'id'],
  ['order', 'cancel', '2', '--code', 'TEST', '-y', '--key', 'k-3', '-o', 'id'],
  ['worker', '--drain', '--wait', '20s', '-o', 'id'],
];

test.concurrent.for(POINTS)(
  'a disk that is full at %i KiB: all or nothing, in words, and gone on with when there is room',
  async (kib, { expect }) => {
    const home = mkdtempSync(join(tmpdir(), 'oss-full-'));
    homes.push(home);
    cpSync(house.folder, home, { recursive: true });
    const acknowledged: string[] = [];
    let refused = 0;
    for (const line of [NEW, ...REST]) {
      const { code, stdout, stderr } = await ossIn(home, line, MONDAY, kib);
      // Without the order the commands after it have nothing to act on.
      expect([0, 3, 4, 8, 75], `${line.slice(0, 2).join(' ')}: ${stderr}`).toContain(code);
      expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
      expect(stderr).not.toContain('damaged');
      if (code === 75) {
        refused += 1;
        expect(stderr).toMatch(/^error: /m);
        expect(stderr).toMatch(/^next: /m);
      }
      if (line === NEW && stdout !== '') acknowledged.push(stdout.trim());
      if (line === NEW) expect(stdout === '', 'told exactly when it is kept').toBe(code !== 0);
    }
    if (kib <= 136) expect(refused).toBeGreaterThan(0);

    const later = new Date(Date.parse(MONDAY) + 600_000).toISOString();
    const verified = await ossIn(home, ['db', 'verify'], later, 'unlimited');
    expect(verified.code, verified.stderr + verified.stdout).toBe(0);
    const again = await ossIn(home, NEW, later, 'unlimited');
    expect([again.code, again.stdout], again.stderr).toEqual([0, 'ORD-000002\n']);
    if (acknowledged.length > 0) expect(acknowledged).toEqual(['ORD-000002']);
    for (const line of REST.slice(1)) {
      const ran = await ossIn(home, line, later, 'unlimited');
      expect(ran.code, ran.stderr).toBe(0);
    }
    const env = {
      ...house.env,
      HOME: home,
      OSS_HOME: home,
      OSS_NOW: new Date(Date.parse(later) + 300_000).toISOString(),
    };
    expect(await brokenIn(env, ['ORD-000001', 'ORD-000002'])).toEqual([]);
  },
);
