import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HONG, ROOT, startProcess } from '../acceptance/house.ts';
import { OSS } from '../support/real-process.ts';

const PACKAGES = join(ROOT, 'node_modules');
let folder = '';
/** The program as it is built, beside no package at all. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oss-packages-'));
  for (const part of ['bin', 'dist']) {
    cpSync(join(dirname(OSS), '..', part), join(folder, part), { recursive: true });
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const oss = (...line: readonly string[]) =>
  startProcess(join(folder, 'bin/oss'), line, { PATH: process.env.PATH, HOME: folder, OSS_HOME: folder })
    .ended;

/** The SQLite package with all but its native part. */
const installWithoutNative = (): void => {
  for (const part of ['bindings', 'file-uri-to-path', 'better-sqlite3/lib', 'better-sqlite3/package.json']) {
    cpSync(join(PACKAGES, part), join(folder, 'node_modules', part), { recursive: true });
  }
};

/** A SQLite package that fails as it does when `message` is what Node says of its native part. */
const installFailing = (message: string): void => {
  const place = join(folder, 'node_modules/better-sqlite3');
  mkdirSync(place, { recursive: true });
  writeFileSync(
    join(place, 'index.js'),
    `module.exports = class { constructor() { throw Object.assign(new Error(${JSON.stringify(message)}), { code: 'ERR_DLOPEN_FAILED' }); } };`,
  );
};

const OTHER_NODE =
  "The module '/x/better_sqlite3.node'\nwas compiled against a different Node.js version using\nNODE_MODULE_VERSION 127. This version of Node.js requires NODE_MODULE_VERSION 115.";

test.each([
  ['no package', () => {}, 'it is not there'],
  ['no native part', installWithoutNative, 'its native part is not there'],
  ['a native part for another Node', () => installFailing(OTHER_NODE), 'was built for another Node'],
  ['a broken native part', () => installFailing('/x/better_sqlite3.node: file too short'), 'file too short'],
])('%s: exit 78, and npm ci, not a bug', async (_what, install, why) => {
  install();
  for (const line of [
    ['order', 'new', ...HONG],
    ['db', 'init', '--db', join(folder, 'x.db')],
  ]) {
    const { code, stdout, stderr } = await oss(...line);
    expect([code, stdout], stderr).toEqual([78, '']);
    expect(stderr).toContain('error: the package better-sqlite3 cannot be used');
    expect(stderr).toContain(why);
    expect(stderr).toContain('next: run npm ci');
    expect(stderr).not.toContain('bug');
  }
  const doctor = await oss('doctor', '--json');
  expect(doctor.code, doctor.stderr).toBe(78);
  const { items } = JSON.parse(doctor.stdout);
  expect(items).toContainEqual(
    expect.objectContaining({ name: 'database', state: 'bad', next: expect.stringContaining('npm ci') }),
  );
});

test('another package that is not there is told as well', async () => {
  const bytes = Buffer.concat([
    Buffer.from('key,name\nA,'),
    Buffer.from([0xb1, 0xe6, 0xb5, 0xbf]),
    Buffer.from('\n'),
  ]);
  writeFileSync(join(folder, 'orders.csv'), bytes);
  const { code, stderr } = await oss(
    'batch',
    'run',
    join(folder, 'orders.csv'),
    '--op',
    'order.new',
    '--dry-run',
  );
  expect([code, stderr]).toEqual([78, expect.stringContaining('the package iconv-lite cannot be used')]);
});
