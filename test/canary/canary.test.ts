import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, envOf, oss } from '../support/real-process.ts';

/** Where personal data belongs, and nowhere else. */
const VAULT = ['customers', 'addresses', 'texts'];

const NAME = 'Zebedee Quux';
const PHONE = '010-4242-7171';
const ADDRESS = '서울특별시 강남구 역삼로 42, 909동 8808호';
const NOTE = 'ring the cracked bell';
const NEW_PHONE = '010-5353-6161';
/** Whatever of it is found anywhere is a leak. Of a phone number its last four digits may be shown. */
const CANARIES = [
  ...[NAME, 'Zebedee', 'zebedee', PHONE, '01042427171', '4242-7171', NEW_PHONE, '01053536161', '5353-6161'],
  ...[ADDRESS, '909동', '8808', NOTE, 'cracked bell', 'reason of a canary', 'another canary'],
  ...['hold of a canary', 'wish of a canary'],
];

let root = '';
let home = '';
let outside = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'oss-canary-'));
  home = join(root, 'home');
  outside = join(root, 'outside');
  for (const folder of [home, outside, join(home, 'tmp')]) mkdirSync(folder, { mode: 0o700 });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const run = (argv: readonly string[], extra: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  oss(argv, envOf(home, { TMPDIR: join(home, 'tmp'), ...extra }));
const must = async (argv: readonly string[], code = 0): Promise<Ended> => {
  const ended = await run(argv);
  expect([argv.join(' '), ended.code, ended.stderr]).toEqual([argv.join(' '), code, ended.stderr]);
  return ended;
};

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** `file: canary` of every canary in the bytes of a file. No process has a database open. */
const inBytes = (folder: string, isMeant: (file: string) => boolean = () => true): readonly string[] =>
  filesIn(folder)
    .filter(isMeant)
    .flatMap((file) => {
      const bytes = readFileSync(file);
      return CANARIES.filter((canary) => bytes.includes(canary)).map((canary) => `${file}: ${canary}`);
    });

/** `table: canary` of every canary in a row outside of the vault. */
const outsideVault = (file = join(home, 'oss.db')): readonly string[] => {
  const db = new Database(file, { readonly: true });
  try {
    const tables = db.prepare("select name from sqlite_schema where type = 'table'").pluck().all();
    return tables
      .map(String)
      .filter((table) => !VAULT.includes(table))
      .flatMap((table) => {
        const rows = JSON.stringify(db.prepare(`select * from ${table}`).all());
        return CANARIES.filter((canary) => rows.includes(canary)).map((canary) => `${table}: ${canary}`);
      });
  } finally {
    db.close();
  }
};
const isNoDatabase = (file: string): boolean => !/\/oss\.db(-wal|-shm)?$/.test(file);
const onlyInVault = (): void => {
  expect(inBytes(home, isNoDatabase), 'a file beside the database').toEqual([]);
  expect(outsideVault(), 'a table beside the vault').toEqual([]);
};

const ORDER = ['--name', NAME, '--phone', PHONE, '--address', ADDRESS, '--internet', '1', '--note', NOTE];

test('personal data is in the vault alone, whatever is done, and after an erasure in no file', {
  timeout: 240_000,
}, async () => {
  // Errors and rehearsals leave nothing.
  await must(['db', 'init']);
  await must(['order', 'new', ...ORDER, '--dry-run']);
  await run(['order', 'new', ...ORDER, '--key', 'x'.repeat(500)]);
  await run([
    'order',
    'new',
    '--name',
    NAME,
    '--phone',
    `${PHONE}x`,
    '--address',
    ADDRESS,
    '--internet',
    '1',
  ]);
  await run(['order', 'new', ...ORDER, '--not-before', '2001-01-01']);
  expect(inBytes(home)).toEqual([]);

  // Orders, also those that a process was killed at.
  await must(['order', 'new', ...ORDER, '--key', 'WEB-1']);
  await run(['order', 'new', ...ORDER, '--duplicate-ok'], { OSS_CRASH_POINT: 'commit:before:2' });
  await run(['order', 'new', ...ORDER, '--duplicate-ok'], { OSS_CRASH_POINT: 'commit:after' });
  await run(['order', 'new', ...ORDER], { OSS_CRASH_POINT: 'ActivateService:after-send' });
  await must(['order', 'note', '1', '--text', `${NOTE} again`]);
  await run(['fallout', 'retry', '1', '--reason', `hold of a canary ${NAME}`]);
  const force = ['--force', '--reason', `wish of a canary, ${PHONE}`];
  await run(['schedule', 'assign', '1', '--technician', 'T-01', '--at', '2027-01-01T03:00', ...force]);
  const why = `ORD-000001 ${NAME} rang from ${PHONE}, ${ADDRESS}`;
  await must(['breaker', 'open', 'ne', '--for', '1s', '--reason', why]);
  await must(['breaker', 'close', 'ne', '--reason', why]);
  await must(['order', 'note', '1', '--text', 'x', '--key', `note-${PHONE}`], 2);
  await must(['order', 'amend', '1', '--phone', NEW_PHONE, '--key', 'WEB-2', '-y']);
  onlyInVault();

  // Batches: rows that fail, and a run that is killed between two commits.
  const file = join(outside, 'orders.csv');
  const rows = [
    `k1,${NAME},${PHONE},"${ADDRESS}",1`,
    `k2,${NAME},12,"${ADDRESS}",1`,
    `k3,${NAME},${PHONE},"${ADDRESS}",x`,
  ];
  writeFileSync(file, ['key,name,phone,address,internet', ...rows, ''].join('\n'));
  await run(['batch', 'run', file, '--op', 'order.new', '-y']);
  // A key that says whom is refused before anything is written down of it.
  const keyed = join(outside, 'keys.csv');
  writeFileSync(
    keyed,
    ['key,name,phone,address,internet', `web-${PHONE},${NAME},${PHONE},"${ADDRESS}",1`, ''].join('\n'),
  );
  await must(['batch', 'run', keyed, '--op', 'order.new', '-y'], 65);
  await run(['batch', 'run', keyed, '--op', 'order.new', '-y', '--skip-invalid']);
  const changes = join(outside, 'changes.csv');
  writeFileSync(changes, ['key,id,tv', 'tv-ZebedeeQuux,1,1', `tv-${PHONE},1,1`, ''].join('\n'));
  await must(['batch', 'run', changes, '--op', 'order.amend', '-y', '--skip-invalid'], 7);
  writeFileSync(
    file,
    [
      'key,name,phone,address,internet,duplicate-ok',
      ...Array.from({ length: 9 }, (_, n) => `m${n},${NAME},${PHONE},"${ADDRESS}",1,true`),
      '',
    ].join('\n'),
  );
  await run(['batch', 'run', file, '--op', 'order.new', '-y', '-j', '1'], {
    OSS_CRASH_POINT: 'commit:after:2',
  });
  onlyInVault();

  // What looks, exports and copies.
  await must(['order', 'list', '--show-pii', '-o', 'csv']);
  await must(['db', 'rebuild', '-y']);
  await must(['db', 'backup', join(outside, 'before.db')]);
  expect(outsideVault(join(outside, 'before.db'))).toEqual([]);
  onlyInVault();

  // Erased.
  const { stdout } = await must(['order', 'list', '-o', 'id']);
  for (const orderId of stdout.split('\n').filter(Boolean))
    await run(['order', 'cancel', orderId, '--code', 'TEST', '--note', 'reason of a canary', '-y']);
  await must(['worker', '--drain']);
  const db = new Database(join(home, 'oss.db'), { readonly: true });
  const customers = db
    .prepare("select customer_id from customers where name <> ''")
    .pluck()
    .all()
    .map(String);
  db.close();
  const [last = '', ...others] = customers;
  const erase = (customerId: string, reason = 'request 118') =>
    ['customer', 'erase', customerId, '--reason', reason, '-y'] as const;
  // A reason is kept for ever: it must not say what is erased.
  for (const reason of [`wish of ${NAME}`, `called from ${NEW_PHONE}`]) await must(erase(last, reason), 2);
  for (const customerId of others) await must(erase(customerId));
  // Killed between the erasure and the scrubbing: whoever writes next finishes it.
  const killed = await run(erase(last), { OSS_CRASH_POINT: 'commit:after' });
  expect(killed.signal).toBe('SIGKILL');
  await must(['db', 'migrate']);
  expect(inBytes(home), 'after the next opening').toEqual([]);
  for (const customerId of customers) await must(erase(customerId));
  expect(inBytes(home), 'after the erasure').toEqual([]);
  await must(['db', 'backup', join(outside, 'after.db')]);
  expect(inBytes(outside, (path) => path.endsWith('after.db'))).toEqual([]);

  // A restore brings nobody back.
  await must(['db', 'restore', join(outside, 'before.db'), '-y']);
  expect(inBytes(home), 'after the restore').toEqual([]);
  await must(['db', 'verify']);
});
