import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dice } from '../../../test/support/dice.ts';
import { type Env, eachOf, envOf, OSS, oss } from '../../../test/support/real-process.ts';

const ORDERS = 50;
/** The test kills the process less than so many ms after it has printed a drawn number of rows. */
const LATEST_MS = 8;

type Told = { readonly line: number; readonly state: string; readonly orderId: string };

const linesOf = <T>(stdout: string): readonly T[] =>
  // The last line may be cut.
  stdout
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

type Killing = { readonly afterRows: number; readonly laterMs: number };

/** Runs a command and kills it as a power cut would: after so many rows, and some milliseconds. */
const killed = (
  argv: readonly string[],
  env: Env,
  { afterRows, laterMs }: Killing,
): Promise<readonly Told[]> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [OSS, ...argv], {
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let said = '';
    let isArmed = false;
    const look = (): void => {
      const rows = stdout.split('\n').length - 1;
      if (isArmed || said === '' || rows < afterRows) return;
      isArmed = true;
      setTimeout(() => child.kill('SIGKILL'), laterMs);
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      look();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      look();
    });
    child.on('error', reject);
    child.on('close', () => resolve(linesOf<Told>(stdout)));
  });

const fileOf = (folder: string): string => {
  const rows = Array.from({ length: ORDERS }, (_, i) => {
    const n = String(i).padStart(4, '0');
    return `KILL-${n},정하은,010-0000-${n},"중앙로 ${i}",분당구,1,${i % 3}`;
  });
  const file = join(folder, 'orders.csv');
  writeFileSync(file, `key,name,phone,address,area,internet,tv\n${rows.join('\n')}\n`);
  return file;
};

const json = async (argv: readonly string[], env: Env): Promise<Record<string, unknown>> => {
  const { stdout, stderr } = await oss([...argv, '--json'], env);
  if (stdout === '') throw new Error(`${argv.join(' ')}: ${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>;
};

/**
 * A batch of 50 orders is killed at a random moment, gone on with, killed again, and gone on with to its end. What it
 * printed as done is so, no order is missing, and none is there twice. The same seed kills after the same rows.
 */
const killBatch = async (seed: number): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-kill-'));
  try {
    const roll = dice(seed);
    const env = envOf(folder);
    const file = fileOf(folder);
    // Few rows share a commit, so that there are many moments between commits.
    const few = ['-j', String(1 + roll(6))];
    const killing = (): Killing => ({ afterRows: roll(ORDERS), laterMs: roll(LATEST_MS) });
    const told = [...(await killed(['batch', 'run', file, '--op', 'order.new', ...few], env, killing()))];
    const { items } = (await json(['batch', 'list'], env)) as {
      items: readonly { batchId: string; state: string }[];
    };
    const [batch] = items;
    expect(batch?.state, `seed ${seed}`).not.toBe('running');
    const goOn =
      batch === undefined ? ['batch', 'run', file, '--op', 'order.new'] : ['batch', 'resume', batch.batchId];
    told.push(...(await killed([...goOn, ...few], env, killing())));
    const [last] = (await json(['batch', 'list'], env)).items as readonly { batchId: string }[];
    expect(await json(['batch', 'resume', last?.batchId ?? ''], env), `seed ${seed}`).toMatchObject({
      rows: ORDERS,
      done: ORDERS,
      failed: 0,
      pending: 0,
      state: 'done',
    });
    const { stdout } = await oss(['order', 'list', '--all', '-o', 'ndjson'], env);
    const orders = linesOf<{ readonly orderId: string; readonly key: string }>(stdout);
    const keys = orders.map(({ key }) => key).sort();
    expect(keys, `seed ${seed}`).toEqual(
      Array.from({ length: ORDERS }, (_, i) => `KILL-${String(i).padStart(4, '0')}`),
    );
    const idOfLine = new Map(orders.map(({ orderId, key }) => [Number(key.slice(5)) + 2, orderId]));
    for (const { line, orderId, state } of told) {
      expect([line, state, orderId], `seed ${seed}`).toEqual([line, 'done', idOfLine.get(line)]);
    }
    // No row was printed twice: what was final was not run again.
    expect(new Set(told.map(({ line }) => line)).size, `seed ${seed}`).toBe(told.length);
    expect(await json(['db', 'verify'], env), `seed ${seed}`).toMatchObject({ ok: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const SEEDS = [1, 2, 3, 4];
const TIMEOUT_MS = 240_000;

test(
  'a batch that is killed, gone on with and killed again comes to its end: nothing lost, nothing told twice',
  async () => {
    let runs = 0;
    await eachOf(SEEDS, 2, async (seed) => {
      await killBatch(seed);
      runs += 1;
    });
    expect(runs).toBe(SEEDS.length);
  },
  TIMEOUT_MS,
);
