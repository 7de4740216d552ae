import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../core/rules/policy.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { ALL_KEYS } from './keys.ts';
import { originText } from './origin.ts';
import { environmentName } from './setting.ts';
import { inspectSettings, loadSettings, type SettingsOptions } from './settings.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'oss-settings-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

type Given = {
  readonly env?: Record<string, string>;
  readonly flags?: Record<string, string>;
  readonly yaml?: string;
  readonly checkout?: string | null;
};

const options = ({ env = {}, flags = {}, yaml, checkout = null }: Given = {}): SettingsOptions => {
  if (yaml !== undefined) {
    mkdirSync(join(home, '.config/oss'), { recursive: true });
    writeFileSync(join(home, '.config/oss/config.yaml'), yaml);
  }
  return { env, flags, home, cwd: home, checkout };
};

const load = (given?: Given) => loadSettings(options(given));

const refusal = (given: Given): Refusal => {
  try {
    load(given);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('precedence', () => {
  test('nothing set: the defaults, simulated peers, and an origin for every key', () => {
    const settings = load();
    expect(settings.policy).toEqual(DEFAULT_POLICY);
    expect(settings).toMatchObject({ simulated: true, tz: 'Asia/Seoul', lang: null, now: null, areas: null });
    expect(settings).toMatchObject({ inlineMaxMs: 1_500, breaker: { failures: 5, maxOpenMs: 300_000 } });
    expect(settings.actor).toMatch(/^supervisor:./);
    expect([...settings.origins.keys()]).toEqual(ALL_KEYS.map((setting) => setting.key));
    expect(new Set([...settings.origins.values()].map(originText))).toEqual(new Set(['default']));
  });

  test('flag beats environment beats file beats default', () => {
    const yaml = '# mine\ntz: UTC\nlang: ko\nactor: cs:file\nne:\n  timeoutMs: 700\n';
    const given = { yaml, env: { OSS_LANG: 'en', OSS_ACTOR: 'cs:env' }, flags: { actor: 'cs:flag' } };
    const settings = load(given);
    expect(settings).toMatchObject({ tz: 'UTC', lang: 'en', actor: 'cs:flag' });
    expect(settings.policy.ne.timeoutMs).toBe(700);
    const origin = (key: string) => originText(settings.origins.get(key) ?? { from: 'default' });
    expect(origin('actor')).toBe('flag --actor');
    expect(origin('lang')).toBe('environment OSS_LANG');
    expect(origin('tz')).toBe(`file ${join(home, '.config/oss/config.yaml')}:2`);
    expect(origin('ne.timeoutMs')).toMatch(/:6$/);
  });

  test('an empty variable counts as not set', () => {
    expect(load({ env: { OSS_TZ: '', OSS_NE_URL: '' } }).tz).toBe('Asia/Seoul');
  });

  test('every key can be set by its variable and by the file', () => {
    for (const setting of ALL_KEYS) {
      const value = SAMPLES[setting.key] ?? setting.fallbackText;
      const name = environmentName(setting.key);
      const byEnv = inspectSettings(options({ yaml: '', env: { [name]: value } }));
      const byFile = inspectSettings(options({ yaml: `${setting.key}: ${JSON.stringify(value)}\n` }));
      expect(byEnv.settings.origins.get(setting.key), setting.key).toEqual({ from: 'environment', name });
      expect(byFile.settings.origins.get(setting.key)?.from, setting.key).toBe('file');
      if (setting.fileOnly === true) {
        expect(byEnv.problems, setting.key).toMatchObject([
          { code: 'CONFIG_INVALID', detail: { expected: { code: 'IN_FILE_ONLY' } } },
        ]);
      }
      const byBoth = [...(setting.fileOnly === true ? [] : byEnv.problems), ...byFile.problems];
      const problems = byBoth.filter(({ code }) => code !== 'PEER_URL');
      expect(problems, setting.key).toEqual([]);
    }
  });
});

/** A value for each key that has no default; the others are given their own default, as the documentation words it. */
const SAMPLES: Readonly<Record<string, string>> = {
  db: 'x.db',
  lang: 'ko',
  actor: 'cs:kim',
  areas: '강남구',
  now: '2026-11-24T00:00:00Z',
  'access.roles': 'kim=cs|tm, @noc=noc',
  'ne.consistencyMs': '1500',
  'ne.url': 'http://127.0.0.1:1',
  'tm.url': 'http://127.0.0.1:1',
  'serve.publicUrl': 'https://orders.example',
  'serve.trustedProxies': '10.0.0.0/8, 127.0.0.1',
  'ne.tokenFile': 'token',
  'tm.tokenFile': 'token',
  'ne.tokenCommand': 'cat token',
  'tm.tokenCommand': 'cat token',
  'simulate.faults': 'refuse:0.5',
  'simulate.answers': 'agreed=7,no-answer=1',
};

describe('what is refused', () => {
  test('an unknown key of the file, with its line and a suggestion', () => {
    const { code, detail } = refusal({ yaml: 'ne:\n  timeoutMS_: 5\n' });
    expect(code).toBe('CONFIG_UNKNOWN_KEY');
    expect(detail).toMatchObject({ key: 'ne.timeoutMS_', suggestion: 'ne.timeoutMs' });
    expect(detail).toMatchObject({ origin: expect.stringMatching(/config\.yaml:2$/) });
  });

  test('a mistyped variable, but not one of another program', () => {
    expect(refusal({ env: { OSS_NE_TIMEOUT: '5' } }).detail).toMatchObject({
      suggestion: 'OSS_NE_TIMEOUT_MS',
    });
    expect(refusal({ env: { OSS_VISITS_NOTHING_LIKE_IT: '5' } }).code).toBe('CONFIG_UNKNOWN_KEY');
    expect(load({ env: { OSS_ACCESS_KEY_ID: 'x', OSS_CRASH_POINT: 'a', HOME: home } }).simulated).toBe(true);
  });

  test('a wrong value: key, origin, value, what is expected; no password of a URL', () => {
    expect(refusal({ env: { OSS_NE_TIMEOUT_MS: '1.5' } }).detail).toEqual({
      key: 'ne.timeoutMs',
      origin: 'environment OSS_NE_TIMEOUT_MS',
      value: '1.5',
      expected: { code: 'WHOLE_NUMBER', min: 10, max: 600_000, unit: 'milliseconds' },
    });
    const { code, message } = refusal({
      env: { OSS_NE_URL: 'https://kim:secret@ne/', OSS_TM_URL: 'https://tm/' },
    });
    expect(code).toBe('CONFIG_INVALID');
    expect(message).not.toContain('secret');
  });

  test.each([
    [{ OSS_NE_URL: 'http://127.0.0.1:1' }, 'PEER_URL', 'tm.url'],
    [{ OSS_TM_URL: 'http://127.0.0.1:1' }, 'PEER_URL', 'ne.url'],
    [{ OSS_LATE_PLACED_HAZARD: '500' }, 'CONFIG_INVALID', 'late.placed.critical'],
    [{ OSS_BREAKER_OPEN_MS: '400000' }, 'CONFIG_INVALID', 'breaker.maxOpenMs'],
    [{ OSS_NE_POLL_MS: '700000' }, 'CONFIG_INVALID', 'ne.pollMaxMs'],
    [{ OSS_ORDERS_MIN_INTERNET_COUNT: '11' }, 'CONFIG_INVALID', 'orders.minInternetCount'],
    [{ OSS_SCHEDULE_CALLS_PER_DAY: '7' }, 'CONFIG_INVALID', 'schedule.callsPerDay'],
    [{ OSS_NE_TOKEN_FILE: 'a', OSS_NE_TOKEN_COMMAND: 'b' }, 'CONFIG_INVALID', 'ne.tokenCommand'],
    [{ OSS_TZ: 'Asia/Seul' }, 'CONFIG_INVALID', 'tz'],
  ])('%j: values that do not go together', (env, code, key) => {
    const refused = refusal({ env });
    expect(refused.code).toBe(code);
    expect(refused.detail).toMatchObject({ key });
  });

  test('all problems at once, for validate', () => {
    const { problems } = inspectSettings(options({ yaml: 'tz: Nowhere\nlang: fr\nfoo: 1\n' }));
    expect(problems.map((p) => p.code).sort()).toEqual([
      'CONFIG_INVALID',
      'CONFIG_INVALID',
      'CONFIG_UNKNOWN_KEY',
    ]);
  });

  test('a named file that does not exist; a default one may be missing', () => {
    expect(refusal({ flags: { config: 'none.yaml' } }).code).toBe('CONFIG_FILE');
    expect(refusal({ env: { OSS_CONFIG: 'none.yaml' } }).code).toBe('CONFIG_FILE');
    expect(load().file).toEqual({ path: join(home, '.config/oss/config.yaml'), named: false, exists: false });
  });
});

describe('the database', () => {
  test.each([
    [{}, '.local/share/oss/oss.db', false],
    [{ env: { XDG_DATA_HOME: 'relative' } }, '.local/share/oss/oss.db', false],
    [{ env: { OSS_HOME: 'h' } }, 'h/oss.db', false],
    [{ env: { OSS_HOME: '~/h' } }, 'h/oss.db', false],
    [{ env: { OSS_DB: 'a.db', OSS_HOME: 'h' } }, 'a.db', true],
    [{ env: { OSS_DB: 'a.db' }, flags: { db: 'sqlite:b.db' } }, 'b.db', true],
    [{ yaml: 'db: c.db' }, '.config/oss/c.db', true],
    [{ flags: { db: 'sqlite:a%20b.db' } }, 'a b.db', true],
  ] satisfies [Given, string, boolean][])('%j', (given, path, named) => {
    expect(load(given).database).toMatchObject({ kind: 'file', path: join(home, path), named });
  });

  test('sqlite: URLs may be absolute', () => {
    for (const db of [`sqlite:${home}/a.db`, `sqlite://${home}/a.db`]) {
      expect(load({ flags: { db } }).database.name).toBe(join(home, 'a.db'));
    }
  });

  test("the checkout's data folder, when there is a checkout that may be written", () => {
    mkdirSync(join(home, 'checkout/data'), { recursive: true });
    const database = load({ checkout: join(home, 'checkout') }).database;
    expect(database).toMatchObject({ path: join(home, 'checkout/data/oss.db'), named: false });
    expect(load({ checkout: join(home, 'none') }).database.name).toBe(join(home, '.local/share/oss/oss.db'));
  });

  test.each([':memory:', 'sqlite::memory:', 'mysql://h/db', 'sqlite:a.db?mode=ro', 'sqlite://host/a.db'])(
    '%s is refused',
    (db) => {
      expect(refusal({ flags: { db } }).detail).toMatchObject({ key: 'db', origin: 'flag --db' });
    },
  );

  test('may be on a server, and what lies beside it on this machine is beside the default file', () => {
    const url = 'postgres://kim@db1/oss';
    expect(load({ env: { OSS_DB: url, OSS_HOME: 'h' } }).database).toMatchObject({
      kind: 'server',
      name: url,
      address: { host: 'db1', database: 'oss' },
      beside: join(home, 'h/postgres-db1-5432-oss'),
      password: { file: null, passFile: { path: join(home, '.pgpass'), named: false } },
    });
  });

  test('a password in its address is refused and not repeated, wherever it stands', () => {
    const db = 'postgres://kim:geheim@db1/oss';
    for (const given of [{ flags: { db } }, { env: { OSS_DB: db } }, { yaml: `db: ${db}` }]) {
      const error = refusal(given);
      expect(error.code).toBe('PASSWORD_IN_URL');
      expect(JSON.stringify(error)).not.toContain('geheim');
    }
  });

  test('a line to another machine that nobody checks is refused, unless somebody takes the risk', () => {
    const db = 'postgres://db1/oss?sslmode=require';
    expect(refusal({ flags: { db } }).code).toBe('DATABASE_INSECURE');
    expect(load({ flags: { db }, yaml: 'postgres.allowInsecure: true' }).database.name).toBe(db);
  });

  test('a directory or a FIFO is refused at once', () => {
    mkdirSync(join(home, 'dir'));
    execFileSync('mkfifo', [join(home, 'fifo')]);
    expect(refusal({ flags: { db: 'dir' } }).message).toContain('DIRECTORY');
    expect(refusal({ flags: { db: 'fifo' } }).message).toContain('NOT_REGULAR');
    expect(refusal({ flags: { config: 'fifo' } }).code).toBe('CONFIG_FILE');
  });
});

test('what oss config shows: all keys, resolved values, spans as they are written', () => {
  const entries = load({
    yaml: 'areas: [강남구, 마포구]\nne.bulkhead: 3\n',
    flags: { db: 'x.db' },
  }).entries();
  const value = (key: string) => entries.find((entry) => entry.key === key)?.value;
  expect(entries.map((entry) => entry.key)).toEqual(ALL_KEYS.map((setting) => setting.key));
  expect(value('db')).toBe(join(home, 'x.db'));
  expect(value('areas')).toEqual(['강남구', '마포구']);
  expect(value('ne.bulkhead')).toBe(3);
  expect(value('schedule.callingHours')).toBe('09:00-20:00');
  expect(value('ne.url')).toBeNull();
});

describe('what nobody may do with real peers', () => {
  const REAL = { OSS_NE_URL: 'https://ne.example.net', OSS_TM_URL: 'https://tm.example.net' };

  test('take any certificate for theirs', () => {
    const unchecked = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    expect(refusal({ env: { ...REAL, ...unchecked } }).code).toBe('TLS_UNCHECKED');
    expect(load({ env: { ...REAL, NODE_TLS_REJECT_UNAUTHORIZED: '1' } }).simulated).toBe(false);
    expect(load({ env: unchecked }).simulated, 'a simulator has none').toBe(true);
  });

  test.each([
    'https://noc:hunter2@ne.example.net',
    'https://noc:hun@ter2@ne.example.net',
    'https://noc:hun/ter2@ne.example.net',
    'https://noc:hun ter2@ne.example.net',
    'noc:hunter2//@ne.example.net',
    'https://ne.example.net/?token=hunter2',
    'https://ne.example.net/#hunter2',
  ])('read a secret of %s again', (url) => {
    const told = JSON.stringify(
      [
        ...inspectSettings(options({ env: { ...REAL, OSS_NE_URL: url } })).problems,
        ...inspectSettings(options({ yaml: `ne:\n  url: "${url}"\n` })).problems,
      ].map(({ code, message, detail }) => ({ code, message, detail })),
    );
    expect(told).toContain('CONFIG_INVALID');
    expect(told).not.toMatch(/hunter2|hun|ter2/);
  });
});
