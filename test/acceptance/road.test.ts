import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validateOutput } from '../../src/testing/cli/validate-output.ts';
import { OSS } from '../support/real-process.ts';
import { IS_ON_SERVER } from '../support/test-database.ts';
import { HONG, type House, type Json, openHouse, startProcess, TECHNICIANS, until } from './house.ts';

/** Every field of `oss.order/1`, in its order. */
const ORDER_FIELDS = [
  ...[
    'schema',
    'orderId',
    'key',
    'stage',
    'stageSince',
    'milestone',
    'tmfState',
    'waitingFor',
    'late',
    'priority',
  ],
  ...['customer', 'area', 'internetCount', 'tvCount', 'equipmentId', 'services', 'unproven'],
  ...['calls', 'visit', 'visitChoice', 'promise'],
  ...[
    'visits',
    'holds',
    'cancel',
    'result',
    'returnCode',
    'outcome',
    'progress',
    'notes',
    'placedAt',
    'updatedAt',
  ],
  ...['version', 'simulated'],
];

describe('the straight road, inside one machine', () => {
  let house: House;
  beforeAll(async () => {
    house = openHouse();
    await house.json(['technician', 'import', TECHNICIANS]);
  });
  afterAll(() => house.close());

  test('from the order to the completed visit: fields, schema, reasons, story', async () => {
    const placed = await house.json(['order', 'new', ...HONG, '--key', 'web-1']);
    expect(placed).toMatchObject({ orderId: 'ORD-000001', key: 'web-1', stage: 'tm-queue' });
    const assigned = await house.oss(['schedule', 'assign', '1', '--technician', 'auto', '--at', 'next']);
    expect([assigned.code, assigned.stdout]).toEqual([
      0,
      expect.stringMatching(/T-\d\d .* comes on 2026-11-23/),
    ]);
    expect(assigned.stdout).toMatch(/why +the earliest possible/);
    const order = await house.json(['status', '#1']);
    expect(Object.keys(order)).toEqual(ORDER_FIELDS);
    expect(validateOutput('oss.order/1', order)).toEqual([]);
    expect(order).toMatchObject({ stage: 'dispatched', visit: { status: 'agreed' }, simulated: true });
    await house.json(['field', 'start', 'ord-1']);
    const evidence = [
      '--ont',
      'ABCD12345678',
      '--rx',
      '-18.5',
      '--stb',
      'STB0012345',
      '--signed-by',
      '홍길동',
    ];
    await house.json(['field', 'complete', 'ORD-000001', ...evidence]);
    expect(await house.json(['status', '1'])).toMatchObject({ stage: 'completed', outcome: 'completed' });
    const types = (await house.json(['events', '1'])).items.map(({ type }: Json) => type);
    const story = [
      'OrderPlaced',
      'ActivationStarted',
      'ActivationCompleted',
      'SchedulingRequested',
      'VisitProposed',
    ];
    story.push('CallRequested', 'CustomerCalled', 'Scheduled', 'FieldWorkDispatched', 'FieldWorkStarted');
    story.push('FieldWorkCompleted', 'AppointmentClosed', 'OrderClosed');
    expect(types.filter((type: string) => story.includes(type))).toEqual(story);
    const told = (await house.oss(['events', '1'])).stdout.trim().split('\n');
    expect(told).toHaveLength(types.length);
    for (const line of told) expect(line).toMatch(/^2026-11-23 10:0\d:\d\d {2}\S /);
    const { live } = house.ledger();
    expect(live).toHaveLength(4);
    // Who sees a masked customer sees a masked signer too.
    for (const line of [
      ['status', '1'],
      ['order', 'show', '1'],
      ['field', 'show', '1'],
    ]) {
      for (const actor of ['technician:T-09', 'noc:lee']) {
        const seen = await house.oss([...line, '--actor', actor, '--json']);
        expect([seen.code, seen.stdout.includes('홍길동')], `${actor} ${line.join(' ')}`).toEqual([0, false]);
      }
    }
    // Nothing personal is in the log.
    const log = (await house.oss(['events', '-o', 'ndjson'])).stdout;
    for (const personal of ['홍길동', '1234-5678', '역삼로']) {
      expect(log.includes(personal), personal).toBe(false);
    }
  });

  test('a dry run makes nothing: no order, no number, no key, no request to a peer', async () => {
    const [head, before] = [await house.head(), house.ledger()];
    const dry = await house.json(['order', 'new', ...HONG, '--key', 'dry', '--duplicate-ok', '--dry-run']);
    expect(dry.stage).toBe('placed');
    expect(await house.head()).toBe(head);
    expect(house.ledger()).toEqual(before);
    const empty = openHouse();
    try {
      expect((await empty.oss(['order', 'new', ...HONG, '--dry-run'])).code).toBe(0);
      expect(readdirSync(empty.folder)).toEqual([]);
      const none = ['order', 'new', ...HONG.slice(0, 6), '--internet', '0', '--tv', '0'];
      expect((await empty.oss([...none, '--dry-run'])).code).toBe((await house.oss(none)).code);
    } finally {
      await empty.close();
    }
  });

  test('a key stands for one content, a version for one moment', async () => {
    const line = ['order', 'new', ...HONG, '--key', 'web-2', '--duplicate-ok'];
    const { orderId } = await house.json(line);
    const again = await house.json(line);
    expect(again.orderId).toBe(orderId);
    const other = await house.oss([
      ...line.slice(0, -3),
      '--priority',
      'high',
      '--duplicate-ok',
      '--key',
      'web-2',
    ]);
    expect([other.code, other.stdout]).toEqual([4, '']);
    const { version } = await house.json(['status', orderId]);
    const note = ['order', 'note', orderId, '--text', '부재 시 경비실', '--if-version', String(version)];
    expect((await house.oss(note)).code).toBe(0);
    expect((await house.oss(note)).code).toBe(4);
    expect((await house.json(['order', 'list', '--all'])).items).toHaveLength(2);
  });
});

/** What reads print, whatever there is to read, in each format: data alone on stdout. */
describe('stdout is data only', () => {
  let house: House;
  beforeAll(async () => {
    house = openHouse();
    await house.json(['technician', 'import', TECHNICIANS]);
    await house.json(['order', 'new', ...HONG]);
    const fault = { OSS_SIMULATE_FAULTS: 'reject:NO_PORT:1@POST /service internet.hsi' };
    await house.json(['order', 'new', ...HONG, '--duplicate-ok'], { env: fault });
    await house.json(['schedule', 'assign', '1', '--technician', 'auto', '--at', 'next']);
  });
  afterAll(() => house.close());

  const READS: readonly (readonly string[])[] = [
    ['order', 'list'],
    ['order', 'show', '1', '--history'],
    ['status'],
    ['status', '1'],
    ['status', '1', '2'],
    ['mypage', '1', '--phone-last4', '5678'],
    ['schedule', 'queue'],
    ['schedule', 'slots', '2'],
    ['schedule', 'board'],
    ['technician', 'list'],
    ['technician', 'show', 'T-01'],
    ['field', 'today', '--technician', 'T-01'],
    ['field', 'show', '1'],
    ['fallout', 'list'],
    ['fallout', 'show', '2'],
    ['batch', 'list'],
    ['worker', 'status'],
    ['breaker', 'list'],
    ['ne', 'list'],
    ['ne', 'reconcile'],
    ['events'],
    ['events', '1'],
    ['report'],
    ['customer', 'show', 'CUS-000001'],
    ['db', 'info'],
    ['db', 'verify'],
    ['config', 'list', '--origin'],
    ['config', 'get', 'tz'],
    ['doctor'],
    ['whoami'],
    ['version'],
  ];

  test('JSON, NDJSON and CSV of every reading command parse, and JSON fits its schema', async () => {
    const read = async (line: readonly string[]): Promise<void> => {
      const name = line.join(' ');
      const json = await house.oss([...line, '-o', 'json']);
      expect([json.code, json.stderr === '' || /^(note|next|warning)/.test(json.stderr)], name).toEqual([
        0,
        true,
      ]);
      const parsed = JSON.parse(json.stdout);
      expect(validateOutput(parsed.schema, parsed), name).toEqual([]);
      const ndjson = await house.oss([...line, '-o', 'ndjson']);
      for (const one of ndjson.stdout.split('\n').filter((text) => text !== '')) JSON.parse(one);
      const csv = await house.oss([...line, '-o', 'csv']);
      expect(csv.code, name).toBe(0);
      if (csv.stdout !== '') expect(csv.stdout, name).toMatch(/^[A-Za-z0-9_.]+(,[A-Za-z0-9_.]+)*\r\n/);
    };
    for (let i = 0; i < READS.length; i += 4) await Promise.all(READS.slice(i, i + 4).map(read));
  });

  test.each([
    ['NO_COLOR', { NO_COLOR: '1' }],
    ['TERM=dumb', { TERM: 'dumb' }],
    ['LANG=C', { LANG: 'C', OSS_LANG: '' }],
    ['60 columns', { COLUMNS: '60' }],
    ['20 columns', { COLUMNS: '20' }],
    ['Korean, 60 columns', { COLUMNS: '60', OSS_LANG: 'ko' }],
  ])(
    '%s: no colour off a terminal, no line wider than the terminal where it may be broken',
    async (_, env) => {
      const width = 'COLUMNS' in env ? Number(env.COLUMNS) : null;
      for (const line of [
        ['status', '1'],
        ['order', 'list'],
        ['technician', 'list'],
      ]) {
        const ran = await house.oss(line, { env });
        expect([ran.code, ran.stdout.includes('\u001b')], line.join(' ')).toEqual([0, false]);
        const { default: widthOf } = await import('string-width');
        const widest = Math.max(...ran.stdout.split('\n').map((text) => widthOf(text)));
        // Below 60 a word such as an address of the network may be wider than what there is.
        if (width !== null && width >= 60) expect(widest, line.join(' ')).toBeLessThanOrEqual(width);
      }
    },
  );

  test('a reader that goes away early ends a command quietly', async () => {
    const shell = promisify(execFile);
    const { stdout, stderr } = await shell(
      'bash',
      [
        '-c',
        `set -o pipefail; "$0" "$1" events -o ndjson | head -1; echo "exit \${PIPESTATUS[0]}"`,
        process.execPath,
        OSS,
      ],
      { env: house.env },
    );
    const [first, exit] = stdout.trim().split('\n');
    expect(JSON.parse(first ?? '').type).toBe('OrderPlaced');
    expect([exit, stderr]).toEqual(['exit 0', '']);
  });
});

test('the whole road through standalone simulators: the console is pointed at them by configuration alone', async () => {
  const house = openHouse({}, null);
  const env = { PATH: process.env.PATH, HOME: house.folder, OSS_HOME: house.folder };
  const simulators = startProcess(OSS, ['simulate', 'all', '--port', '0', '-o', 'ndjson'], env);
  try {
    const said = await until(simulators.stdout, (text) => text.split('\n').length > 2);
    const [ne, tm] = said
      .split('\n')
      .slice(0, 2)
      .map((line) => JSON.parse(line).url);
    await house.oss(['config', 'set', 'ne.url', ne]);
    await house.oss(['config', 'set', 'tm.url', tm]);
    const placed = await house.json(['order', 'new', ...HONG]);
    expect(placed.stage).toBe('tm-queue');
    await house.json(['technician', 'import', TECHNICIANS]);
    // Booked without a call, and by hand: it may be night, or a holiday of everybody.
    const at = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const byHand = ['--technician', 'T-01', '--at', `${at} 10:00`, '--agreed', '--force', '--reason', 'test'];
    const assigned = await house.oss(['schedule', 'assign', '1', ...byHand]);
    expect([assigned.code, assigned.stderr]).toEqual([0, expect.any(String)]);
    const evidence = [
      '--ont',
      'ABCD12345678',
      '--rx',
      '-18.5',
      '--stb',
      'STB0012345',
      '--signed-by',
      '홍길동',
    ];
    await house.json(['field', 'complete', '1', ...evidence]);
    await house.json(['worker', '--drain']);
    expect(await house.json(['status', '1'])).toMatchObject({ stage: 'completed', outcome: 'completed' });
    const ledger: Json = await (await fetch(new URL('/admin/ledger', ne))).json();
    const { services, appointments } = ledger;
    expect(services.map(({ state }: Json) => state)).toEqual(Array(4).fill('active'));
    expect(appointments.map(({ status }: Json) => status)).toEqual(['completed']);
    // Bound to them: nobody activates its orders on a built-in simulator because a setting was lost.
    const lost = await house.oss(['order', 'new', ...HONG, '--duplicate-ok'], {
      env: { OSS_CONFIG: '/dev/null' },
    });
    expect(lost.code).toBe(78);
    expect(existsSync(`${house.folder}/oss.db`)).toBe(!IS_ON_SERVER);
    expect(readFileSync(`${house.folder}/config.yaml`, 'utf8')).toContain('ne');
  } finally {
    simulators.kill('SIGTERM');
    expect((await simulators.ended).code).toBe(143);
    await house.close();
  }
});
