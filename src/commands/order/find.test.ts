import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditRow } from '../../core/ports/audit.ts';
import { agree, type Desk, HONG, hire, newDesk, technician } from '../../testing/cli/orders.fixture.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';

let desk: Desk;
/** 1: 홍길동, visit agreed. 2: 김철수, in the queue. 3: 홍길동, cancelled. */
beforeAll(async () => {
  desk = await newDesk();
  await hire(desk, technician('T-01', ['강남구', '송파구']));
  await desk.oss(['order', 'new', ...HONG, '--internet', '1', '--tv', '1', '--key', 'WEB-1']);
  await desk.oss([
    ...['order', 'new', '--name', '김철수', '--phone', '010-2222-3333', '--tv', '2', '--priority', 'high'],
    ...['--address', '서울특별시 송파구 송파대로 43'],
  ]);
  await desk.oss(['order', 'new', ...HONG, '--internet', '2', '--duplicate-ok']);
  await agree(desk, 'ORD-000001', '2026-11-26T14:00:00+09:00');
  await desk.oss(['order', 'cancel', '3', '--code', 'TEST', '-y', '--note', '잘못 접수']);
});
afterAll(() => desk.close());

const ids = async (...flags: readonly string[]): Promise<readonly string[]> => {
  const { stdout } = await desk.oss(['order', 'list', '-o', 'id', ...flags]);
  return stdout.split('\n').filter((line) => line !== '');
};
const [A, B, C] = ['ORD-000001', 'ORD-000002', 'ORD-000003'];

describe('order list', () => {
  it('lists the latest first, with masked customers, in a valid shape', async () => {
    const listed = await desk.json(['order', 'list']);
    expect(validateOutput('oss.orders/1', listed)).toEqual([]);
    expect(listed).toMatchObject({
      items: [
        { orderId: C, stage: 'cancelled', outcome: 'cancelled' },
        { orderId: B, stage: 'tm-queue', priority: 'high' },
        {
          orderId: A,
          stage: 'scheduled',
          customer: { name: '홍*동', phone: '010-****-5678', address: '서울특별시 강남구 ***' },
        },
      ],
      nextCursor: null,
    });
  });

  it('writes down that somebody searched by phone number, what was found, and not what was looked for', async () => {
    const rows = (): Promise<readonly AuditRow[]> =>
      desk.open(async (services) => (await services.store('read')).read((tx) => tx.audit.list(100)));
    for (const [text, found] of [
      ['3333', [B]],
      ['4999', []],
      ['010-4999-4999', []],
    ] as const) {
      const before = (await rows()).length;
      expect((await desk.oss(['order', 'list', '--text', text, '--actor', 'noc:lee'])).exitCode).toBe(0);
      const [row, ...more] = (await rows()).slice(0, -before || undefined);
      expect(row).toMatchObject({ actor: 'noc:lee', action: 'search.read', orderIds: found });
      expect([more, JSON.stringify(row?.detail)]).toEqual([[], '{"by":"phone"}']);
    }
    const before = (await rows()).length;
    for (const text of ['홍길동', 'web-1', '333', '33333']) await desk.oss(['order', 'list', '--text', text]);
    expect(await rows()).toHaveLength(before);
  });

  it.each([
    [
      ['--stage', 'scheduled,cancelled'],
      [C, A],
    ],
    [['--open'], [B, A]],
    [['--area', '송파구'], [B]],
    [['--technician', 'T-01'], [A]],
    [['--visit-date', '2026-11-26'], [A]],
    [['--visit-date', '2026-11-25'], []],
    [
      ['--text', '홍길동'],
      [C, A],
    ],
    [['--text', '3333'], [B]],
    [['--text', 'web-1'], [A]],
    [['--text', '000002'], [B]],
    [['--since', '2026-11-24 10:01', '--until', '2026-11-24 10:02'], [B]],
    [
      ['--sort', 'id'],
      [A, B, C],
    ],
    [
      ['--sort', '-id'],
      [C, B, A],
    ],
    [
      ['--sort', 'priority', '--open'],
      [B, A],
    ],
    [
      ['--sort', 'visit', '--open'],
      [A, B],
    ],
    [['--late'], []],
  ])('finds by %j', async (flags, found) => {
    expect(await ids(...flags)).toEqual(found);
  });

  it('finds those that are too long in their stage, and marks them by word and sign', async () => {
    const late = { env: { OSS_NOW: '2026-11-24T10:00:00.000Z' } };
    const { stdout } = await desk.oss(['order', 'list', '--late', '-o', 'id'], late);
    expect(stdout).toBe(`${B}\n`);
    expect((await desk.oss(['order', 'list', '--open'], late)).stdout).toMatch(/ORD-000002 .* ! late /);
  });

  it('cuts with a cursor, and says so', async () => {
    const cut = await desk.oss(['order', 'list', '--limit', '2', '-o', 'json']);
    expect(cut.stderr).toContain('2 shown, there are more');
    const { nextCursor } = cut.json() as { nextCursor: string };
    expect(await ids('--cursor', nextCursor)).toEqual([A]);
    expect((await desk.oss(['order', 'list', '--cursor', 'x'])).exitCode).toBe(2);
  });

  it('prints every format', async () => {
    const ndjson = (await desk.oss(['order', 'list', '-o', 'ndjson'])).stdout.trim().split('\n');
    expect(ndjson.map((line) => (JSON.parse(line) as { orderId: string }).orderId)).toEqual([C, B, A]);
    const csv = (await desk.oss(['order', 'list', '-o', 'csv', '--open'])).stdout.split('\n');
    expect(csv[0]).toMatch(/^orderId,key,stage,stageSince,late.level,priority,customer.id/);
    expect(csv[2]).toMatch(/^ORD-000001,WEB-1,scheduled,/);
    expect((await desk.oss(['order', 'list', '--fields', 'orderId,area', '-o', 'csv'])).stdout).toBe(
      `orderId,area\r\n${C},강남구\r\n${B},송파구\r\n${A},강남구\r\n`,
    );
  });

  it('is a block a record on a narrow terminal', async () => {
    const { stdout } = await desk.oss(['order', 'list', '--stage', 'scheduled'], { columns: 40 });
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(40);
    expect(stdout).toMatch(/^ORDER +ORD-000001\n/);
  });

  it('shows clear names only when asked, and keeps that in the audit log', async () => {
    const { stdout } = await desk.oss(['order', 'list', '--show-pii', '--stage', 'scheduled']);
    expect(stdout).toContain('홍길동');
    expect(await audited()).toContain('order list');
  });

  it('says that nothing was found, in both languages', async () => {
    expect(await desk.oss(['order', 'list', '--text', 'zzz'])).toMatchObject({
      exitCode: 0,
      stdout: 'there is no order like that\n',
    });
    expect((await desk.oss(['order', 'list', '--text', 'zzz', '--lang', 'ko'])).stdout).toBe(
      '해당하는 청약이 없습니다\n',
    );
    expect(await desk.json(['order', 'list', '--text', 'zzz'])).toEqual({
      schema: 'oss.orders/1',
      items: [],
      nextCursor: null,
    });
  });
});

const audited = (): Promise<readonly string[]> =>
  desk.open(async (services) => {
    const store = await services.store('read');
    const entries = await store.read((tx) => tx.audit.list(100));
    return entries.filter(({ action }) => action === 'pii.read').map(({ subject }) => subject);
  });

describe('order show', () => {
  it('shows services, the visit, notes and what is due; the reading is audited', async () => {
    const before = (await audited()).length;
    const { stdout, exitCode } = await desk.oss(['order', 'show', '1']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('홍길동, 010-1234-5678');
    expect(stdout).toContain('Visit         2026-11-26 (Thu) 14:00-15:30, T-01 (agreed)');
    expect(stdout).toMatch(/access\.gpon#1\/1 +on +yes +1 +NE-/);
    expect(stdout).toContain('Services\n');
    expect((await audited()).length).toBe(before + 1);
  });

  it('masks for who does not need it, without an audit row', async () => {
    const before = (await audited()).length;
    const { stdout } = await desk.oss(['order', 'show', '1', '--actor', 'noc:lee']);
    expect(stdout).toContain('홍*동, 010-****-5678');
    expect((await desk.oss(['order', 'show', '2', '--actor', 'technician:T-01'])).stdout).toContain('김*수');
    expect((await audited()).length).toBe(before);
  });

  it('is refused in clear to who does not need it, which is written down', async () => {
    const refused = await desk.oss(['order', 'show', '1', '--actor', 'noc:lee', '--show-pii']);
    expect([refused.exitCode, refused.stdout]).toEqual([5, '']);
    expect(refused.stderr).toContain('it is for supervisor, cs, dispatcher, tm');
  });

  it('is clear for the technician of the visit, and for others who ask for it', async () => {
    expect((await desk.oss(['order', 'show', '1', '--actor', 'technician:T-01'])).stdout).toContain('홍길동');
    const tm = ['order', 'show', '1', '--actor', 'tm:han', '--show-pii'];
    expect((await desk.oss(tm)).stdout).toContain('홍길동');
  });

  it('has the history when asked', async () => {
    const shown = await desk.json(['order', 'show', '1', '--history']);
    expect(validateOutput('oss.order/1', shown)).toEqual([]);
    const { history } = shown as { history: readonly { type: string }[] };
    expect(history[0]).toMatchObject({ type: 'OrderPlaced', version: 1, orderId: A });
    const { stdout } = await desk.oss(['order', 'show', '1', '--history']);
    expect(stdout).toContain('order taken: 1 Internet + 1 TV in 강남구');
    expect(stdout).toContain('visit agreed: 2026-11-26 (Thu) 14:00-15:30, T-01');
    expect(await desk.json(['order', 'show', '1'])).not.toHaveProperty('history');
  });

  it('tells how a cancelled order ended', async () => {
    const { stdout } = await desk.oss(['order', 'show', '3', '--lang', 'ko']);
    expect(stdout).toContain('✗ 취소 ── ✓ 원복 완료');
    expect(stdout).toContain('시험 청약');
    expect(stdout).toContain('잘못 접수');
  });

  it('fits a terminal of 20 columns', async () => {
    const { stdout } = await desk.oss(['order', 'show', '1', '--history'], { columns: 20 });
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(20);
  });

  it('refuses an unknown order without leaving a trace', async () => {
    const before = (await audited()).length;
    const { exitCode, stderr } = await desk.oss(['order', 'show', '99']);
    expect(exitCode).toBe(3);
    expect(stderr).toBe('error: there is no order ORD-000099\nnext: oss order list\n');
    expect((await audited()).length).toBe(before);
  });
});
