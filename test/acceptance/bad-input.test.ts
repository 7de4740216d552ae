import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../../src/testing/cli/run-cli.ts';
import { HONG, type House, openHouse, TECHNICIANS } from './house.ts';

let house: House;
let head = '';
beforeAll(async () => {
  house = openHouse();
  await house.json(['technician', 'import', TECHNICIANS]);
  await house.json(['order', 'new', ...HONG, '--key', 'first']);
  head = await house.head();
});
afterAll(() => house.close());

const WHO = ['--name', '김영희', '--phone', '010-2222-3333', '--address', '서울특별시 강남구 역삼로 1'];
const order = (...rest: readonly string[]) => ['order', 'new', ...WHO, ...rest];
const named = (name: string) => order('--internet', '1').with(3, name);
const phoned = (phone: string) => order('--internet', '1').with(5, phone);

/** What is typed, the exit code, and a word of the error that tells what was wrong. */
const BAD: readonly (readonly [line: readonly string[], exit: number, says: string])[] = [
  [['order', 'new', '--nam', 'x'], 2, '--name'],
  [['ordre', 'new'], 2, 'order new'],
  [named(''), 2, '--name'],
  [named('   '), 2, '--name'],
  [named('가'.repeat(40_000)), 2, '--name'],
  ...['-1', '1.5', '1e309', '٣', 'x'].map((n) => [order('--internet', n), 2, '--internet'] as const),
  [order('--internet', '0', '--tv', '0'), 1, 'no lines'],
  [order('--internet', '99'), 1, 'orders.maxLines'],
  ...['12', 'abc', '010-1234-567８9999'].map((phone) => [phoned(phone), 2, '--phone'] as const),
  [order('--internet', '1', '--not-before', '2020-01-01'), 2, 'in the past'],
  [order('--internet', '1', '--not-before', 'banana'), 2, '--not-before'],
  [order('--internet', '1', '--customer', 'CUS-000099'), 3, 'CUS-000099'],
  [order('--internet', '1', '--from', '99'), 3, 'ORD-000099'],
  [order('--internet', '1', '--note', '--tv'), 2, '--note'],
  [['order', 'new', '--no-input'], 2, '--phone PHONE, --name NAME, --address ADDRESS'],
  [['schedule', 'assign', '1', '--at', '2020-01-01 10:00'], 2, 'in the past'],
  [['--tz', 'America/New_York', 'schedule', 'assign', '1', '--at', '2027-03-14 02:30'], 2, 'skip'],
  [['schedule', 'assign', '1', '--at', '32:99'], 2, '--at'],
  [['schedule', 'assign', '1', '--technician', 'T-99', '--at', 'next'], 3, 'T-99'],
  [['schedule', 'assign', '99', '--at', 'next'], 3, 'ORD-000099'],
  [['schedule', 'call', '1', '--outcome', 'WHAT'], 2, 'AGREED'],
  [['status', 'abc'], 2, 'ORD-000042'],
  [['status', '99'], 3, 'ORD-000099'],
  [['order', 'cancel', '1', '--code', 'CUSTOMER_CHANGED_MIN', '-y'], 2, 'did you mean CUSTOMER_CHANGED_MIND'],
  [['order', 'cancel', '1', '--code', 'NO_FACILITY', '-y'], 1, 'field return'],
  [['order', 'cancel', '1', '--code', 'OTHER', '-y'], 2, '--note'],
  [['order', 'cancel', '1', '--code', 'TEST'], 2, 'add -y'],
  [['order', 'cancel', '1', '99', '--code', 'TEST', '-y'], 3, 'ORD-000099'],
  [['order', 'amend', '1', '--tv', '2', '--if-version', '1'], 4, 'changed in the meantime'],
  [['order', 'new', ...HONG, '--key', 'second'], 4, 'duplicate'],
  [['field', 'complete', '1', '--rx', '18.5'], 4, 'no agreed visit'],
  [['field', 'return', '1', '--code', 'NO_ACCESS', '-y'], 1, 'field revisit'],
  [['field', 'revisit', '1', '--code', 'NO_FACILITY'], 1, 'field return'],
  [['fallout', 'retry', '1'], 3, 'is not held'],
  [['order', 'list', '--stage', 'nope'], 2, 'tm-queue'],
  [['order', 'list', '--json', '-o', 'csv'], 2, '-o csv'],
  [['order', 'list', '--fields', 'nope', '-o', 'csv'], 2, 'orderId'],
  [['-o', 'xml', 'status'], 2, 'ndjson'],
  [['--actor', 'god:kim', 'status'], 2, 'supervisor'],
  [['--actor', 'technician:kim', 'breaker', 'close', 'ne', '--reason', 'x'], 5, 'technician:kim'],
  [['--tz', 'Mars/X', 'status'], 2, 'Asia/Seoul'],
  [['mypage', '1', '--phone-last4', '0000'], 3, 'no order'],
];

describe('says what, why or what next, has an exit code of the table, prints no data and changes nothing', () => {
  test.each(BAD.map(([line, exit, says]) => ({ line, exit, says, typed: line.join(' ').slice(0, 90) })))(
    '$typed -> $exit',
    async ({ line, exit, says }) => {
      const ran = await runCli(line, { env: house.env });
      expect([ran.exitCode, ran.stdout]).toEqual([exit, '']);
      expect(ran.stderr).toMatch(/^error: /m);
      expect(ran.stderr).toMatch(/^next: /m);
      expect(ran.stderr).toContain(says);
      expect(ran.stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
    },
  );

  test('and the process ends as the program says', async () => {
    for (const [line, exit] of BAD.filter((_, i) => i % 9 === 0)) {
      const ran = await house.oss(line);
      expect([ran.code, ran.stdout], line.join(' ')).toEqual([exit, '']);
    }
  });

  test('and the log is as it was', async () => {
    expect(await house.head()).toBe(head);
  });
});

test('errors are one JSON object on stderr with --json, in every language', async () => {
  for (const lang of ['en', 'ko']) {
    const ran = await house.oss(['--lang', lang, 'order', 'cancel', '99', '--code', 'TEST', '-y', '--json']);
    expect([ran.code, ran.stdout]).toEqual([3, '']);
    expect(JSON.parse(ran.stderr)).toEqual({
      error: {
        code: 'ORDER_NOT_FOUND',
        message: expect.stringContaining('ORD-000099'),
        hint: 'oss order list',
        exitCode: 3,
        retryable: false,
        retryAfterMs: null,
      },
    });
  }
});

describe('an installation that cannot work', () => {
  const files = (): { readonly folder: string; readonly text: string } => {
    const [folder, text] = [join(house.folder, 'a-folder'), join(house.folder, 'text.db')];
    mkdirSync(folder, { recursive: true });
    writeFileSync(text, 'this is no database\n'.repeat(100));
    return { folder, text };
  };
  const URLS = { OSS_NE_URL: 'http://127.0.0.1:9', OSS_TM_URL: 'http://127.0.0.1:9' };

  test.each<readonly [string, (f: ReturnType<typeof files>) => readonly string[], NodeJS.ProcessEnv, string]>(
    [
      ['a database that is not there', () => ['--db', '/nope/x.db', 'order', 'list'], {}, 'db init'],
      [
        'a database that is not there, to write',
        () => ['--db', 'none.db', ...order('--internet', '1')],
        {},
        'db init',
      ],
      ['a folder', ({ folder }) => ['--db', folder, 'order', 'list'], {}, 'directory'],
      ['another file', ({ text }) => ['--db', text, 'order', 'list'], {}, 'not a database'],
      ['one URL of two', () => ['order', 'list'], { OSS_NE_URL: URLS.OSS_NE_URL }, 'tm.url'],
      ['a file: URL', () => ['order', 'list'], { ...URLS, OSS_NE_URL: 'file:///etc/passwd' }, 'ne.url'],
      [
        'a URL with a password',
        () => ['order', 'list'],
        { ...URLS, OSS_NE_URL: 'https://kim:geheim@ne/' },
        'ne.url',
      ],
      [
        'plain http away from here',
        () => ['order', 'list'],
        { ...URLS, OSS_NE_URL: 'http://ne.example/' },
        'ne',
      ],
      ['a moved clock with real peers', () => ['order', 'list'], URLS, 'OSS_NOW'],
      ['a setting that there is not', () => ['order', 'list'], { OSS_NE_TIMEOUT: '5' }, 'OSS_NE_TIMEOUT_MS'],
      ['a setting out of range', () => ['order', 'list'], { OSS_NE_TIMEOUT_MS: '1.5' }, 'ne.timeoutMs'],
    ],
  )('%s: 78', async (_, line, env, says) => {
    const ran = await house.oss(line(files()), { env });
    expect([ran.code, ran.stdout]).toEqual([78, '']);
    expect(ran.stderr).toContain(says);
    expect(ran.stderr).toMatch(/^next: /m);
    expect(ran.stderr).not.toContain('geheim');
  });

  test('a database that is bound to simulators is not used with other peers until somebody says why', async () => {
    const ran = await house.oss(order('--internet', '1'), { env: { ...URLS, OSS_NOW: '' } });
    expect([ran.code, ran.stdout]).toEqual([78, '']);
    expect(ran.stderr).toContain('db bind');
    expect(await house.head()).toBe(head);
  });
});
