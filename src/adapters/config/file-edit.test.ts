import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setInFile } from './file-edit.ts';
import { loadSettings } from './settings.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oss-edit-'));
  path = join(folder, 'config.yaml');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const set = (key: string, value: string) =>
  setInFile(path, key, value, { cwd: join(folder, 'cwd'), home: folder });
const content = () => readFileSync(path, 'utf8');
const load = () =>
  loadSettings({ env: {}, flags: { config: path }, home: folder, cwd: folder, checkout: null });

test('makes the file and its folder, readable by its owner alone', () => {
  path = join(folder, 'a/b/config.yaml');
  set('ne.timeoutMs', '700');
  expect(content()).toBe('ne:\n  timeoutMs: 700\n');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(load().policy.ne.timeoutMs).toBe(700);
});

test('keeps comments, order, mode, and the way a key is written', () => {
  writeFileSync(path, '# my desk\ntz: UTC # for now\nne.url: http://a\ntm:\n  # theirs\n  url: http://b\n');
  chmodSync(path, 0o640);
  set('tz', 'Asia/Seoul');
  set('ne.url', 'http://c');
  set('tm.url', 'http://d');
  set('areas', '강남구,마포구');
  set('schedule.auto', 'yes');
  set('schedule.callingHours', '10:00-19:00');
  expect(content()).toBe(
    '# my desk\ntz: Asia/Seoul # for now\nne.url: http://c\ntm:\n  # theirs\n  url: http://d\n' +
      'areas:\n  - 강남구\n  - 마포구\nschedule:\n  auto: true\n  callingHours: 10:00-19:00\n',
  );
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(load().policy.schedule).toMatchObject({ auto: true, callingHours: { from: 600, to: 1140 } });
  expect(readdirSync(folder)).toEqual(['config.yaml']);
});

test('a path is written whole, because the file would read it from its own folder', () => {
  set('db', 'sqlite:x.db');
  set('ne.tokenFile', '~/token');
  expect(load().database).toMatchObject({ path: join(folder, 'cwd/x.db'), named: true });
  expect(load().ne.tokenFile).toBe(join(folder, 'token'));
});

test('a link stays a link', () => {
  mkdirSync(join(folder, 'real'));
  writeFileSync(join(folder, 'real/config.yaml'), 'tz: UTC\n');
  symlinkSync(join(folder, 'real/config.yaml'), path);
  set('lang', 'ko');
  expect(readFileSync(join(folder, 'real/config.yaml'), 'utf8')).toBe('tz: UTC\nlang: ko\n');
});

test.each([
  ['tzz', 'UTC', { code: 'CONFIG_UNKNOWN_KEY', detail: { suggestion: 'tz' } }],
  ['ne.timeoutMs', 'soon', { code: 'CONFIG_INVALID', detail: { value: 'soon' } }],
  ['db', 'mysql://h/db', { code: 'CONFIG_INVALID' }],
  ['db', 'postgres://h/db?x=1', { code: 'CONFIG_INVALID' }],
  ['db', 'postgres://kim:secret@h/db', { code: 'PASSWORD_IN_URL' }],
  ['__proto__.x', '1', { code: 'CONFIG_UNKNOWN_KEY' }],
])('%s = %s is refused and the file left alone', (key, value, refusal) => {
  writeFileSync(path, 'tz: UTC\n');
  let thrown: unknown;
  try {
    set(key, value);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject(refusal);
  expect(content()).toBe('tz: UTC\n');
});

test('a file that cannot be read is not overwritten', () => {
  writeFileSync(path, 'tz: [\n');
  expect(() => set('tz', 'UTC')).toThrow(/CONFIG_FILE/);
  expect(content()).toBe('tz: [\n');
});
