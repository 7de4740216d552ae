import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Json } from '../acceptance/house.ts';
import { openTown, type Town } from './town.ts';

let town: Town;
afterEach(() => town.close());

const isCancelled = ({ stage }: Json): boolean => stage === 'cancelled';

describe('ids that are given to somebody else', () => {
  test('a terminate whose answer was lost does not switch off the next customer', async () => {
    town = await openTown({ reusesIds: true });
    const orderId = await town.active();
    town.ne.ways.losesChanges = true;
    await town.cancel(orderId);
    // Both ids are free now, and somebody else gets them before the retry.
    for (let tries = 0; town.live(orderId).length > 0 && tries < 5; tries += 1) await town.work('1s');
    const others = [town.ne.add('SOMEBODY-ELSE-1'), town.ne.add('SOMEBODY-ELSE-2')];
    town.ne.ways.losesChanges = false;
    await town.until(orderId, isCancelled);
    expect(others.map(({ state }) => state)).toEqual(['active', 'active']);
  });

  test('a network that was restored from its backup: ids start over, and nobody else is touched', async () => {
    town = await openTown();
    const restore = town.ne.backup();
    const orderId = await town.active();
    restore();
    const others = [town.ne.add('SOMEBODY-ELSE-1'), town.ne.add('SOMEBODY-ELSE-2')];
    await town.cancel(orderId);
    await town.work('6s');
    expect(others.map(({ state, version }) => [state, version])).toEqual([
      ['active', 1],
      ['active', 1],
    ]);
    const changes = town.ne.requests().filter((line) => /^(PATCH|DELETE)/.test(line));
    expect(changes).toEqual([]);
  });
});

describe('keys name their database', () => {
  test('two databases at one network leave each other alone', async () => {
    town = await openTown();
    const other = await openTown({}, { env: { OSS_NE_URL: town.ne.url } });
    try {
      const [one, two] = [await town.active(), await other.place()];
      expect(one).toBe(two);
      await other.until(two, ({ stage }) => stage === 'tm-queue');
      expect(town.ne.live()).toHaveLength(4);
      await other.cancel(two);
      await other.until(two, isCancelled);
      expect(town.ne.live()).toHaveLength(2);
      await town.oss(['ne', 'reconcile', '--fix', '-y']);
      expect((await town.order(one)).stage).toBe('tm-queue');
      await town.cancel(one);
      await town.until(one, isCancelled);
      expect(town.ne.live()).toEqual([]);
    } finally {
      await other.close();
    }
  });

  test('a database that was lost and restored gives no old number to a new customer', async () => {
    town = await openTown();
    await town.active();
    const backup = join(town.folder, 'backup.db');
    expect((await town.oss(['db', 'backup', backup])).exitCode).toBe(0);
    const lost = await town.active();
    const ofLost = town.live(lost).map(({ id }) => id);
    for (const end of ['', '-wal', '-shm']) rmSync(join(town.folder, `oss.db${end}`), { force: true });
    const restored = await town.oss(['db', 'restore', backup, '-y']);
    expect(restored.exitCode, restored.stderr).toBe(0);
    const fresh = await town.place();
    expect(fresh).not.toBe(lost);
    await town.until(fresh, ({ stage }) => stage === 'tm-queue');
    expect(town.live(fresh)).toHaveLength(2);
    await town.cancel(fresh);
    await town.until(fresh, isCancelled);
    expect(town.ne.live().map(({ id }) => id)).toEqual(expect.arrayContaining([...ofLost]));
  });
});
