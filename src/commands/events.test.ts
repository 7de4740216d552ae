import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTEXT_OF } from '../core/process/context-of.ts';
import { type Desk, HONG, hire, newDesk, technician } from '../testing/cli/orders.fixture.ts';
import { validateOutput } from '../testing/cli/validate-output.ts';
import { served } from '../testing/http/served.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await newDesk();
  await hire(desk, technician('T-01', ['강남구']));
  await desk.oss(['order', 'new', ...HONG, '--internet', '1', '--note', 'call 010-9999-0000']);
  await desk.oss(['order', 'new', ...HONG, '--internet', '2', '--duplicate-ok']);
  await desk.oss(['order', 'cancel', '1', '--code', 'TEST', '-y']);
});
afterAll(() => desk.close());

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');
type Item = {
  readonly type: string;
  readonly orderId: string;
  readonly position: number;
  readonly cursor: string;
};
const items = async (...flags: readonly string[]): Promise<readonly Item[]> =>
  lines((await desk.oss(['events', '-o', 'ndjson', ...flags])).stdout).map((line) => JSON.parse(line));

describe('events', () => {
  it('tells the story of one order in the order of its log', async () => {
    const { stdout, exitCode } = await desk.oss(['events', '1'], { columns: 120 });
    expect(exitCode).toBe(0);
    const story = lines(stdout).map((line) => line.slice('2026-11-24 10:00:00  '.length));
    expect(story[0]).toBe('· OrderPlaced          order taken: 1 Internet in 강남구, with a note (cs:kim)');
    expect(story).toContain('✓ ActivationCompleted  all 2 services are on at OLT-DF9D/4/13/35 (cs:kim)');
    expect(story).toContain(
      '! OrderCancelled       cancelled while waiting for a call: a test order (cs:kim)',
    );
    expect(story.at(-1)).toBe('· OrderClosed          closed as cancelled: nothing is left to do (cs:kim)');
    expect(lines(stdout)[0]).toMatch(/^2026-11-24 10:0\d:\d\d /);
  });

  it('is told in Korean, too', async () => {
    const { stdout } = await desk.oss(['events', '1', '--lang', 'ko'], { columns: 80 });
    expect(stdout).toContain('· 청약 접수: 인터넷 1회선, 강남구, 메모 있음 (cs:kim)');
    expect(stdout).toContain('! 취소 (통화 대기): 시험 청약 (cs:kim)');
  });

  it('holds no personal data in any format', async () => {
    for (const format of ['table', 'json', 'ndjson', 'csv']) {
      const { stdout } = await desk.oss(['events', '-o', format, '--after', '0']);
      expect(stdout).not.toMatch(/홍길동|010-?1234|역삼로|(?<![0-9a-f])9999(?![0-9a-f])/);
    }
  });

  it('is oss.events/1 in JSON', async () => {
    const told = await desk.json(['events', '1']);
    expect(validateOutput('oss.events/1', told)).toEqual([]);
    const [first] = (told as { items: readonly object[] }).items;
    expect(first).toMatchObject({ type: 'OrderPlaced', version: 1, actor: 'cs:kim', orderId: 'ORD-000001' });
  });

  it('filters by type, cursor and number', async () => {
    const placed = await items('--type', 'OrderPlaced');
    expect(placed.map(({ orderId }) => orderId)).toEqual(['ORD-000001', 'ORD-000002']);
    const second = placed.at(-1);
    for (const after of [second?.cursor ?? '', String(second?.position)]) {
      const [next] = await items('--after', after, '--limit', '1');
      expect(next?.position, after).toBe((second?.position ?? 0) + 1);
    }
    const unknown = await desk.oss(['events', '--after', '1:x']);
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain('--after');
    expect((await items('2', '--type', 'OrderCancelled')).length).toBe(0);
    const wrong = await desk.oss(['events', '--type', 'OrderPlacd']);
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).toContain('did you mean OrderPlaced?');
  });

  it('streams the whole log off a terminal, and names the orders', async () => {
    const all = await items();
    expect(all.map(({ position }) => position)).toEqual(all.map((_, i) => i + 1));
    expect((await desk.oss(['events', '--after', '0'])).stdout).toContain('ORD-000002  · ');
  });

  it('follows what is committed from now on, until it is told to stop', async () => {
    const told = desk.oss(['events', '--follow', '--type', 'NoteAdded', '--limit', '1', '-o', 'ndjson']);
    await desk.oss(['order', 'note', '2', '--text', 'hello']);
    const { stdout, exitCode } = await told;
    expect(exitCode).toBe(0);
    expect(lines(stdout)).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'NoteAdded', orderId: 'ORD-000002' });
  });

  it('refuses an unknown order', async () => {
    expect((await desk.oss(['events', '77'])).exitCode).toBe(3);
  });

  it('says nothing for an empty log', async () => {
    const fresh = await newDesk();
    expect(await fresh.oss(['events'])).toMatchObject({ exitCode: 0, stdout: '' });
    expect(await fresh.json(['events'])).toEqual({ schema: 'oss.events/1', items: [], nextCursor: null });
    await fresh.close();
  });

  it('tells events as everybody outside is told them, the same over HTTP', async () => {
    const { stdout } = await desk.oss(['events', '--after', '0', '-o', 'cloudevents']);
    const told = lines(stdout).map((line) => JSON.parse(line) as object);
    expect(told.length).toBeGreaterThan(5);
    for (const event of told) expect(validateOutput('oss.cloud-event/1', event)).toEqual([]);
    expect(stdout).not.toMatch(/cs:kim|010-\d{4}-\d{4}/);
    const made = await desk.oss([
      'access',
      'token',
      'new',
      '--role',
      'noc',
      '--name',
      'feed',
      '-o',
      'id',
      '--actor',
      'supervisor:lee',
    ]);
    const { url, end } = await served(desk, ['--actor', 'supervisor:lee']);
    const answer = await fetch(`${url}/events?limit=1000`, {
      headers: { authorization: `Bearer ${made.stdout.trim()}` },
    });
    expect(await answer.json()).toEqual(told);
    await end();
    const other = await desk.oss(['order', 'list', '-o', 'cloudevents']);
    expect([other.exitCode, other.stderr]).toEqual([2, expect.stringContaining('cloudevents')]);
  });

  it('every type of event has its name outside, which a rename here does not change', () => {
    const known = readFileSync(
      new URL('../../schemas/oss.cloud-event.1.schema.json', import.meta.url),
      'utf8',
    );
    const { properties } = JSON.parse(known) as { properties: { type: { enum: readonly string[] } } };
    expect(
      Object.keys(CONTEXT_OF)
        .map((type) => `oss.${type}`)
        .sort(),
    ).toEqual([...properties.type.enum].sort());
  });
});
