import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { EXIT } from '../../src/commands/framework/run/exit-codes.ts';
import { wordsOf } from '../../src/commands/framework/run/tree.ts';
import { TREE } from '../../src/commands/tree.ts';
import { type CliRun, runCli } from '../../src/testing/cli/run-cli.ts';
import { HONG, type House, openHouse, TECHNICIANS } from '../acceptance/house.ts';

const SEED = Number(process.env.OSS_LONG_SEED ?? 20_261_124);
const RUNS = Number(process.env.OSS_LONG_RUNS ?? 1_000);
const part = (share: number): number => Math.round(RUNS * share);
vi.setConfig({ testTimeout: 600 * Math.max(RUNS, 1_000) });

const CODES: readonly number[] = Object.values(EXIT);
/** No run of these may take long; one that hangs is ended, and told by its code. */
const LONGEST_MS = 60_000;

let house: House;
const cwd = process.cwd();
beforeAll(async () => {
  house = openHouse({ OSS_INLINE_MAX_MS: '0' });
  // Names that are made up here may be taken for files.
  process.chdir(house.folder);
  await house.json(['technician', 'import', TECHNICIANS]);
  await house.json(['order', 'new', ...HONG, '--key', 'a']);
});
afterAll(async () => {
  process.chdir(cwd);
  await house.close();
});

const oss = (line: readonly string[], env: NodeJS.ProcessEnv = {}, stdin = ''): Promise<CliRun> =>
  runCli(line, { env: { ...house.env, ...env }, stdin, signal: AbortSignal.timeout(LONGEST_MS) });

/** An exit code of the table, never the one of a bug; words, no stack trace, nothing that moves a terminal. */
const isOrderly = ({ exitCode, stdout, stderr }: CliRun): void => {
  expect(CODES).toContain(exitCode);
  expect([EXIT.bug, EXIT.interrupted], stderr).not.toContain(exitCode);
  expect(stderr).not.toMatch(/^ +at \S.*:\d+:\d+/m);
  expect(stderr).not.toMatch(/\b(TypeError|RangeError|undefined is not|Cannot read prop)/);
  expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
};

const HOSTILE = [
  ...['', ' ', '-', '--', '=', '１', '-1', '1e309', 'NaN', '9'.repeat(400), '가'.repeat(3_000), 'null'],
  ...[
    '__proto__',
    'constructor',
    '\u001b[2J',
    '\u202e',
    '\ud800',
    '\u0000',
    '../../etc/passwd',
    '%s%n',
    '$(id)',
  ],
  ...[
    "';drop table events;--",
    '=1+1',
    '{}',
    '[]',
    '2026-02-30',
    '14:00',
    'wed 14:00',
    '+2d',
    '24:61',
    '1',
    '#1',
    'ORD-1',
  ],
];
/** Those that go on until they are stopped, or play a whole play. */
const ENDLESS = ['worker', 'worker run', 'serve', 'simulate', 'demo', 'events', 'status', 'schedule board'];
const COMMANDS = TREE.commands.filter(({ spec }) => !ENDLESS.includes(spec.path));
const GLOBALS = ['--json', '-o=csv', '-o=ndjson', '--lang=ko', '-q', '-v', '-y', '--no-input', '--dry-run'];
/** What people and scripts mean to type. */
const MEANT = [
  ...[
    'ORD-000001',
    'ord-1',
    '42',
    '0',
    '1.5',
    '010-2345-6789',
    '+82 10 2345 6789',
    '김하늘',
    'tomorrow 14:00',
  ],
  ...[
    'auto',
    'next',
    'T-01',
    'CUSTOMER_CHANGED_MIND',
    'NO_FACILITY',
    'supervisor:kim',
    '60s',
    '-18.5',
    '18.5',
  ],
  ...['orders.csv', 'completed', 'json', 'csv', 'ABCD12345678', '한'.normalize('NFD'), 'a'.repeat(100_000)],
];
const value = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.constantFrom(...MEANT),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Any command of the tree with flags of its own, of others, and of none. */
const commandLine = fc.constantFrom(...COMMANDS).chain((command) => {
  const own = Object.keys(command.spec.flags ?? {}).map(flagOf);
  const flag = fc.constantFrom(...own, ...GLOBALS);
  const word = fc.oneof(
    fc.tuple(flag, value),
    fc.tuple(flag, value).map(([name, it]) => [`${name}=${it}`]),
    value.map((it) => [it]),
  );
  const line = fc.array(word, { maxLength: 6 }).map((words) => [...wordsOf(command), ...words.flat()]);
  return line.map((words) => words.filter((it) => it !== '--watch' && it !== '--follow'));
});

describe('whatever comes in ends in words and with an exit code of the table', () => {
  test(`${part(0.44)} command lines`, async () => {
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(commandLine, async (line) => {
        // Colour that was asked for is colour.
        const ran = await oss([...line, '--color=never']);
        isOrderly(ran);
        seen.set(ran.exitCode, (seen.get(ran.exitCode) ?? 0) + 1);
      }),
      { seed: SEED, numRuns: part(0.44) },
    );
    // All refused as unusable would prove nothing.
    expect(seen.get(EXIT.done) ?? 0).toBeGreaterThan(part(0.44) / 50);
    expect(seen.size).toBeGreaterThan(3);
  });

  const CSV =
    'key,name,phone,address,internet,tv\nk1,홍길동,010-1234-5678,"서울 강남구, 역삼로 1",1,0\nk2,a,010-2222-3333,b,0,1\n';
  const NDJSON =
    '{"op":"order.new","key":"n1","name":"a","phone":"010-1234-5678","address":"b","internet":1}\n{"op":"order.cancel","id":"1","code":"TEST"}\n';
  const YAML =
    '- op: order.new\n  key: y1\n  name: "a"\n  phone: 010-1234-5678\n  address: b\n  internet: 1\n';
  /** Bytes of a good file, some of them others now, some gone, some twice. */
  const spoilt = (text: string) =>
    fc
      .array(
        fc.tuple(
          fc.nat(Buffer.byteLength(text) - 1),
          fc.nat(255),
          fc.constantFrom('set', 'cut', 'twice', 'put'),
        ),
        {
          maxLength: 6,
        },
      )
      .map((edits) => {
        let bytes = Buffer.from(text);
        for (const [at, byte, how] of edits) {
          const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
          if (how === 'cut') bytes = Buffer.from(before);
          else if (how === 'twice') bytes = Buffer.concat([before, after, after]);
          else if (how === 'put')
            bytes = Buffer.concat([before, Buffer.from(HOSTILE[byte % HOSTILE.length] ?? ''), after]);
          else bytes = Buffer.concat([before, Buffer.from([byte]), after.subarray(1)]);
        }
        return bytes;
      });

  test(`${part(0.25)} batch files`, async () => {
    const file = fc.oneof(
      ...[['csv', CSV] as const, ['ndjson', NDJSON] as const, ['yaml', YAML] as const].map(([ext, text]) =>
        spoilt(text).map((bytes) => ({ ext, bytes })),
      ),
    );
    await fc.assert(
      fc.asyncProperty(file, async ({ ext, bytes }) => {
        const path = join(house.folder, `fuzz.${ext}`);
        writeFileSync(path, bytes);
        isOrderly(await oss(['batch', 'run', path, '--op', 'order.new', '--skip-invalid', '-q']));
      }),
      { seed: SEED, numRuns: part(0.25) },
    );
  });

  test(`${part(0.25)} configurations`, async () => {
    const KEYS = [
      'ne.timeoutMs',
      'tm.url',
      'tz',
      'lang',
      'orders.maxLines',
      'schedule.callingHours',
      'actor',
      'areas',
      'ne',
      'x',
    ];
    const text = fc.oneof(
      spoilt(
        'ne:\n  timeoutMs: 500\nschedule:\n  auto: true\n  callingHours: "09:00-20:00"\ntz: Asia/Seoul\nareas: [강남구]\n',
      ).map((bytes) => bytes.toString('latin1')),
      fc.tuple(fc.constantFrom(...KEYS), value).map(([key, it]) => `${key}: ${it}\n`),
      fc.jsonValue().map((json) => JSON.stringify(json)),
    );
    const path = join(house.folder, 'fuzz-config.yaml');
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom('validate', 'list'), async (config, verb) => {
        writeFileSync(path, config);
        isOrderly(await oss(['--config', path, 'config', verb]));
        isOrderly(await oss(['--config', path, 'order', 'list', '--color=never']));
      }),
      { seed: SEED, numRuns: part(0.25) },
    );
  });
});

describe('whatever peers answer', () => {
  const answer = fc.record({
    status: fc.constantFrom(200, 201, 202, 204, 301, 400, 401, 404, 409, 422, 429, 500, 503),
    type: fc.constantFrom('application/json', 'text/html', 'x'),
    body: fc.oneof(
      fc.jsonValue().map((json) => JSON.stringify(json)),
      fc.constantFrom(...HOSTILE),
      value.map((text) =>
        JSON.stringify({ code: text, reason: text, message: text, id: text, name: text, state: text }),
      ),
    ),
  });

  test(`${part(0.06)} worlds: the order waits, is held, or goes on, and the program tells it in words`, async () => {
    let next = { status: 200, type: 'x', body: '' };
    const server = createServer((_request, response) => {
      response.writeHead(next.status, { 'content-type': next.type });
      response.end(next.status === 204 ? '' : next.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const url = `http://127.0.0.1:${address.port}`;
    const db = join(house.folder, 'real.db');
    const real = { OSS_NOW: '', OSS_NE_URL: url, OSS_TM_URL: url, OSS_DB: db, OSS_INLINE_MAX_MS: '200' };
    expect((await oss(['db', 'init'], real)).exitCode).toBe(0);
    try {
      await fc.assert(
        fc.asyncProperty(answer, async (told) => {
          next = told;
          await oss(['breaker', 'close', 'ne', '--reason', 'x'], real);
          const placed = await oss(['order', 'new', ...HONG, '--duplicate-ok', '-o', 'id', '-v'], real);
          isOrderly(placed);
          expect(placed.exitCode, placed.stderr).toBe(0);
          const id = placed.stdout.trim();
          isOrderly(await oss(['order', 'show', id, '--history'], real));
          const cancelled = await oss(['order', 'cancel', id, '--code', 'TEST', '-y'], {
            ...real,
            OSS_INLINE_MAX_MS: '0',
          });
          isOrderly(cancelled);
          expect(cancelled.exitCode, cancelled.stderr).toBe(0);
        }),
        { seed: SEED, numRuns: part(0.06) },
      );
      isOrderly(await oss(['fallout', 'list'], real));
      isOrderly(await oss(['doctor'], real));
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
