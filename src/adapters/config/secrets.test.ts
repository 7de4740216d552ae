import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Refusal } from '../../core/rules/refusal.ts';
import { tokenSource } from './secrets.ts';
import { validateSettings } from './validate.ts';

const folder = mkdtempSync(join(tmpdir(), 'oss-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SECRET = 'eyJ.secret.token';
const file = (content: string, mode = 0o600): string => {
  const path = join(folder, 'token');
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
};
const fromFile = (path: string) => tokenSource({ tokenFile: path, tokenCommand: null });
const fromCommand = (command: string, clock?: () => number) =>
  tokenSource({ tokenFile: null, tokenCommand: command }, clock);

const refusal = async (token: (() => Promise<string>) | undefined): Promise<Refusal> => {
  try {
    await token?.();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

test('nothing configured: no source', () => {
  expect(tokenSource({ tokenFile: null, tokenCommand: null })).toBeUndefined();
});

describe('a file', () => {
  test('is read each time, so that a token can be exchanged', async () => {
    const token = fromFile(file(`${SECRET}\n`));
    expect(await token?.()).toBe(SECRET);
    file('another');
    expect(await token?.()).toBe('another');
  });

  test.each([0o640, 0o604, 0o620, 0o644])('that others may use (mode %o) is refused', async (mode) => {
    const { code, detail, message } = await refusal(fromFile(file(SECRET, mode)));
    expect(code).toBe('SECRET_READABLE');
    expect(detail).toEqual({ path: join(folder, 'token'), mode: `0${mode.toString(8)}` });
    expect(message).not.toContain(SECRET);
  });

  test.each(['', ' \n', 'two tokens', 'é', 'a\nb'])('with %j is refused', async (content) => {
    expect((await refusal(fromFile(file(content)))).code).toBe('CONFIG_FILE');
  });

  test('that is missing or a directory is refused', async () => {
    expect((await refusal(fromFile(join(folder, 'none')))).code).toBe('CONFIG_FILE');
    expect((await refusal(fromFile(folder))).message).toContain('DIRECTORY');
  });
});

describe('a command', () => {
  test('is asked once a minute', async () => {
    const count = join(folder, 'count');
    let now = 0;
    const token = fromCommand(`echo x >> '${count}'; echo ${SECRET}`, () => now);
    expect(await Promise.all([token?.(), token?.()])).toEqual([SECRET, SECRET]);
    now = 59_999;
    await token?.();
    expect(readFileSync(count, 'utf8')).toBe('x\n');
    now = 60_000;
    await token?.();
    expect(readFileSync(count, 'utf8')).toBe('x\nx\n');
  });

  test('that fails is asked again, and what it printed is not told', async () => {
    const flag = join(folder, 'flag');
    const token = fromCommand(
      `test -e '${flag}' && echo ok || { echo ${SECRET}; echo ${SECRET} >&2; exit 3; }`,
    );
    const { code, message } = await refusal(token);
    expect(code).toBe('CONFIG_FILE');
    expect(message).toContain('"code":"COMMAND_FAILED","exit":"3"');
    expect(message).not.toContain(SECRET);
    writeFileSync(flag, '');
    expect(await token?.()).toBe('ok');
  });
});

test('validate finds a token file that others can read, beside every other problem', () => {
  const env = { OSS_NE_TOKEN_FILE: file(SECRET, 0o644), OSS_TZ: 'Nowhere' };
  const problems = validateSettings({ env, home: folder, cwd: folder, checkout: null });
  expect(problems.map((problem) => problem.code)).toEqual(['CONFIG_INVALID', 'SECRET_READABLE']);
});
