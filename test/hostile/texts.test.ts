import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compose } from '../../src/adapters/compose.ts';
import { type CliRun, runCli } from '../../src/testing/cli/run-cli.ts';
import { type House, type Json, openHouse } from '../acceptance/house.ts';

/** What a text may try to do to whoever reads it. */
const HOSTILE: Readonly<Record<string, string>> = {
  'clears the screen': 'a\u001b[2J\u001b[Hb',
  'sets the title': 'a\u001b]0;owned\u0007b',
  'C1 sequences': 'a\u009b31mb\u0090qc',
  'overwrites its line': 'safe\rEVIL',
  'rings, backspaces': 'a\u0007\u0008\u007fb',
  'turns the reading around': 'abc\u202efdp.exe\u2066x\u2069',
  'hides itself': 'a\u200b\u200e\u2060\ufeffb',
  'another line': 'a\u2028b\u2029c',
  'a formula': '=HYPERLINK("http://x","y")',
  'a formula by +': '+1+1',
  'a formula by @': '@SUM(A1)',
  'a formula by -': '-1+1',
  'a CSV of its own': 'a","b\nc;d',
  emoji: '👩‍👩‍👧‍👦 👍🏽 🇰🇷',
  'NFD Hangul': '홍길동'.normalize('NFD'),
  'a lone surrogate': 'a\ud800b',
  markup: '<script>alert(1)</script> \\u001b[31m %s',
};
const MEGABYTE = '가'.repeat(350_000);

/** Printable text, newlines and tabs. Emoji may be joined; nothing else is invisible. */
const UNSAFE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/u;

let house: House;
beforeEach(async () => {
  house = openHouse();
  expect((await importTechnician('이준호')).exitCode).toBe(0);
});
afterEach(() => house.close());

const oss = (line: readonly string[], more: Parameters<typeof runCli>[1] = {}): Promise<CliRun> =>
  runCli(line, { ...more, env: { ...house.env, ...more.env } });

const expectSafe = (ran: CliRun, what: string): void => {
  // CSV ends its lines with CR LF.
  expect(ran.stdout.replaceAll('\r\n', '\n').match(UNSAFE), `${what}, stdout`).toBeNull();
  expect(ran.stderr.match(UNSAFE), `${what}, stderr`).toBeNull();
  expect(ran.exitCode, `${what}: ${ran.stderr}`).not.toBe(70);
};

const importTechnician = (name: string): Promise<CliRun> => {
  const file = join(house.folder, 'technicians.csv');
  const quoted = `"${name.replaceAll('"', '""')}"`;
  const head = 'id,name,phone,skills,areas,hours,daysOff,dailyLimit';
  writeFileSync(file, `${head}\nT-01,${quoted},010-9764-2471,internet|tv,강남구,Mon-Sat 09:00-18:00,,50\n`);
  return oss(['technician', 'import', file]);
};

const place = async (): Promise<string> => {
  const plain = ['--name', '홍길동', '--phone', '010-1234-5678', '--address', '강남구 1', '--note', 'x'];
  const placed = await oss(['order', 'new', ...plain, '--internet', '1', '--duplicate-ok', '--json']);
  expect(placed.exitCode, placed.stderr).toBe(0);
  return (placed.json() as Json).orderId;
};

/** What is refused where it is typed may have come in some other way: all texts of the order are this one now. */
const smuggle = async (orderId: string, text: string): Promise<void> => {
  const services = compose({ env: house.env });
  try {
    const store = await services.store('write');
    await store.write(async ({ events, vault, technicians }) => {
      for (const { data } of await events.load(orderId)) {
        if ('customerId' in data) {
          await vault.putCustomer({ customerId: data.customerId, name: text, phone: '010-1234-5678' });
          await vault.putAddress(orderId, data.customerId, text);
        }
        if ('textId' in data && data.textId !== undefined) await vault.putText(data.textId, orderId, text);
      }
      for (const technician of await technicians.list()) await technicians.put({ ...technician, name: text });
    });
  } finally {
    await services.close();
  }
};

/** A batch whose rows say this text wherever they may: some are wrong, and one fails. Its id. */
const runBatch = async (name: string, text: string): Promise<string> => {
  const file = join(house.folder, 'batch.ndjson');
  const plain = { op: 'order.new', phone: '010-1234-5678', internet: 1, 'duplicate-ok': true };
  const rows = [
    { ...plain, key: `taken ${name}`, name: text, address: `강남구 ${text}`, area: '강남구', note: text },
    { ...plain, key: text, name: '홍길동', address: '강남구 1' },
    { op: 'order.cancel', id: 'ORD-999999', code: 'OTHER', note: text },
    { op: 'order.cancel', id: text, code: text },
  ];
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const written = ['csv', 'xml'].map((ending) => join(house.folder, `report.${ending}`));
  const failed = join(house.folder, 'failed.ndjson');
  for (const report of written) {
    const ran = await oss([
      'batch',
      'run',
      file,
      '--skip-invalid',
      '--report',
      report,
      '--failed-out',
      failed,
    ]);
    expectSafe(ran, `batch run, ${report}`);
    expect(ran.exitCode, ran.stderr).toBe(7);
    for (const path of [report, failed]) {
      const stdout = readFileSync(path, 'utf8');
      expectSafe({ ...ran, stdout }, path);
      if (path.endsWith('.csv')) expect(hasFormula(stdout), stdout).toBe(false);
    }
  }
  const listed = (await oss(['batch', 'list', '--json'])).json() as Json;
  return listed.items[0].batchId;
};

/** Everything that prints what is known of an order, in every format. */
const OUTPUTS = (id: string): readonly (readonly string[])[] => [
  ['fallout', 'list'],
  ['fallout', 'show', id],
  ['schedule', 'queue', '--show-pii', '--limit', '5'],
  ['mypage', id, '--phone-last4', '5678', '--show-pii'],
  ['order', 'show', id, '--history'],
  ['order', 'list', '--show-pii'],
  ['status', id],
  ['field', 'show', id],
  ['field', 'today', '--technician', 'T-01'],
  ['schedule', 'board'],
  ['technician', 'list', '--show-pii'],
  ['events', id],
  ['customer', 'show', 'CUS-000001'],
  ['breaker', 'list'],
];
/** These ask the network or think long, and print what they print in the same way as the others: in one format only. */
const SLOW_OUTPUTS = (id: string): readonly (readonly string[])[] => [
  ['schedule', 'slots', id, '--top', '2'],
  ['schedule', 'plan', id, '--dry-run'],
  ['ne', 'list', '--limit', '5'],
  ['ne', 'reconcile'],
  ['report'],
];
const FORMATS = ['table', 'json', 'ndjson', 'csv', 'id'] as const;

/** A cell that a spreadsheet would run. A number may be below zero. */
const hasFormula = (csv: string): boolean =>
  /(^|[,\n])"?([=+@\t\r]|-(?!\d+(\.\d+)?(,|\n|$)))/.test(csv.replaceAll('\r\n', '\n'));

describe.each(Object.entries(HOSTILE))('%s', (name, text) => {
  test('in every field of an order, in every output', async () => {
    expectSafe(await importTechnician(text), 'technician');
    const typed = await oss([
      ...['order', 'new', '--name', text, '--phone', '010-1234-5678', '--address', `강남구 ${text}`],
      ...['--area', '강남구', '--internet', '1', '--note', text, '--duplicate-ok', '--json', '--show-pii'],
    ]);
    expectSafe(typed, 'order new');
    expect([0, 2], typed.stderr).toContain(typed.exitCode);
    // What is not harmful is kept: nobody's name is cut.
    if (['emoji', 'NFD Hangul'].includes(name)) {
      expect((typed.json() as Json).customer.name).toBe(text.normalize('NFC'));
    }
    const id = await place();
    for (const line of [
      ['order', 'note', id, '--text', text],
      ['schedule', 'assign', id, '--at', 'next', '--agreed', '--force', '--reason', text],
      [
        'field',
        'complete',
        id,
        '--ont',
        'ABCD12345678',
        '--rx',
        '-18.5',
        '--signed-by',
        text,
        '--note',
        text,
      ],
      ['breaker', 'open', 'tm', '--for', '1m', '--reason', text],
      ['breaker', 'close', 'tm', '--reason', text],
    ]) {
      expectSafe(await oss(line), line.slice(0, 2).join(' '));
    }
    await smuggle(id, text);
    const batchId = await runBatch(name, text);
    const slow = SLOW_OUTPUTS(id);
    for (const line of [...OUTPUTS(id), ['batch', 'list'], ['batch', 'show', batchId], ...slow]) {
      for (const format of slow.includes(line) ? (['csv'] as const) : FORMATS) {
        const ran = await oss([...line, '-o', format], { columns: 60 });
        const what = `${line.slice(0, 2).join(' ')} as ${format}`;
        expectSafe(ran, what);
        if (format === 'csv') expect(hasFormula(ran.stdout), `${what}: ${ran.stdout}`).toBe(false);
        if (format === 'json' && ran.exitCode === 0) expect(() => ran.json(), what).not.toThrow();
        if (format === 'ndjson') {
          for (const one of ran.stdout.split('\n').filter((part) => part !== '')) JSON.parse(one);
        }
      }
    }
  });

  test('where an error repeats it, and at a prompt', async () => {
    for (const line of [
      ['order', 'cancel', '1', '--code', text, '-y'],
      ['order', 'new', '--phone', text, '--name', text, '--address', text, '--internet', text],
      ['status', text],
      [text, text],
      ['--tz', text, 'status'],
      ['-o', text, 'status'],
      ['--db', `/nope/${text}`, 'status'],
      ['schedule', 'assign', '1', '--technician', text, '--at', text],
      ['config', 'get', text],
      ['batch', 'run', `/nope/${text}`],
    ]) {
      const ran = await oss(line);
      expectSafe(ran, line.slice(0, 2).join(' '));
      expectSafe(await oss([...line, '--json', '--no-input']), `${line[0]} --json`);
    }
    const id = await place();
    await smuggle(id, text);
    const cancel = ['order', 'cancel', id, '--code', 'OTHER', '--note', 'x'];
    const asked = await oss(cancel, { tty: true, answers: [false], env: { NO_COLOR: '1' } });
    expect([asked.exitCode, asked.questions.length], asked.stderr).toEqual([6, 1]);
    expectSafe({ ...asked, stdout: asked.questions.join('\n') }, 'a prompt');
  });
});

test('a formula is there to be read, and not to be run', async () => {
  const id = await place();
  await smuggle(id, '=1+1');
  const { stdout } = await oss(['order', 'list', '--show-pii', '-o', 'csv', '--limit', '1']);
  expect(stdout).toContain("'=1+1");
  expect(((await oss(['order', 'show', id, '--json'])).json() as Json).customer.name).toBe('=1+1');
});

test('a text of a megabyte is refused where it is typed, and the error is short', async () => {
  for (const line of [
    ['order', 'new', '--name', MEGABYTE, '--phone', '010-1234-5678', '--address', 'b', '--internet', '1'],
    ['order', 'new', '--name', 'a', '--phone', '010-1234-5678', '--address', MEGABYTE, '--internet', '1'],
    ['order', 'note', '1', '--text', MEGABYTE],
    ['order', 'cancel', '1', '--code', MEGABYTE, '-y'],
    ['field', 'complete', '1', '--ont', MEGABYTE, '--rx', '-18', '--signed-by', MEGABYTE],
    ['status', MEGABYTE],
  ]) {
    const { exitCode, stdout, stderr } = await oss(line);
    expect([exitCode, stdout], line.slice(0, 3).join(' ')).toEqual([2, '']);
    expect(stderr.length).toBeLessThan(2_000);
  }
  const imported = await importTechnician(MEGABYTE);
  expect([2, 65]).toContain(imported.exitCode);
  expect(imported.stderr.length).toBeLessThan(2_000);
});
