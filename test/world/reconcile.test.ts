import { afterEach, describe, expect, test } from 'vitest';
import type { Ways } from './ne-of-the-world.ts';
import { openTown, type Town } from './town.ts';

let town: Town;
afterEach(() => town.close());

const places = async (count: number): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) ids.push(await town.active());
  return ids;
};

describe('a healthy network is left alone', () => {
  test('a list that answers [] for a moment changes nothing', async () => {
    town = await openTown();
    const ids = await places(3);
    const before = town.ne.live().map(({ id }) => id);
    town.ne.ways.lists = ['[]'];
    await town.oss(['ne', 'reconcile', '--fix', '-y']);
    await town.work('1s');
    expect(town.ne.live().map(({ id }) => id)).toEqual(before);
    for (const id of ids) expect((await town.order(id)).stage).toBe('tm-queue');
  });

  test('lists and look-ups that answer [] for a while: nothing is made again', async () => {
    town = await openTown();
    const ids = await places(3);
    const before = town.ne.services().map(({ id }) => id);
    // Everything is hidden, as from a replica that starts anew.
    town.ne.ways.lagMs = 3_600_000;
    await town.oss(['ne', 'reconcile', '--fix', '-y']);
    await town.work('1s');
    town.ne.ways.lagMs = 0;
    await town.work('1s');
    expect(town.ne.services().map(({ id }) => id)).toEqual(before);
    for (const id of ids) expect(['tm-queue', 'held']).toContain((await town.order(id)).stage);
  });

  test('a completed order does not get its services again', async () => {
    town = await openTown();
    const id = await town.active();
    const agreed = await town.oss(['schedule', 'assign', id, '--at', 'next', '--agreed']);
    expect(agreed.exitCode, agreed.stderr).toBe(0);
    const done = await town.oss([
      ...['field', 'complete', id, '--ont', 'ABCD12345678', '--rx', '-18', '--signed-by', '홍길동', '-y'],
    ]);
    expect(done.exitCode, done.stderr).toBe(0);
    await town.until(id, ({ closedAt }) => closedAt !== null);
    const before = town.ne.services().map((one) => one.id);
    town.ne.ways.lagMs = 3_600_000;
    town.ne.ways.lists = ['[]'];
    await town.oss(['ne', 'reconcile', '--fix', '-y']);
    await town.work('1s');
    town.ne.ways.lagMs = 0;
    await town.work('1s');
    expect(town.ne.services().map((one) => one.id)).toEqual(before);
    expect((await town.order(id)).stage).toBe('completed');
  });
});

describe('lists in their dialects', () => {
  const COMPLETE: readonly (readonly [string, Partial<Ways>])[] = [
    ['a total', { pages: 'total' }],
    ['a Link to the next page', { pages: 'link' }],
    ['a Content-Range', { pages: 'content-range' }],
    ['a total that counts the page', { pages: 'total-of-page' }],
    ['pages of its own size without a total', { pages: 'capped' }],
    ['pages that are too large until fewer are asked for', { pages: 'too-large' }],
    ['numeric ids', { numericIds: true }],
    ['states in capitals', { word: (state) => state.toUpperCase() }],
    ['gzip that nobody asked for', { gzip: true }],
  ];
  test.each(COMPLETE)('%s: every orphan is found', async (_, ways) => {
    town = await openTown();
    await places(2);
    const mark = /@\w+/.exec(town.ne.live()[0]?.asked ?? '')?.[0] ?? '';
    const keys = [777, 778, 779].map((number) => `ORD-000${number}${mark}/internet.hsi#1/1`);
    for (const key of keys) town.ne.add(key);
    Object.assign(town.ne.ways, ways);
    const ran = await town.oss(['ne', 'reconcile', '--json']);
    const text = ran.stdout + ran.stderr;
    if (ran.exitCode === 75) expect(text).toMatch(/incomplete|not.*all|could not see/i);
    else for (const key of keys) expect(text).toContain(key);
  });

  test('an offset that is ignored ends, and is said to have shown not everything', async () => {
    town = await openTown();
    await places(2);
    town.ne.ways.pages = 'offset-ignored';
    const before = town.ne.requests().length;
    const ran = await town.oss(['ne', 'reconcile']);
    expect(ran.exitCode).toBe(75);
    expect(town.ne.requests().length - before).toBeLessThan(60);
  });
});
