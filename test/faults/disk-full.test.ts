import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { comeTo, newHouse, QUICK } from '../crash/house.ts';
import { DRAINED, LIVES } from '../crash/lives.ts';
import { type Ended, type Env, eachOf, envOf, OSS } from '../support/real-process.ts';

/** What no file may grow beyond, KiB, and during which line of a life: each stops the run at another step. */
const FULL = [
  { limit: 4, during: 0 },
  { limit: 48, during: 0 },
  { limit: 16, during: 1 },
  { limit: 96, during: 2 },
  { limit: 32, during: 3 },
] as const;

/** Runs the program on a disk that is full at `limit` KiB a file: the write fails, the process is told, not killed. */
const onFullDisk = (argv: readonly string[], env: Env, limit: number): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const script = `trap '' XFSZ; ulimit -f ${limit}; exec "$@"`;
    const child = spawn('bash', ['-c', script, 'bash', process.execPath, OSS, ...argv], {
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });

test.each(LIVES)(
  'the disk is full at some step: all or nothing, and it resumes ($name)',
  async (life) => {
    await eachOf(FULL, 3, async ({ limit, during }) => {
      const house = await newHouse();
      try {
        for (const [index, line] of life.lines.entries()) {
          if (index === during) {
            const now = new Date(Date.parse('2026-11-24T01:00:00.000Z') + index * 600_000).toISOString();
            const env = envOf(house.folder, { ...QUICK, ...line.env, OSS_NOW: now });
            const full = await onFullDisk(line.argv, env, limit);
            const where = `${line.argv.slice(0, 2).join(' ')} at ${limit} KiB: ${full.stderr}`;
            expect([0, 4, 8, 75, 78], where).toContain(full.code);
            expect(full.stderr, where).not.toMatch(/\n\s+at /);
          }
          const again = await house.play(line, index, { laterMs: 120_000 });
          expect([0, 8], `${line.argv.join(' ')}: ${again.stderr}`).toContain(again.code);
          if (index === during) await house.play(DRAINED, index, { laterMs: 240_000 });
        }
        await house.play(DRAINED, life.lines.length);
        const { broken, orders } = await comeTo(house, life.lines.length);
        expect(broken, `${limit} KiB`).toEqual([]);
        expect(orders, `${limit} KiB`).toMatchObject([{ stage: life.ends }]);
      } finally {
        house.remove();
      }
    });
  },
  240_000,
);
