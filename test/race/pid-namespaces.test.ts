import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { iso } from '../../src/core/time/iso.ts';
import { HONG, type House, MONDAY, openHouse, until } from '../acceptance/house.ts';
import { OSS } from '../support/real-process.ts';

/** A pid namespace of its own, as a container has: the same hostname, and numbers that begin at 1. Null where none may be made. */
const APART = ((): readonly string[] | null => {
  const ways = [[], ['--user', '--map-root-user']].map((as) => [
    ...as,
    ...['--pid', '--fork', '--kill-child', '--mount-proc'],
  ]);
  return ways.find((way) => spawnSync('unshare', [...way, 'true']).status === 0) ?? null;
})();

const left: ChildProcess[] = [];
let opened: House | null = null;
afterEach(async () => {
  for (const one of left.splice(0)) one.kill('SIGKILL');
  await opened?.close();
});

/** Kills a worker that was begun so, while the answer of the network is under way. */
const killInMidStep = async (house: House, program: string, args: readonly string[]): Promise<void> => {
  const line = [...args, OSS, 'worker'];
  const env = { ...house.env, OSS_SIMULATE_LATENCY_MS: '60000', OSS_NE_TIMEOUT_MS: '120000' };
  const worker = spawn(program, line, { env, stdio: 'ignore' });
  left.push(worker);
  await until(
    () => house.json(['worker', 'status']),
    ({ inHand }) => inHand.length === 1,
  );
  worker.kill('SIGKILL');
  await once(worker, 'exit');
};

const drain = (house: House, laterMs: number) =>
  house.oss(['worker', '--drain', '--wait', '1s'], {
    env: { OSS_NOW: iso(Date.parse(MONDAY) + laterMs), OSS_NE_TIMEOUT_MS: '120000' },
  });

test.runIf(APART !== null)(
  'who died in another container of one hostname keeps its lease until that ends',
  async () => {
    const house = openHouse();
    opened = house;
    await house.json(['order', 'new', ...HONG], { env: { OSS_INLINE_MAX_MS: '0' } });
    await killInMidStep(house, 'unshare', [...(APART ?? []), process.execPath]);
    const ours = await house.json(['worker', 'status']);
    expect(ours).toMatchObject({
      workers: [{ host: hostname() }],
      inHand: [{ orderId: 'ORD-000001', host: hostname() }],
    });
    expect(ours.workers[0].state).not.toBe('gone');
    expect((await drain(house, 2_000)).code).toBe(8);
    expect((await house.json(['worker', 'status'])).inHand).toEqual(ours.inHand);
    expect((await drain(house, 300_000)).code).toBe(0);
    expect([...house.ledger().created.values()]).toEqual([1, 1, 1, 1]);
  },
);
