import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskHome, deskHome, technician } from '../../testing/cli/desk.fixture.ts';

/** Tuesday, 10:59 in Seoul: half an hour's notice, so 11:30 is the first time that is offered. */
const AT = { env: { OSS_NOW: '2026-11-24T10:59:00+09:00', OSS_TZ: 'Asia/Seoul' } };
const FIRST = '2026-11-24T02:30:00.000Z';

describe('no visit is offered that begins sooner than the notice', () => {
  let desk: DeskHome;
  let orderId: string;
  beforeAll(async () => {
    desk = await deskHome([technician('T-01')]);
    orderId = await desk.place();
  });
  afterAll(() => desk.close());

  it.each<readonly [which: string, line: readonly string[]]>([
    ['slots', ['schedule', 'slots', 'ID', '--date', '2026-11-24']],
    ['a plan', ['schedule', 'plan', '--date', '2026-11-24', '--effort', 'quick']],
  ])('%s', async (_which, line) => {
    const run = await desk.oss([...line.map((word) => (word === 'ID' ? orderId : word)), '--json'], AT);
    const starts = [...run.stdout.matchAll(/"start": ?"([^"]+)"/g)].map(([, start]) => start ?? '');
    expect(starts.filter((start) => start.startsWith('2026-11-24')).sort()[0]).toBe(FIRST);
  });

  it('the best visit neither, but a person may name a sooner time', async () => {
    const held = async (...more: readonly string[]): Promise<unknown> => {
      const run = await desk.oss(['schedule', 'assign', orderId, '--no-call', ...more], AT);
      expect(run.exitCode).toBe(0);
      return (await desk.oss(['status', orderId, '--json'], AT)).json();
    };
    expect(await held()).toMatchObject({ visit: { start: FIRST } });
    const soon = await held('--technician', 'T-01', '--at', '2026-11-24 11:00');
    expect(soon).toMatchObject({ visit: { start: '2026-11-24T02:00:00.000Z' } });
  });
});
