import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Board } from '../core/app/desk/read-board.ts';
import { type DeskHome, deskHome, technician } from '../testing/cli/desk.fixture.ts';

/** Three visits of one day, none of which anybody begins: Wednesday 09:00-10:00, 11:00-12:00, 14:00-15:00 in Seoul. */
const DAY = '2026-11-25';
let desk: DeskHome;
beforeAll(async () => {
  desk = await deskHome([technician('T-01')]);
  for (const time of ['09:00', '11:00', '14:00']) {
    const id = await desk.place();
    await desk.oss(['schedule', 'assign', id, '--technician', 'T-01', '--at', `${DAY} ${time}`]);
  }
  await desk.oss('worker --drain', { env: { OSS_NOW: '2026-11-24T15:00:00+09:00' } });
});
afterAll(() => desk.close());

/** What every screen says at a time of the operator. */
const figures = async (local: string) => {
  const options = { env: { OSS_NOW: `${local}:00+09:00`, OSS_TZ: 'Asia/Seoul' } };
  const read = async <T>(...line: readonly string[]): Promise<T> =>
    (await desk.oss([...line, '--json'], options)).json() as T;
  type Item = { readonly orderId: string; readonly late: { readonly level: string } | null };
  const late = (items: readonly Item[]): readonly string[] =>
    items.flatMap(({ orderId, late }) => (late === null ? [] : [`${orderId} ${late.level}`])).sort();
  const listed = await read<{ readonly items: readonly Item[] }>('order', 'list', '--late');
  const every = await read<{ readonly items: readonly Item[] }>('order', 'list');
  const board = await read<Board>('schedule', 'board', '--date', DAY);
  const onBoard = board.items.flatMap(({ visits }) =>
    visits.flatMap(({ orderId, late }) => (late === null || late.what === 'expected' ? [] : [orderId])),
  );
  const count = async (...line: readonly string[]) => {
    const { hazard, critical } = (await read<{ late: { hazard: number; critical: number } }>(...line)).late;
    return [hazard, critical];
  };
  const single: string[] = [];
  for (const { orderId } of every.items) single.push(...late([await read<Item>('status', orderId)]));
  return {
    list: late(listed.items),
    every: late(every.items),
    single: single.sort(),
    board: onBoard,
    status: await count('status'),
    report: await count('report'),
  };
};

const same = (levels: readonly (readonly [string, 'hazard' | 'critical'])[]) => {
  const named = levels.map(([id, level]) => `${id} ${level}`);
  const n = (wanted: string): number => levels.filter(([, level]) => level === wanted).length;
  const counts = [n('hazard'), n('critical')];
  const board = levels.map(([id]) => id);
  return { list: named, every: named, single: named, board, status: counts, report: counts };
};

describe('a late visit is late everywhere', () => {
  it.each([
    ['a day before', '2026-11-24T10:30', []],
    ['within the time of grace', '2026-11-25T09:14', []],
    ['after it', '2026-11-25T09:16', [['ORD-000001', 'hazard']]],
    [
      'when its slot is over',
      '2026-11-25T11:30',
      [
        ['ORD-000001', 'critical'],
        ['ORD-000002', 'hazard'],
      ],
    ],
    [
      'the day after',
      '2026-11-26T09:00',
      [
        ['ORD-000001', 'critical'],
        ['ORD-000002', 'critical'],
        ['ORD-000003', 'critical'],
      ],
    ],
  ] as const)('%s', async (_when, now, late) => {
    expect(await figures(now)).toEqual(same(late));
  });

  it('says so in words', async () => {
    const at = (now: string) => ({ env: { OSS_NOW: `${now}:00+09:00`, OSS_TZ: 'Asia/Seoul' } });
    const now = at('2026-11-25T11:30');
    expect((await desk.oss('status', now)).stdout).toContain('! 1 very late, ! 1 late');
    expect((await desk.oss('report', now)).stdout).toContain('Late now: ! 1 very late, ! 1 late');
    expect((await desk.oss('report --lang ko', now)).stdout).toContain('현재 ! 기한 크게 초과 1건');
    expect((await desk.oss('status 1', now)).stdout).toContain('! very late, was due 2026-11-25 09:00');
    const board = await desk.oss(`schedule board --date ${DAY}`, now);
    // The third begins late because the first two are still to be made.
    expect(board.stdout).toContain('! 2 visits are late, 1 visit will begin late');
  });

  it.each([
    ['22 hours before', '2026-11-24T16:00', 'we come on 2026-11-25 (Wed) 14:00-15:00', 'agreed'],
    ['at midnight before', '2026-11-25T00:10', 'we come on 2026-11-25 (Wed) 14:00-15:00', 'agreed'],
    ['an hour before', '2026-11-25T13:00', 'the technician is coming', 'coming'],
    ['within the time of grace', '2026-11-25T14:14', 'the technician is coming', 'coming'],
    ['after it', '2026-11-25T14:16', 'we are late', 'late'],
    ['33 hours after', '2026-11-26T23:00', 'we are late', 'late'],
  ])('tells the subscriber, %s', async (_when, now, says, arrival) => {
    const options = { env: { OSS_NOW: `${now}:00+09:00`, OSS_TZ: 'Asia/Seoul' } };
    const line = ['mypage', '3', '--phone-last4', '8157'];
    expect((await desk.oss(line, options)).stdout).toContain(`ORD-000003  ${says}`);
    expect((await desk.oss([...line, '--json'], options)).json()).toMatchObject({ arrival });
  });
});
