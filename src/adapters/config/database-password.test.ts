import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databasePassword, passwordIn } from './database-password.ts';
import type { DatabaseServer, PasswordPlaces } from './database-path.ts';
import { parseServerUrl } from './server-url.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oss-password-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string, mode = 0o600): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
};

const ask = (places: Partial<PasswordPlaces>): Promise<string | null> => {
  const url = 'postgres://kim@db1/oss';
  const address = parseServerUrl(url);
  if (typeof address === 'string') throw new Error(address);
  const passFile = { path: join(folder, 'none'), named: false };
  const password = { file: null, command: null, passFile, ...places };
  const server: DatabaseServer = {
    kind: 'server',
    url,
    address,
    password,
    named: true,
    name: url,
    beside: '',
  };
  return databasePassword(server)('kim');
};

describe('the password of a database', () => {
  test('stands in a file of its own, whatever signs it has', async () => {
    expect(await ask({ file: file('one', ' pa:ss wörd\n') })).toBe(' pa:ss wörd');
  });

  test('is printed by a command', async () => {
    expect(await ask({ command: "printf '%s\\n' geheim" })).toBe('geheim');
  });

  test('or stands in the file of libpq, by the first line that fits', async () => {
    const path = file('pass', 'db2:*:*:*:wrong\n# *:*:*:*:no\ndb1:5432:oss:kim:ge\\:heim\n*:*:*:*:late\n');
    expect(await ask({ passFile: { path, named: true } })).toBe('ge:heim');
    expect(await ask({})).toBeNull();
  });

  test.each([
    ['a file that others can read', () => ({ file: file('open', 'x', 0o644) }), 'SECRET_READABLE'],
    ['an empty file', () => ({ file: file('empty', '\n') }), 'CONFIG_FILE'],
    ['two lines', () => ({ file: file('two', 'geheim\nmore\n') }), 'CONFIG_FILE'],
    ['a file that is not there', () => ({ file: '/none' }), 'CONFIG_FILE'],
    ['a command that fails', () => ({ command: 'echo geheim; exit 3' }), 'CONFIG_FILE'],
    [
      'a named file of libpq that is not there',
      () => ({ passFile: { path: '/none', named: true } }),
      'CONFIG_FILE',
    ],
  ])('%s is refused, and never told', async (_, places, code) => {
    const error: unknown = await ask(places()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    expect(JSON.stringify(error) + String(error)).not.toContain('geheim');
  });

  test('a socket is this machine, whatever its folder', () => {
    const asked = { host: '/run/pg', port: 5432, database: 'oss', user: 'kim' };
    expect(passwordIn('localhost:5432:oss:kim:a', asked)).toBe('a');
    expect(passwordIn('localhost:5433:oss:kim:a', asked)).toBeNull();
    expect(passwordIn('localhost:5432:oss:kim:', asked)).toBe('');
  });
});
