import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { HONG, type House, openHouse, type Running, TECHNICIANS } from '../acceptance/house.ts';
import { untilTrue } from './until-true.ts';

let house: House;
afterEach(() => house.close());

const NEW = ['order', 'new', ...HONG, '--duplicate-ok', '-o', 'id'] as const;

/** A worker that runs, after it has worked on an order. */
const working = async (): Promise<Running> => {
  house = openHouse({ OSS_INLINE_MAX_MS: '0' });
  await house.json(['technician', 'import', TECHNICIANS]);
  const worker = house.start(['worker']);
  await house.oss(NEW);
  await untilTrue(async () => (await house.json(['status', '1'])).stage === 'tm-queue');
  return worker;
};

const replace = (file: string): void => {
  copyFileSync(file, `${file}.copy`);
  renameSync(`${file}.copy`, file);
};

// What another process acknowledges on the new files must not be lost by the one that still has the old ones.
test.each([
  ['-shm', 'deleted', rmSync],
  ['-wal', 'deleted', rmSync],
  ['-shm', 'replaced', replace],
  ['', 'replaced', replace],
] as const)(
  'a worker whose database%s is %s ends non-zero, and no acknowledged order is lost',
  async (suffix, _, act) => {
    const worker = await working();
    act(join(house.folder, `oss.db${suffix}`));
    const placed = await house.oss(NEW);
    const ended = await worker.ended;
    expect(ended.code, ended.stderr).toBe(78);
    expect(ended.stderr).toContain(`oss.db${suffix} was deleted or replaced while it was open`);
    const acknowledged = placed.stdout.trim();
    if (placed.code === 0) {
      expect((await house.json(['order', 'show', acknowledged])).orderId).toBe(acknowledged);
    }
    expect((await house.json(['db', 'verify'])).ok).toBe(true);
  },
);
