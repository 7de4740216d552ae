import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CliRun, runCli } from '../../testing/cli/run-cli.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'oss-spreadsheet-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const oss = (line: readonly string[]): Promise<CliRun> =>
  runCli(line, { env: { HOME: home, OSS_HOME: home, OSS_NOW: '2026-11-24T00:00:00.000Z' } });
const file = (name: string, bytes: Uint8Array | string): string => {
  const path = join(home, name);
  writeFileSync(path, bytes);
  return path;
};

/** All that spreadsheets do to a file of orders, at once. */
const ORDERS = [
  'sep=;',
  'key;name;phone;address;internet;tv;;',
  'A;정하은;="01055778157";"서울특별시 강남구 역삼로 12";1.0;1.0;;',
  'B;이도윤;０１０－５５７７－８１５８;서울특별시 강남구 역삼로 13;2.00;0.0;;',
  'C;박서연;\u202a010\u200b-5577-8159\u202c;서울특별시 강남구 역삼로 14;1;0',
  'D;최지우;1055778160;서울특별시 강남구 역삼로 15;３; 0 ',
  ';;;;;;;',
  '\u001a',
].join('\r\n');

const ENCODED: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['UTF-8', Buffer.from(`\ufeff${ORDERS}`)],
  ['UTF-16, little end first', Buffer.from(`\ufeff${ORDERS}`, 'utf16le')],
  ['UTF-16, big end first', Buffer.from(`\ufeff${ORDERS}`, 'utf16le').swap16()],
];

test.each(ENCODED)('orders as a spreadsheet saves them, in %s', async (_name, bytes) => {
  const ran = await oss(['batch', 'run', file('orders.csv', bytes), '--op', 'order.new', '--json']);
  expect(ran.exitCode, ran.stderr).toBe(0);
  expect(ran.json()).toMatchObject({ rows: 4, done: 4 });
  const shown = await oss(['order', 'list', '--json', '--show-pii']);
  const { items } = shown.json() as { items: { internetCount: number; tvCount: number }[] };
  expect(
    items
      .map(({ internetCount, tvCount }) => [internetCount, tvCount])
      .sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d),
  ).toEqual([
    [1, 0],
    [1, 1],
    [2, 0],
    [3, 0],
  ]);
  for (const [order, phone] of [
    ['1', '010-5577-8157'],
    ['2', '010-5577-8158'],
    ['3', '010-5577-8159'],
    ['4', '010-5577-8160'],
  ] as const) {
    const { customer } = (await oss(['order', 'show', order, '--json', '--show-pii'])).json() as {
      customer: { phone: string };
    };
    expect(customer.phone).toBe(phone);
  }
});

test('technicians as a spreadsheet saves them', async () => {
  const text =
    'id,name,phone,skills,areas,hours,daysOff,dailyLimit,,\r\n' +
    'T-01,이준호,="01097642471",internet|tv,강남구,Mon-Sat 09:00-18:00,,5.0,,\r\n\u001a';
  const ran = await oss(['technician', 'import', file('technicians.csv', text), '--json']);
  expect(ran.exitCode, ran.stderr).toBe(0);
  const { phone, dailyLimit } = (
    await oss(['technician', 'show', 'T-01', '--json', '--show-pii'])
  ).json() as {
    phone: string;
    dailyLimit: number;
  };
  expect([phone, dailyLimit]).toEqual(['010-9764-2471', 5]);
});
