import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inspectSettings } from './settings.ts';
import { othersIn } from './trusted-file.ts';

const own = process.geteuid?.() ?? 0;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oss-trusted-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const made = (mode: number): string => {
  const path = join(folder, 'config.yaml');
  writeFileSync(path, 'ne:\n  tokenCommand: cat /secret\n');
  chmodSync(path, mode);
  return path;
};
/** The account of the tests may be root, whose files everybody trusts. */
const ofAnother = (path: string): number => {
  if (own !== 0) return own + 1;
  chownSync(path, 12_345, 12_345);
  return own;
};

test('a file that only its owner can write is trusted, whoever may read it', () => {
  for (const mode of [0o600, 0o644, 0o400]) expect(othersIn(made(mode))).toBeNull();
});

test('a file of another account is not', () => {
  const path = made(0o600);
  expect(othersIn(path, ofAnother(path))).toMatchObject({ code: 'OTHER_OWNER' });
});

test('a file that others can write or replace is not', () => {
  expect(othersIn(made(0o646))).toEqual({ code: 'OTHERS_WRITE', mode: '0646' });
  const path = made(0o600);
  chmodSync(folder, 0o777);
  expect(othersIn(path)).toEqual({ code: 'OTHERS_REPLACE', folder, mode: '0777' });
  chmodSync(folder, 0o1777);
  expect(othersIn(path), 'as in /tmp').toBeNull();
});

test('settings in such a file are not used, the command of a token above all', () => {
  mkdirSync(join(folder, '.config/oss'), { recursive: true });
  const path = join(folder, '.config/oss/config.yaml');
  writeFileSync(path, 'ne:\n  tokenCommand: touch /tmp/run-by-somebody\n');
  chmodSync(path, 0o666);
  const { settings, problems } = inspectSettings({ env: {}, home: folder, cwd: folder, checkout: null });
  expect(settings.ne.tokenCommand).toBeNull();
  expect(problems).toMatchObject([
    { code: 'CONFIG_FILE', detail: { path, cause: { code: 'OTHERS_WRITE', mode: '0666' } } },
  ]);
});
