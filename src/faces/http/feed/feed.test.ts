import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { memoryStore } from '../../../adapters/memory/memory-store.ts';
import { appendTo, note, placed } from '../../../core/ports/contract/samples.contract.ts';
import type { Store } from '../../../core/ports/store.ts';
import { type RawConnection, rawConnection } from '../../../testing/http/raw-request.ts';
import { closeHouses, type TestHouse, testHouse } from '../../../testing/http/test-house.ts';
import { HttpFault } from '../http-fault.ts';
import { EVENTS } from '../routes/events.ts';
import { PROBES } from '../routes/probes.ts';

let store: Store;
let home: TestHouse;
beforeEach(async () => {
  store = memoryStore();
  home = await testHouse([EVENTS, ...PROBES], { store });
});
afterEach(closeHouses);

const authorization = 'Bearer t-cs';
const happen = (orderId: string, texts: number) =>
  store.write(async (tx) => {
    await appendTo(tx, orderId, placed(), ...Array.from({ length: texts }, (_, i) => note(`TXT-${i}`)));
  });
type Told = { readonly id: string; readonly cursor: string; readonly type: string; readonly subject: string };
const ask = async (query: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${home.origin}/events${query}`, { headers: { authorization, ...headers } });
  return { answer, told: (await answer.json()) as readonly Told[] };
};
const opened: RawConnection[] = [];
afterEach(() => {
  for (const { socket } of opened.splice(0)) socket.destroy();
});
const listen = (after: string, more = ''): RawConnection => {
  const reader = rawConnection(home.port);
  opened.push(reader);
  reader.send(
    `GET /events?after=${after} HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\nauthorization: ${authorization}\r\n${more}\r\n`,
  );
  return reader;
};
const cursorsIn = (text: string): readonly string[] =>
  [...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id ?? '');

describe('the feed', () => {
  test('is read a page at a time from the first day on, as CloudEvents', async () => {
    await happen('ORD-000001', 2);
    await happen('ORD-000002', 0);
    const first = await ask('?limit=2');
    expect(first.answer.headers.get('content-type')).toBe(
      'application/cloudevents-batch+json; charset=utf-8',
    );
    expect(first.told[0]).toMatchObject({
      specversion: '1.0',
      source: expect.stringMatching(/^urn:oss:[0-9a-f]{24}$/),
      type: 'oss.OrderPlaced',
      subject: 'ORD-000001',
      orderversion: 1,
      data: { customerId: 'CUS-000001' },
    });
    expect(first.told[0]).not.toHaveProperty('actor');
    const next = first.answer.headers.get('next-cursor') ?? '';
    const rest = await ask(`?after=${next}&types=OrderPlaced,oss.NoteAdded`);
    expect([...first.told, ...rest.told].map(({ subject, type }) => `${subject} ${type}`)).toEqual([
      'ORD-000001 oss.OrderPlaced',
      'ORD-000001 oss.NoteAdded',
      'ORD-000001 oss.NoteAdded',
      'ORD-000002 oss.OrderPlaced',
    ]);
    const end = await ask(`?after=${rest.answer.headers.get('next-cursor')}`);
    expect([end.told, end.answer.headers.get('next-cursor')]).toEqual([
      [],
      rest.answer.headers.get('next-cursor'),
    ]);
    const again = await ask('?types=OrderPlaced');
    expect(again.told.map(({ id }) => id)).toEqual([first.told[0]?.id, rest.told[1]?.id]);
  });

  test.each([
    ['?after=x', 'BAD_VALUE'],
    ['?limit=0', 'BAD_VALUE'],
    ['?limit=1001', 'BAD_VALUE'],
    ['?types=Nothing', 'BAD_VALUE'],
    ['?types=constructor', 'BAD_VALUE'],
    ['?after=9:1', 'BAD_VALUE'],
  ])('refuses %s', async (query, code) => {
    const { answer, told } = await ask(query);
    expect([answer.status, told]).toMatchObject([400, { code }]);
    const streamed = await ask(query, { accept: 'text/event-stream' });
    expect(streamed.answer.status).toBe(400);
  });

  test('is offered as a batch or as a stream, and to no technician', async () => {
    expect((await ask('', { accept: 'text/html' })).answer.status).toBe(406);
    expect((await ask('', { authorization: 'Bearer t-technician' })).answer.status).toBe(403);
  });
});

describe('the stream', () => {
  test('tells what was there and what comes, each once and in order; who comes back goes on', async () => {
    await happen('ORD-000001', 1);
    const reader = listen('');
    await reader.until('oss.NoteAdded');
    await happen('ORD-000002', 1);
    const got = await reader.until('ORD-000002","time');
    await expect.poll(() => cursorsIn(got).length).toBeGreaterThan(2);
    const all = (await ask('')).told.map(({ cursor }) => cursor);
    expect(cursorsIn(await reader.until(`id: ${all.at(-1)}`))).toEqual(all);
    const back = listen('', `last-event-id: ${all[1]}\r\n`);
    expect(cursorsIn(await back.until(`id: ${all.at(-1)}`))).toEqual(all.slice(2));
  });

  test('loses nothing while much happens and many come and go', async () => {
    const readers = Array.from({ length: 20 }, () => listen(''));
    for (let n = 1; n <= 30; n += 1) await happen(`ORD-${String(n).padStart(6, '0')}`, 40);
    const cursors: string[] = [];
    for (let after = ''; ; ) {
      const { told, answer } = await ask(`?limit=1000&after=${after}`);
      if (told.length === 0) break;
      cursors.push(...told.map(({ cursor }) => cursor));
      after = answer.headers.get('next-cursor') ?? '';
    }
    expect(cursors).toHaveLength(30 * 41);
    const last = `id: ${cursors.at(-1)}\n`;
    for (const reader of readers) expect(cursorsIn(await reader.until(last))).toEqual(cursors);
  });

  test('a hundred readers that stand still keep nobody waiting, and are cut', async () => {
    await closeHouses();
    home = await testHouse([EVENTS, ...PROBES], { store, server: { limits: { stalledMs: 500 } } });
    const stalled = Array.from({ length: 100 }, () => listen(''));
    for (const { socket } of stalled) socket.pause();
    const reader = listen('');
    await reader.until('retry:');
    for (let n = 1; n <= 20; n += 1) await happen(`ORD-${String(n).padStart(6, '0')}`, 30);
    const { told } = await ask('?limit=1000');
    expect(cursorsIn(await reader.until(`id: ${told.at(-1)?.cursor}\n`))).toEqual(
      told.map(({ cursor }) => cursor),
    );
    expect((await fetch(`${home.origin}/livez`)).status).toBe(200);
    for (const { socket } of stalled) socket.destroy();
  });

  test('says now and then that it lives, and ends when its token does', async () => {
    let isRevoked = false;
    await closeHouses();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const known = { tokenId: 'T', actor: 'cs:shop', client: 'shop', seesClear: false };
      const callerOf = async () => {
        if (isRevoked) throw new HttpFault({ code: 'TOKEN_REFUSED' });
        return known;
      };
      home = await testHouse([EVENTS], { store, house: { callerOf } });
      const reader = listen('');
      await reader.until('retry:');
      vi.advanceTimersByTime(15_000);
      await reader.until(': beat');
      isRevoked = true;
      vi.advanceTimersByTime(15_000);
      await reader.until('event: end\n');
    } finally {
      vi.useRealTimers();
    }
  }, 20_000);

  test('ends with a word when the server does', async () => {
    const reader = listen('');
    await reader.until('retry:');
    void home.server.drain();
    expect(await reader.ended).toContain('event: end\n');
  });
});
