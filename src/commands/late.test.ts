import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Board, readBoard } from '../core/app/desk/read-board.ts';
import { lateBesideQueue } from '../core/app/desk/read-desk.ts';
import { findOrders } from '../core/app/orders/find-orders.ts';
import { ordersOfPhone } from '../core/app/orders/my-page.ts';
import { readStatus } from '../core/app/orders/read-details.ts';
import { readOverview } from '../core/app/overview/overview.ts';
import { readReport } from '../core/app/overview/read-report.ts';
import type { OrderSummary } from '../core/views/order-summary.ts';
import { type DeskHome, deskHome, technician } from '../testing/cli/desk.fixture.ts';

/** Three visits of one day, none of which a technician begins: Wednesday 09:00-10:00, 11:00-12:00, 14:00-15:00 in Seoul. */
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

/** `2026-11-25T09:15`, perhaps with seconds and milliseconds, in Seoul. */
const momentOf = (local: string): string => `${local}${local.length === 16 ? ':00' : ''}+09:00`;

/** What every screen says at a time of the operator. */
const figures = async (local: string) => {
  const options = { env: { OSS_NOW: momentOf(local), OSS_TZ: 'Asia/Seoul' } };
  const read = async <T>(...line: readonly string[]): Promise<T> =>
    (await desk.oss([...line, '--json'], options)).json() as T;
  type Item = {
    readonly orderId: string;
    readonly late: { readonly level: string; readonly what: string } | null;
  };
  const late = (items: readonly Item[]): readonly string[] =>
    items.flatMap(({ orderId, late }) => (late === null ? [] : [`${orderId} ${late.what} ${late.level}`]));
  const listed = await read<{ readonly items: readonly Item[] }>('order', 'list', '--late');
  const every = await read<{ readonly items: readonly Item[] }>('order', 'list');
  const board = await read<Board>('schedule', 'board', '--date', DAY);
  const onBoard = board.items.flatMap(({ visits }) =>
    visits.flatMap(({ orderId, late }) => (late === null ? [] : [`${orderId} ${late.what}`])),
  );
  const count = async (...line: readonly string[]) => {
    const { hazard, critical } = (await read<{ late: { hazard: number; critical: number } }>(...line)).late;
    return [hazard, critical];
  };
  const single: string[] = [];
  const shown: string[] = [];
  const mine: string[] = [];
  for (const { orderId } of [...every.items].reverse()) {
    single.push(...late([await read<Item>('status', orderId)]));
    shown.push(...late([await read<Item>('order', 'show', orderId)]));
    const { arrival } = await read<{ arrival: string }>('mypage', orderId, '--phone-last4', '8157');
    if (arrival === 'late' || arrival === 'delayed') mine.push(`${orderId} ${arrival}`);
  }
  return {
    list: late(listed.items),
    every: late(every.items).toReversed(),
    overview: late((await read<{ readonly items: readonly Item[] }>('status')).items).toReversed(),
    several: late((await read<{ readonly items: readonly Item[] }>('status', '1', '2', '3')).items),
    single,
    shown,
    mine,
    board: onBoard,
    status: await count('status'),
    queue: await count('schedule', 'queue'),
    report: await count('report'),
  };
};

type Told = readonly [id: string, level: 'hazard' | 'critical', what: 'not-started' | 'expected'];

/** What every screen has to say: the same. The list has the worst first, which here is the first of the day. */
const same = (told: readonly Told[]) => {
  const named = told.map(([id, level, what]) => `${id} ${what} ${level}`);
  const n = (wanted: string): number => told.filter(([, level]) => level === wanted).length;
  const counts = [n('hazard'), n('critical')];
  return {
    list: named,
    every: named,
    overview: named,
    several: named,
    single: named,
    shown: named,
    mine: told.map(([id, , what]) => `${id} ${what === 'expected' ? 'delayed' : 'late'}`),
    board: told.map(([id, , what]) => `${id} ${what}`),
    status: counts,
    queue: counts,
    report: counts,
  };
};

const FIRST_LATE: Told = ['ORD-000001', 'hazard', 'not-started'];
const FIRST_VERY_LATE: Told = ['ORD-000001', 'critical', 'not-started'];

describe('a late visit is late everywhere', () => {
  it.each<readonly [when: string, now: string, told: readonly Told[]]>([
    ['a day before', '2026-11-24T10:30', []],
    ['when it should begin', '2026-11-25T09:00', []],
    ['within the time of grace', '2026-11-25T09:14', []],
    ['a millisecond after it', '2026-11-25T09:15:00.001', [FIRST_LATE]],
    // An hour of work and 20 minutes to drive: the visit of 11:00 begins at 11:15 still, and then not any more.
    ['while the next can begin in time', '2026-11-25T09:54', [FIRST_LATE]],
    [
      'a millisecond after that',
      '2026-11-25T09:55:00.001',
      [FIRST_LATE, ['ORD-000002', 'hazard', 'expected']],
    ],
    ['when its slot is over', '2026-11-25T11:30', [FIRST_VERY_LATE, ['ORD-000002', 'hazard', 'not-started']]],
    [
      'when the whole day runs behind',
      '2026-11-25T11:40',
      [FIRST_VERY_LATE, ['ORD-000002', 'hazard', 'not-started'], ['ORD-000003', 'hazard', 'expected']],
    ],
    [
      'the day after',
      '2026-11-26T09:00',
      [FIRST_VERY_LATE, ['ORD-000002', 'critical', 'not-started'], ['ORD-000003', 'critical', 'not-started']],
    ],
  ])('%s', async (_when, now, told) => {
    expect(await figures(now)).toEqual(same(told));
  });

  it('says so in words', async () => {
    const at = (now: string) => ({ env: { OSS_NOW: `${now}:00+09:00`, OSS_TZ: 'Asia/Seoul' } });
    const now = at('2026-11-25T11:40');
    expect((await desk.oss('status', now)).stdout).toContain('! 1 very late, ! 2 late');
    expect((await desk.oss('report', now)).stdout).toContain('Late now: ! 1 very late, ! 2 late');
    expect((await desk.oss('report --lang ko', now)).stdout).toContain('현재 ! 심한 지연 1건');
    expect((await desk.oss('schedule queue', now)).stderr).toContain('Late now: ! 1 very late, ! 2 late');
    expect((await desk.oss('status 1', now)).stdout).toContain('! very late, was due 2026-11-25 09:00');
    // An hour of work and 20 minutes to drive, twice: 14:20.
    expect((await desk.oss('status 3', now)).stdout).toContain(
      '! will be late: planned for 14:00, will begin about 14:20',
    );
    expect((await desk.oss('status 3 --lang ko', now)).stdout).toContain(
      '! 지연 예상: 14:00 방문이 14:20경 시작될 예정',
    );
    expect((await desk.oss('order list --late', now)).stdout).toMatch(
      /ORD-000001.*! very late[\s\S]*ORD-000002.*! late[\s\S]*ORD-000003.*! will be late/,
    );
    const board = await desk.oss(`schedule board --date ${DAY}`, now);
    expect(board.stdout).toContain('! 2 visits are late, 1 visit will begin late');
  });

  // The clock of a command goes on while it runs; use cases get one that stands still.
  it.each<readonly [when: string, now: string, told: readonly Told[]]>([
    ['at its start', '2026-11-25T09:00', []],
    ['at the end of the time of grace', '2026-11-25T09:15', []],
    ['a millisecond later', '2026-11-25T09:15:00.001', [FIRST_LATE]],
    ['when the next still begins at the end of its time of grace', '2026-11-25T09:55', [FIRST_LATE]],
    ['a millisecond too late', '2026-11-25T09:55:00.001', [FIRST_LATE, ['ORD-000002', 'hazard', 'expected']]],
    ['at the end of its slot', '2026-11-25T10:00', [FIRST_LATE, ['ORD-000002', 'hazard', 'expected']]],
    [
      'a millisecond after it',
      '2026-11-25T10:00:00.001',
      [FIRST_VERY_LATE, ['ORD-000002', 'hazard', 'expected']],
    ],
  ])('to the millisecond: %s', async (_when, local, told) => {
    const now = Date.parse(momentOf(local));
    await desk.withServices(async (services) => {
      const saga = await services.saga();
      const deps = { ...saga, clock: { ...saga.clock, now: () => now } };
      const named = told.map(([id, level, what]) => `${id} ${what} ${level}`);
      const late = (found: readonly Pick<OrderSummary, 'orderId' | 'late'>[]) =>
        found.flatMap(({ orderId, late: one }) =>
          one === null ? [] : [`${orderId} ${one.what} ${one.level}`],
        );
      const n = (wanted: string): number => told.filter(([, level]) => level === wanted).length;
      const counts = { hazard: n('hazard'), critical: n('critical') };
      const ids = ['ORD-000001', 'ORD-000002', 'ORD-000003'];
      const listed: OrderSummary[] = [];
      const list = { sort: 'worst', limit: 10, showPii: false } as const;
      for await (const item of (await findOrders(deps, { late: true }, list)).items) listed.push(item);
      expect(late(listed)).toEqual(named);
      expect(listed).toHaveLength(named.length);
      const read = await Promise.all(ids.map((id) => readStatus(deps, id, { showPii: false })));
      const single = read.map(({ details }) => details);
      expect(late(single)).toEqual(named);
      const overview = await readOverview(deps, { breakers: services.breakers, limit: 10 });
      expect([late(overview.items.toReversed()), overview.late]).toEqual([named, counts]);
      expect(await lateBesideQueue(deps)).toEqual(counts);
      const { signal } = new AbortController();
      const report = await readReport(deps.store, { from: null, to: null }, { ...deps, now, signal });
      expect(report.late).toEqual(counts);
      const { items } = await readBoard(deps, { date: DAY });
      expect(
        items.flatMap(({ visits }) =>
          visits.flatMap((one) => (one.late ? [`${one.orderId} ${one.late.what}`] : [])),
        ),
      ).toEqual(told.map(([id, , what]) => `${id} ${what}`));
      const mine = await ordersOfPhone(deps.store, '010-5577-8157', { policy: deps.policy, now });
      expect(
        mine
          .toSorted((a, b) => (a.orderId < b.orderId ? -1 : 1))
          .flatMap(({ orderId, arrival }) =>
            arrival === 'late' || arrival === 'delayed' ? [`${orderId} ${arrival}`] : [],
          ),
      ).toEqual(told.map(([id, , what]) => `${id} ${what === 'expected' ? 'delayed' : 'late'}`));
    });
  });

  it('goes on with the worst where a page ended', async () => {
    const at = { env: { OSS_NOW: '2026-11-25T11:40:00+09:00', OSS_TZ: 'Asia/Seoul' } };
    type Page = { readonly items: readonly { orderId: string }[]; readonly nextCursor: string | null };
    const page = async (...more: readonly string[]): Promise<Page> =>
      (await desk.oss(['order', 'list', '--late', '--json', '--limit', '2', ...more], at)).json() as Page;
    const first = await page();
    expect(first.items.map(({ orderId }) => orderId)).toEqual(['ORD-000001', 'ORD-000002']);
    const second = await page('--cursor', first.nextCursor ?? '');
    expect([second.items.map(({ orderId }) => orderId), second.nextCursor]).toEqual([['ORD-000003'], null]);
    const foreign = await desk.oss(['order', 'list', '--late', '--cursor', 'WyIyMDI2Il0'], at);
    expect([foreign.exitCode, foreign.stdout]).toEqual([2, '']);
  });

  it.each([
    ['22 hours before', '2026-11-24T16:00', 'we come on 2026-11-25 (Wed) 14:00-15:00', 'agreed'],
    ['at midnight before', '2026-11-25T00:10', 'we come on 2026-11-25 (Wed) 14:00-15:00', 'agreed'],
    [
      'when the day runs behind',
      '2026-11-25T13:00',
      'the technician is held up and will be with you about 15:40',
      'delayed',
    ],
    ['after its time', '2026-11-25T14:16', 'we are late', 'late'],
    ['33 hours after', '2026-11-26T23:00', 'we are late', 'late'],
  ])('tells the subscriber, %s', async (_when, now, says, arrival) => {
    const options = { env: { OSS_NOW: `${now}:00+09:00`, OSS_TZ: 'Asia/Seoul' } };
    const line = ['mypage', '3', '--phone-last4', '8157'];
    expect((await desk.oss(line, options)).stdout).toContain(`ORD-000003  ${says}`);
    expect((await desk.oss([...line, '--json'], options)).json()).toMatchObject({ arrival });
  });
});
