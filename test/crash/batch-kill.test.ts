import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { random } from '../simulation/random.ts';
import { eachOf, envOf, oss } from '../support/real-process.ts';
import { comeTo, type House, newHouse, QUICK } from './house.ts';
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

const kinds = Array.from({ length: KILLS }, (_, n) => n);

test(`a batch of ${ROWS} orders is killed ${KILLS} times and resumed: nothing lost, nothing twice`, async () => {
  const chaos = random(SEED);
  await eachOf(kinds, 3, async (n) => {
    const house = await newHouse();
    try {
      const file = join(house.folder, 'orders.csv');
      writeFileSync(file, csv());
      const argv = ['batch', 'run', file, '--op', 'order.new', '-j', '8', '-o', 'ndjson'];
      const env = envOf(house.folder, { ...QUICK, OSS_NOW: '2026-11-24T01:00:00.000Z' });
      const point = `commit:${chaos.pick(['before', 'after'])}:${chaos.between(1, ROWS)}`;
      // Half of them at a commit, half at whatever moment it is.
      const killed =
        n % 2 === 0
          ? await oss(argv, { ...env, OSS_CRASH_POINT: point })
          : await oss(argv, env, AbortSignal.timeout(chaos.between(100, 900)));
      const [batchId] = await batchIds(house);
      const again =
        batchId === undefined
          ? await house.play({ argv }, 1)
          : await house.play({ argv: ['batch', 'resume', batchId] }, 1);
      expect(again.code, again.stderr).toBe(0);
      await house.play(DRAINED, 2);
      const { broken, orders, services } = await comeTo(house, 2);
      expect(broken, `kill ${n}`).toEqual([]);
      expect(orders, `kill ${n}`).toHaveLength(ROWS);
      expect(services).toHaveLength(2 * ROWS);
      const ids = orders.map((order) => ('orderId' in order ? order.orderId : ''));
      expect(told(killed.stdout).filter((id) => !ids.includes(id))).toEqual([]);
    } finally {
      house.remove();
    }
  });
}, 240_000);
