import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Json } from '../acceptance/house.ts';
import { openTown, type Town } from './town.ts';

let town: Town;
afterEach(() => town.close());

const isActive = ({ stage }: Json): boolean => stage === 'tm-queue';
const isCancelled = ({ stage }: Json): boolean => stage === 'cancelled';

const NEW_ORDER = [
  ...['order', 'new', '--name', '홍길동', '--phone', '010-1234-5678', '--internet', '1'],
  ...['--address', '서울특별시 강남구 역삼로 12', '--duplicate-ok', '--json'],
];

const takeBackup = async (): Promise<() => Promise<void>> => {
  const file = join(town.folder, 'backup.db');
  expect((await town.oss(['db', 'backup', file])).exitCode).toBe(0);
  return async () => {
    const restored = await town.oss(['db', 'restore', file, '-y']);
    expect(restored.exitCode, restored.stderr).toBe(0);
  };
};

const ended = async (orderId: string): Promise<void> => {
  await town.cancel(orderId);
  await town.until(orderId, isCancelled);
  expect(town.live(orderId)).toEqual([]);
};

describe('a log that was restored from a backup', () => {
  test('what was planned before, and activated after, is found and made once only', async () => {
    town = await openTown();
    // So that an absence by key means something here.
    await ended(await town.active());
    town.ne.ways.forgets = true;
    const orderId = await town.place();
    const restore = await takeBackup();
    town.ne.ways.forgets = false;
    await town.until(orderId, isActive);
    const made = town.ne.services().length;
    await restore();
    expect(town.types(orderId).at(-1)).toBe('HistoryMayBeLost');
    await town.until(orderId, isActive);
    expect(town.ne.services()).toHaveLength(made);
    expect(town.live(orderId)).toHaveLength(2);
    await ended(orderId);
  });

  test('so is what was not even planned before', async () => {
    town = await openTown();
    await ended(await town.active());
    const { orderId }: Json = (await town.oss(NEW_ORDER, { OSS_INLINE_MAX_MS: '0' })).json();
    expect(town.types(orderId)).toEqual(['OrderPlaced']);
    const restore = await takeBackup();
    await town.until(orderId, isActive);
    const made = town.ne.services().length;
    await restore();
    await town.until(orderId, isActive);
    expect(town.ne.services()).toHaveLength(made);
    // The names that it has had since the first restore are those of before it.
    await restore();
    await town.until(orderId, isActive);
    expect(town.ne.services()).toHaveLength(made);
    await ended(orderId);
  });

  test('a cancel right after the restore leaves nothing on that only the lost part knew', async () => {
    town = await openTown();
    await ended(await town.active());
    town.ne.ways.forgets = true;
    const orderId = await town.place();
    const restore = await takeBackup();
    town.ne.ways.forgets = false;
    await town.until(orderId, isActive);
    await restore();
    expect(town.live(orderId)).toHaveLength(2);
    await ended(orderId);
  });

  test('what was switched off after is not made again by itself: a person is told', async () => {
    town = await openTown();
    const orderId = await town.active();
    const restore = await takeBackup();
    await ended(orderId);
    const made = town.ne.services().length;
    await restore();
    const held = await town.until(orderId, ({ stage }) => stage === 'held');
    expect(JSON.stringify(held.holds)).toContain('NE_LOST_SERVICE');
    expect(town.ne.services()).toHaveLength(made);
    await ended(orderId);
  });

  test('what is on as it was is seen, and the order goes on', async () => {
    town = await openTown();
    const orderId = await town.active();
    const restore = await takeBackup();
    await restore();
    expect(await town.order(orderId)).toMatchObject({ stage: 'tm-queue' });
    expect(JSON.stringify((await town.order(orderId)).services)).toContain('unknown');
    await town.until(orderId, ({ services }) => services.every(({ proof }: Json) => proof === 'on'));
    const story = await town.oss(['order', 'events', orderId]);
    expect(town.ne.services()).toHaveLength(2);
    expect(story.stdout + story.stderr).not.toContain('undefined');
    await ended(orderId);
  });
});
