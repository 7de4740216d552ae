import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { random } from '../simulation/random.ts';
import { countRuns } from '../support/count-runs.ts';
import { eachOf, envOf, oss } from '../support/real-process.ts';
import { comeTo, type House, newHouse, QUICK, traceOf, tracing } from './house.ts';
import { killAfterLines } from './kill-after-lines.ts';
import { DRAINED } from './lives.ts';

const ROWS = 50;
const KILLS = Number(process.env.OSS_LONG_KILLS ?? 10);
const SEED = Number(process.env.OSS_LONG_SEED ?? 1);

const csv = (): string => {
  const rows = Array.from(
    { length: ROWS },
    (_, n) => `k-${n},김하늘,010-2345-${1_000 + n},서울특별시 강남구 역삼로 ${n},1,0`,
  );
  return ['key,name,phone,address,internet,tv', ...rows, ''].join('\n');
};

/** The order ids of every whole line that was printed before the power went. */
const told = (stdout: string): readonly string[] =>
  stdout
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => {
      const { orderId, state } = JSON.parse(line);
      return state === 'done' ? [String(orderId)] : [];
    });

const batchIds = async (house: House): Promise<readonly string[]> => {
  const { stdout } = await house.play({ argv: ['batch', 'list', '--json'] }, 1);
  return JSON.parse(stdout).items.map(({ batchId }: { batchId: string }) => batchId);
};

/** A run that was over before its blow fell proves nothing: it is tried again, elsewhere. */
const attempts = Array.from({ length: KILLS * 4 }, (_, n) => n);
const argvOf = (file: string, wait: boolean): readonly string[] => [
  ...['batch', 'run', file, '--op', 'order.new', '-j', '8', '-o', 'ndjson'],
  ...(wait ? ['--wait=180s'] : []),
];

/** How many commits a run has that nobody disturbs. Rows share commits, so that is not the number of rows. */
const commitsOf = async (house: House, argv: readonly string[]): Promise<number> => {
  const undisturbed = await house.copy();
  const { code, stderr } = await undisturbed.play({ argv }, 1, { env: tracing(undisturbed) });
  const commits = traceOf(undisturbed).filter((name) => name === 'commit:before').length;
  await undisturbed.remove();
  expect([code, commits > 0], stderr).toEqual([0, true]);
  return commits;
};

test(
  `a batch of ${ROWS} orders is killed ${KILLS} times and resumed: nothing lost, nothing twice`,
  async () => {
    const first = await newHouse();
    const file = join(first.folder, 'orders.csv');
    writeFileSync(file, csv());
    const commits = {
      taken: await commitsOf(first, argvOf(file, false)),
      waited: await commitsOf(first, argvOf(file, true)),
    };
    let killed = 0;
    await eachOf(attempts, 3, async (n) => {
      if (killed >= KILLS) return;
      const chaos = random(SEED * 10_000 + n);
      const house = await first.copy();
      try {
        const waits = n % 4 > 1;
        const argv = argvOf(file, waits);
        const env = envOf(house.folder, { ...QUICK, ...house.env, OSS_NOW: '2026-11-24T01:00:00.000Z' });
        const nth = chaos.between(1, waits ? commits.waited : commits.taken);
        // Half of them at a commit, half when so many rows were told of, wherever it is then.
        const ended =
          n % 2 === 0
            ? await oss(argv, { ...env, OSS_CRASH_POINT: `commit:${chaos.pick(['before', 'after'])}:${nth}` })
            : await killAfterLines(chaos.between(1, ROWS), argv, env);
        if (ended.signal !== 'SIGKILL') {
          expect(ended.code, ended.stderr).toBe(0);
          return;
        }
        killed += 1;
        const [batchId] = await batchIds(house);
        const again =
          batchId === undefined
            ? await house.play({ argv: argvOf(file, false) }, 1)
            : await house.play({ argv: ['batch', 'resume', batchId] }, 1);
        expect(again.code, again.stderr).toBe(0);
        await house.play(DRAINED, 2);
        const { broken, orders, services } = await comeTo(house, 2);
        expect(broken, `kill ${n}`).toEqual([]);
        expect(orders, `kill ${n}`).toHaveLength(ROWS);
        expect(services).toHaveLength(2 * ROWS);
        const ids = orders.map((order) => ('orderId' in order ? order.orderId : ''));
        expect(told(ended.stdout).filter((id) => !ids.includes(id))).toEqual([]);
      } finally {
        await house.remove();
      }
    });
    await first.remove();
    expect(killed).toBeGreaterThanOrEqual(KILLS);
    countRuns(killed);
  },
  600_000 * Math.ceil(KILLS / 50),
);
