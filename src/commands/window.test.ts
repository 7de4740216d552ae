import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskHome, deskHome, technician } from '../testing/cli/desk.fixture.ts';
import { validateOutput } from '../testing/cli/validate-output.ts';

/** Customers are told two hours: the plan is Wednesday 09:00-10:00 in Seoul, the promise is somebody between 09:00 and 11:00. */
const WINDOW = { OSS_VISITS_WINDOW_MINUTES: '120', OSS_TZ: 'Asia/Seoul' };
const at = (local: string) => ({ env: { ...WINDOW, OSS_NOW: `${local}:00+09:00` } });
const TOLD = { start: '2026-11-25T00:00:00.000Z', end: '2026-11-25T02:00:00.000Z' };

describe('an arrival window', () => {
  let desk: DeskHome;
  let orderId: string;
  let other: string;
  beforeAll(async () => {
    desk = await deskHome([technician('T-01'), technician('T-02')]);
    orderId = await desk.place();
    other = await desk.place();
    const line = (id: string, who: string) => ['schedule', 'assign', id, '--technician', who];
    await desk.oss([...line(orderId, 'T-01'), '--at', '2026-11-25 09:00'], at('2026-11-24T10:00'));
    await desk.oss('worker --drain', at('2026-11-24T15:00'));
    // Agreed without play.
    await desk.oss([...line(other, 'T-02'), '--at', '2026-11-25 09:00'], { env: { OSS_TZ: 'Asia/Seoul' } });
    await desk.oss('worker --drain', { env: { OSS_NOW: '2026-11-24T15:00:00+09:00' } });
  });
  afterAll(() => desk.close());

  it('is on the log where it was told and agreed to, and nowhere without one', async () => {
    const told = (await desk.events(orderId)).flatMap(({ type, data }) =>
      'window' in data ? [[type, data.window]] : [],
    );
    expect(told).toEqual([
      ['CallRequested', TOLD],
      ['CustomerCalled', TOLD],
    ]);
    expect((await desk.events(other)).filter(({ data }) => 'window' in data)).toEqual([]);
    expect((await desk.types(other)).includes('Scheduled')).toBe(true);
  });

  it('is shown beside the plan', async () => {
    const { json } = await desk.oss(['order', 'show', orderId, '--json'], at('2026-11-24T16:00'));
    expect(validateOutput('oss.order/1', json())).toEqual([]);
    expect(json()).toMatchObject({ visit: { ...TOLD, end: '2026-11-25T01:00:00.000Z', window: TOLD } });
    const shown = await desk.oss(['order', 'show', orderId], at('2026-11-24T16:00'));
    expect(shown.stdout).toMatch(/Arrival told +2026-11-25 \(Wed\) 09:00-11:00/);
    const korean = await desk.oss(['status', orderId, '--lang', 'ko'], at('2026-11-24T16:00'));
    expect(korean.stdout).toMatch(/안내한 도착 시간 +2026-11-25 \(수\) 09:00-11:00/);
    expect((await desk.oss(['events', orderId], at('2026-11-24T16:00'))).stdout).toContain(
      'told to expect us',
    );
    expect((await desk.oss(['order', 'show', other], at('2026-11-24T16:00'))).stdout).not.toContain(
      'Arrival told',
    );
  });

  it('is on the board, and in the queue for whoever phones', async () => {
    const { json } = await desk.oss('schedule board --date 2026-11-25 --json', at('2026-11-24T16:00'));
    expect(validateOutput('oss.board/1', json())).toEqual([]);
    expect(json()).toMatchObject({
      items: [{ visits: [{ orderId, window: TOLD }] }, { visits: [{ orderId: other, window: null }] }],
    });
    const board = await desk.oss('schedule board --date 2026-11-25', at('2026-11-24T16:00'));
    expect(board.stdout).toMatch(/09:00-10:00 ORD-000001 분당구 dispatched, promised 09:00-11:00/);
    const third = await desk.place();
    await desk.oss(
      ['schedule', 'assign', third, '--technician', 'T-01', '--at', '2026-11-26 14:00', '--no-call'],
      at('2026-11-24T16:00'),
    );
    const queue = await desk.oss('schedule queue --json', at('2026-11-24T16:00'));
    expect(validateOutput('oss.schedule-queue/1', queue.json())).toEqual([]);
    const window = { start: '2026-11-26T05:00:00.000Z', end: '2026-11-26T07:00:00.000Z' };
    expect(queue.json()).toMatchObject({ items: [{ orderId: third, window }] });
    const said = await desk.oss('schedule queue --lang ko', { ...at('2026-11-24T16:00'), columns: 200 });
    expect(said.stdout.replace(/\s+/g, ' ')).toContain('안내할 도착 시간 14:00-16:00');
    await desk.oss(['order', 'cancel', third, '--code', 'TEST'], at('2026-11-24T16:00'));
  });

  it.each([
    ['before it', '2026-11-24T16:00', 'we arrive on 2026-11-25 (Wed) 09:00-11:00', 'agreed'],
    ['behind the plan and within the promise', '2026-11-25T10:30', '', 'coming'],
    ['within the time of grace', '2026-11-25T11:14', '', 'coming'],
    ['after it', '2026-11-25T11:16', 'we are late', 'late'],
  ])('the subscriber goes by it: %s', async (_when, now, says, arrival) => {
    const line = ['mypage', orderId, '--phone-last4', '8157'];
    const mine = (await desk.oss([...line, '--json'], at(now))).json();
    expect(validateOutput('oss.my-order/1', mine)).toEqual([]);
    expect(mine).toMatchObject({ arrival, visit: { window: TOLD } });
    expect((await desk.oss(line, at(now))).stdout).toContain(says);
  });

  it('the dispatcher goes by the plan', async () => {
    const { json } = await desk.oss(['status', orderId, '--json'], at('2026-11-25T09:16'));
    expect(json()).toMatchObject({ late: { what: 'not-started', dueAt: TOLD.start } });
  });

  it('the promise is kept when the work is done before the visit at its end would be', async () => {
    const evidence = ['--ont', 'HWTC12345678', '--rx', '-18.5', '--signed-by', 'Kim'];
    for (const id of [orderId, other]) {
      await desk.oss(['field', 'complete', id, ...evidence, '-y'], at('2026-11-25T11:50'));
    }
    // Both at 11:50: a visit that began at 11:00 would end at 12:00, one that had to begin at 09:00 at 10:00.
    expect((await desk.oss('report --json', at('2026-11-25T12:00'))).json()).toMatchObject({
      promiseKept: { n: 1, of: 2 },
    });
  });
});
