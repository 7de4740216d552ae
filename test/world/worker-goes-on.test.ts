import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { test } from 'vitest';
import { asIntruder } from '../../src/testing/store/as-intruder.ts';
import { HONG, type House, openHouse, TECHNICIANS } from '../acceptance/house.ts';
import { ENOSPC } from './failing-disk.ts';
import { buildPreload, NO_PRELOAD } from './preload.ts';
import { untilTrue } from './until-true.ts';

const NEW = ['order', 'new', ...HONG, '--duplicate-ok', '-o', 'id'] as const;

/** Each waits most of its time, in a house of its own. */
const inHouse = test.extend<{ house: House; stageOf: (id: string) => Promise<string> }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern what a fixture needs.
  house: async ({}, use) => {
    const house = openHouse({ OSS_INLINE_MAX_MS: '0' });
    await house.json(['technician', 'import', TECHNICIANS]);
    await use(house);
    await house.close();
  },
  stageOf: async ({ house }, use) => use(async (id) => (await house.json(['status', id])).stage),
});

inHouse.concurrent(
  'a worker works on after the database was locked for 12 seconds and more',
  async ({ house, stageOf, expect }) => {
    const worker = house.start(['worker']);
    await house.oss(NEW);
    await untilTrue(async () => (await stageOf('1')) === 'tm-queue');
    await house.oss(NEW);
    const other = new Database(join(house.folder, 'oss.db'));
    other.exec('begin immediate');
    // Three times a write has waited for 5 s by then.
    await untilTrue(async () => /the database is busy: .* tries again in 2 s/.test(worker.stderr()));
    other.exec('rollback');
    other.close();
    await untilTrue(async () => (await stageOf('2')) === 'tm-queue');
    await house.oss(NEW);
    await untilTrue(async () => (await stageOf('3')) === 'tm-queue');
    worker.kill('SIGTERM');
    const { code, stderr } = await worker.ended;
    expect(code).toBe(143);
    expect(stderr).toMatch(/warning: the database is busy: .*; the worker tries again in 1 s/);
  },
);

inHouse.concurrent(
  'a worker works on after the disk was full for 15 seconds',
  async ({ house, stageOf, expect, skip }) => {
    const shim = buildPreload('fail-io', house.folder);
    if (shim === null) {
      skip(NO_PRELOAD);
      return;
    }
    const full = join(house.folder, 'the-disk-is-full');
    const worker = house.start(['worker'], {
      env: {
        LD_PRELOAD: shim,
        FAIL_IO_PATH: join(house.folder, 'oss.db'),
        FAIL_IO_CALL: 'write',
        FAIL_IO_WHILE: full,
        FAIL_IO_ERRNO: String(ENOSPC),
      },
    });
    await house.oss(NEW);
    await untilTrue(async () => (await stageOf('1')) === 'tm-queue');
    writeFileSync(full, '');
    await house.oss(NEW);
    // It has paused for 0.5, 1, 2, 4 and 8 s by then.
    await untilTrue(async () => /the disk is full.* tries again in 16 s/.test(worker.stderr()));
    expect(await stageOf('2')).toBe('placed');
    rmSync(full);
    await untilTrue(async () => (await stageOf('2')) === 'tm-queue');
    worker.kill('SIGTERM');
    expect((await worker.ended).code).toBe(143);
    expect((await house.json(['db', 'verify'])).problems ?? []).toEqual([]);
  },
);

inHouse.concurrent(
  'an order that cannot be read is set aside and named, and all others go on',
  async ({ house, stageOf, expect }) => {
    for (let n = 1; n <= 3; n += 1) await house.oss(NEW);
    const vandal = new Database(join(house.folder, 'oss.db'));
    asIntruder(vandal, "update events set type = 'OrderTeleported' where order_id = 'ORD-000002'");
    vandal.close();

    const drained = await house.oss(['worker', '--drain', '-o', 'id']);
    expect(drained.stderr).toMatch(
      /warning: ORD-000002 is set aside, all other orders go on: .*no such event is known/,
    );
    expect([await stageOf('1'), await stageOf('3')]).toEqual(['tm-queue', 'tm-queue']);

    const status = await house.json(['worker', 'status']);
    expect(status.failing).toMatchObject([
      { orderId: 'ORD-000002', error: 'cannot be read: event 1: no such event is known' },
    ]);
    const doctor = await house.json(['doctor'], { exit: 78 });
    expect(doctor.items).toContainEqual({
      name: 'work',
      state: 'bad',
      detail: 'set aside: ORD-000002 cannot be read: event 1: no such event is known',
      next: expect.stringContaining('db verify'),
    });
    const verified = await house.json(['db', 'verify'], { exit: 1 });
    expect(verified.problems).toMatchObject([{ orderId: 'ORD-000002', version: 1 }]);

    expect(await house.json(['report'])).toMatchObject({ placed: 2, unreadable: ['ORD-000002'] });
    expect((await house.oss(['report'])).stdout).toContain('left out, for nobody can read them: ORD-000002');
    const rebuilt = await house.oss(['db', 'rebuild', '--json']);
    expect([rebuilt.code, rebuilt.stderr]).toMatchObject([
      0,
      expect.stringContaining('ORD-000002 cannot be read'),
    ]);
    const shown = await house.oss(['status', '2']);
    expect([shown.code, shown.stderr]).toMatchObject([
      78,
      expect.stringContaining('ORD-000002 cannot be read'),
    ]);
    const reconciled = await house.oss(['ne', 'reconcile', '--fix', '--json']);
    expect([reconciled.code, reconciled.stderr]).toMatchObject([
      75,
      expect.stringContaining('ORD-000002 cannot be read: event 1: no such event is known'),
    ]);
    expect(JSON.parse(reconciled.stdout).items, 'nothing of the others is wrong').toEqual([]);
  },
);
