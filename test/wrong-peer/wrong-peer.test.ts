import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test as plain } from 'vitest';
import { readLedger } from '../../src/adapters/simulators/ledger.ts';
import type { Json } from '../acceptance/house.ts';
import type { Page } from './front.ts';
import { HONG, NONE, newTown, type Town, type Urls } from './town.ts';

/** Each waits for look-ups most of its time, in a town of its own. */
const test = plain.extend<{ town: Town }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern what a fixture needs.
  town: async ({}, use) => {
    const town = await newTown();
    await use(town);
    await town.close();
  },
});

const CANCEL = ['--code', 'TEST', '-y'];

const wrongPath = (urls: Urls): Urls => ({
  OSS_NE_URL: `${urls.OSS_NE_URL}/v9`,
  OSS_TM_URL: `${urls.OSS_TM_URL}/v9`,
});

describe.concurrent('another peer than the database is bound to', () => {
  test.concurrent.for<readonly [string, (town: Town) => Promise<Urls>]>([
    ['a changed URL', async (town) => (await town.other()).urls],
    ['a wrong base path', async (town) => wrongPath(town.right.urls)],
    [
      "the two URLs in each other's place",
      async (town) => ({ OSS_NE_URL: town.right.urls.OSS_TM_URL, OSS_TM_URL: town.right.urls.OSS_NE_URL }),
    ],
    ['the simulators inside the program, by mistake', async () => NONE],
  ])('%s: refused before any effect, with what to do', async ([, urlsOf], { town, expect }) => {
    const urls = await urlsOf(town);
    const orderId = await town.visited();
    const before = { types: town.types(), right: town.right.ledger().requests };
    for (const line of [
      ['order', 'new', ...HONG],
      ['order', 'cancel', orderId, ...CANCEL],
      ['ne', 'reconcile', '--fix'],
      ['worker', '--drain', '--wait', '0s'],
      ['field', 'return', orderId, '--code', 'NO_FACILITY', '-y'],
    ]) {
      const { exitCode, stdout, stderr } = await town.oss(line, urls);
      expect([exitCode, stdout], `${line.join(' ')}: ${stderr}`).toEqual([78, '']);
      expect(stderr).toContain('db bind');
    }
    expect(town.types()).toEqual(before.types);
    expect(town.right.ledger().requests).toEqual(before.right);
    const inside = join(town.folder, 'oss.db.ledger');
    if (existsSync(inside)) expect(readLedger(inside)).toMatchObject({ effects: [], requests: [] });
    expect((await town.oss(['status', orderId], urls)).exitCode).toBe(0);
    expect(await town.check('binding', urls)).toMatchObject({
      state: 'bad',
      next: expect.stringContaining('db bind'),
    });
  });
});

describe.concurrent('bound anew to a peer that has nothing of ours', () => {
  test.concurrent('an undo there proves nothing: held as PEER_CHANGED, and done when the right peers are back', async ({
    town,
    expect,
  }) => {
    const orderId = await town.visited();
    const other = await town.other();
    await town.rebind(other.urls);
    expect((await town.cancel(orderId, other.urls)).exitCode).toBe(0);
    // An undo is tried for ever, less and less often: long enough for the first tries.
    await town.work(other.urls, '12s');
    const types = town.types(orderId);
    for (const type of ['ServiceReverted', 'ScheduleCancelled', 'OrderClosed'])
      expect(types).not.toContain(type);
    const order = await town.json(['order', 'show', orderId], other.urls);
    expect(order.stage).toBe('cancelling');
    expect(new Set(order.holds.map(({ cause }: Json) => cause))).toEqual(new Set(['PEER_CHANGED']));
    expect([town.live().length, town.openAppointments()]).toEqual([2, 1]);
    const listed = await town.oss(['fallout', 'show', orderId], other.urls);
    expect(listed.stdout).toContain('PEER_CHANGED');

    await town.rebind({});
    for (const { hold } of order.holds) await town.oss(['fallout', 'retry', orderId, '--step', hold]);
    await town.work({}, '120s');
    expect([await town.stageOf(orderId), town.live().length, town.openAppointments()]).toEqual([
      'cancelled',
      0,
      0,
    ]);
  });

  test.concurrent('a request in doubt is not believed absent there', async ({ town, expect }) => {
    await town.right.faults('reset-after@POST /service internet');
    const { orderId } = await town.json(['order', 'new', ...HONG]);
    expect(town.types(orderId)).toContain('ServiceInDoubt');
    const other = await town.other();
    await town.rebind(other.urls);
    await town.work(other.urls, '60s');
    expect(town.types(orderId)).not.toContain('ServiceNotFound');
    expect(await town.holds(orderId, other.urls)).toEqual([expect.stringContaining('PEER_CHANGED')]);
    expect(other.ledger().services).toEqual([]);
  });

  test.concurrent('reconcile takes nothing for gone because another network does not have it', async ({
    town,
    expect,
  }) => {
    const orderId = await town.visited();
    const other = await town.other();
    await town.rebind(other.urls);
    await town.oss(['ne', 'reconcile', '--fix'], other.urls);
    expect(town.types(orderId)).not.toContain('ServiceReverted');
    expect(other.ledger().services).toEqual([]);
  });
});

const NOT_THERE: readonly (readonly [string, Page])[] = [
  ['a page', { status: 404, type: 'text/html', body: '<h1>Not Found</h1>' }],
  ['a JSON text', { status: 404, type: 'application/json', body: '{"message":"no Route matched"}' }],
  [
    'an error as the API words it',
    { status: 404, type: 'application/json', body: '{"code":"404","reason":"none"}' },
  ],
  ['nothing', { status: 404, type: 'application/json', body: '' }],
  ['an expired token', { status: 401, type: 'application/json', body: '{"code":"401","reason":"expired"}' }],
  ['a login page', { status: 200, type: 'text/html', body: '<form>log in</form>' }],
];

describe.concurrent('the right address, where something else answers for a while', () => {
  test.concurrent.for(NOT_THERE)(
    '%s: nothing is held, nothing counts as undone, and it goes on by itself',
    async ([, page], { town, expect }) => {
      const orderId = await town.visited();
      town.right.misroute(page);
      const fresh = (await town.json(['order', 'new', ...HONG])).orderId;
      const cancelled = await town.cancel(orderId);
      expect(cancelled.exitCode).toBe(0);
      expect(cancelled.stderr).toContain('pending');
      await town.work();
      expect(await town.holds(orderId)).toEqual([]);
      expect(await town.holds(fresh)).toEqual([]);
      const types = town.types(orderId);
      for (const type of ['ServiceReverted', 'ScheduleCancelled', 'OrderClosed'])
        expect(types).not.toContain(type);
      expect(town.types(fresh)).not.toContain('ServiceActivated');
      expect([await town.stageOf(orderId), town.live().length, town.openAppointments()]).toEqual([
        'cancelling',
        2,
        1,
      ]);
      const { code } = { code: (await town.oss(['doctor'])).exitCode };
      expect(code).toBe(75);
      expect((await town.check('ne')).detail).toMatch(
        page.status === 200 ? /text\/html|JSON/ : /HTTP 40[14]/,
      );
      if (page.status !== 200) expect((await town.check('tm')).next).toMatch(/tm\.url.*tm\.tokenFile/);

      town.right.misroute(null);
      await town.work({}, '120s');
      expect([await town.stageOf(orderId), town.openAppointments()]).toEqual(['cancelled', 0]);
      expect(town.live().filter((key) => key.startsWith(orderId))).toEqual([]);
      expect(await town.stageOf(fresh)).toBe('tm-queue');
    },
  );

  test.concurrent('a network that ignores the filter proves nothing by what it answers, and the doctor says so', async ({
    town,
    expect,
  }) => {
    await town.visited();
    await town.right.faults('reset-after@POST /service internet', 'ignore-filter@ne');
    const { orderId } = await town.json(['order', 'new', ...HONG]);
    await town.cancel(orderId);
    // Longer than it takes until an absence may be believed.
    await town.work({}, '8s');
    expect(await town.stageOf(orderId)).toBe('cancelling');
    for (const type of ['ServiceFound', 'ServiceNotFound', 'OrderClosed']) {
      expect(town.types(orderId).slice(5)).not.toContain(type);
    }
    expect(await town.holds(orderId)).toEqual([]);
    expect(await town.check('ne')).toMatchObject({ state: 'bad', detail: expect.stringContaining('filter') });

    await town.right.faults();
    await town.work({}, '120s');
    expect(await town.stageOf(orderId)).toBe('cancelled');
    expect(town.live().filter((key) => key.startsWith(orderId))).toEqual([]);
  });
});
