import { describe, expect, test } from 'vitest';
import { DEFAULT_BREAKER } from '../../core/peers/breaker.ts';
import { permitOf, type TestRows, testClock, testRows } from '../../testing/http/test-peers.ts';
import { createGate, type Gate } from './gate.ts';
import { type BreakerAccess, createRowBreaker, type Verdict } from './row-breaker.ts';

const NAME = 'ne:simulated';
const FAULT: Verdict = { kind: 'fault', cause: { code: 'HTTP_STATUS', status: 500, told: '' } };
const ALIVE: Verdict = { kind: 'alive' };

type Here = { readonly gate: Gate; readonly rows: TestRows; readonly clock: ReturnType<typeof testClock> };

const gateWith = (
  changes: { places?: number; rows?: TestRows; access?: BreakerAccess; clock?: Here['clock'] } = {},
): Here => {
  const rows = changes.rows ?? testRows();
  const clock = changes.clock ?? testClock();
  const settings = DEFAULT_BREAKER;
  const row = createRowBreaker({
    name: NAME,
    settings,
    access: changes.access ?? rows,
    clock,
    self: 'host/1/1',
    random: () => 0.5,
    warn: () => {},
  });
  return { rows, clock, gate: createGate({ row, places: changes.places ?? 2, settings, clock }) };
};

const runTo = async (gate: Gate, verdict: Verdict): Promise<unknown> =>
  gate.run(
    permitOf(await gate.admit()),
    1_000,
    async () => 'done',
    () => verdict,
  );

describe('the bulkhead', () => {
  test('has no queue: who finds no place is refused at once', async () => {
    const { gate } = gateWith({ places: 2 });
    const first = permitOf(await gate.admit());
    await gate.admit();
    expect(await gate.admit()).toEqual({
      admitted: false,
      why: 'bulkhead-full',
      retryAt: null,
      cause: { code: 'IN_FLIGHT', places: 2 },
    });
    first.release();
    first.release();
    expect(await gate.admit()).toMatchObject({ admitted: true });
    expect(await gate.admit()).toMatchObject({ admitted: false });
  });

  test('a place is taken from the admission to the end of the request', async () => {
    const { gate } = gateWith({ places: 1 });
    const permit = permitOf(await gate.admit());
    let answer = (_value: string): void => {};
    const running = gate.run(
      permit,
      1_000,
      () =>
        new Promise<string>((resolve) => {
          answer = resolve;
        }),
      () => ALIVE,
    );
    permit.release();
    expect(await gate.admit()).toMatchObject({ admitted: false, why: 'bulkhead-full' });
    answer('done');
    expect(await running).toBe('done');
    expect(await gate.admit()).toMatchObject({ admitted: true });
  });

  test('admissions that are asked for together never exceed it', async () => {
    const { gate } = gateWith({ places: 3 });
    const admissions = await Promise.all(Array.from({ length: 10 }, () => gate.admit()));
    expect(admissions.filter(({ admitted }) => admitted)).toHaveLength(3);
  });

  test('a refusal of the breaker, or of the store, frees the place', async () => {
    const { gate, clock, rows } = gateWith({ places: 1 });
    for (let n = 0; n < 5; n += 1) await runTo(gate, FAULT);
    for (let n = 0; n < 3; n += 1) expect(await gate.admit()).toMatchObject({ why: 'breaker-open' });
    clock.advance(5_000);
    expect(await gate.admit()).toMatchObject({ admitted: true });
    const failing = gateWith({
      places: 1,
      access: {
        readRow: async () => {
          throw new Error('busy');
        },
        compareAndSet: rows.compareAndSet,
      },
    });
    await expect(failing.gate.admit()).rejects.toThrow('busy');
    await expect(failing.gate.admit()).rejects.toThrow('busy');
  });
});

describe('a permit', () => {
  test('is good for one request of its own gate', async () => {
    const { gate } = gateWith();
    const permit = permitOf(await gate.admit());
    const use = (where: Gate) =>
      where.run(
        permit,
        1_000,
        async () => 'done',
        () => ALIVE,
      );
    await expect(use(gateWith().gate)).rejects.toThrow('a permit of another peer');
    expect(await use(gate)).toBe('done');
    await expect(use(gate)).rejects.toThrow('a permit is good for one request');
    const released = permitOf(await gate.admit());
    released.release();
    await expect(
      gate.run(
        released,
        1_000,
        async () => 'done',
        () => ALIVE,
      ),
    ).rejects.toThrow('one request');
  });

  test('of a probe that is given back unused lets the next one probe', async () => {
    const { gate, clock, rows } = gateWith();
    for (let n = 0; n < 5; n += 1) await runTo(gate, FAULT);
    clock.advance(5_000);
    const probe = permitOf(await gate.admit());
    expect(await gate.admit()).toMatchObject({ admitted: false, why: 'breaker-open' });
    probe.release();
    await gate.told();
    expect(rows.rows.get(NAME)).toMatchObject({ state: 'open', probeOwner: null });
    expect(await gate.admit()).toMatchObject({ admitted: true });
  });
});

describe('the breaker', () => {
  test('opens by the failures of this process, and sends nothing from then on', async () => {
    const { gate, clock } = gateWith();
    for (let n = 0; n < 5; n += 1) expect(await runTo(gate, FAULT)).toBe('done');
    expect(await gate.admit()).toEqual({
      admitted: false,
      why: 'breaker-open',
      retryAt: clock.now() + 5_000,
      cause: { code: 'BREAKER_OPEN', last: { code: 'HTTP_STATUS', status: 500, told: '' } },
    });
  });

  test('an admission does not outlive its opening: nothing is sent', async () => {
    const { gate, clock } = gateWith();
    const permit = permitOf(await gate.admit());
    for (let n = 0; n < 5; n += 1) await runTo(gate, FAULT);
    let sent = 0;
    const send = async () => {
      sent += 1;
    };
    expect(await gate.run(permit, 1_000, send, () => ALIVE)).toEqual({
      seen: 'breaker-open',
      retryAt: clock.now() + 5_000,
      cause: { code: 'BREAKER_OPENED' },
    });
    expect(sent).toBe(0);
  });

  test('opens within the process also when the row cannot be written', async () => {
    const rows = testRows();
    const { gate } = gateWith({
      access: {
        readRow: rows.readRow,
        compareAndSet: async () => {
          throw new Error('busy');
        },
      },
    });
    for (let n = 0; n < 5; n += 1) await runTo(gate, FAULT);
    expect(await gate.admit()).toMatchObject({
      admitted: false,
      why: 'breaker-open',
      retryAt: expect.any(Number),
    });
  });

  test('the row decides: closed by another process, it is closed here', async () => {
    const rows = testRows();
    const clock = testClock();
    const here = gateWith({ rows, clock });
    const there = gateWith({ rows, clock });
    for (let n = 0; n < 5; n += 1) await runTo(here.gate, FAULT);
    clock.advance(5_000);
    await runTo(there.gate, ALIVE);
    expect(rows.rows.get(NAME)).toMatchObject({ state: 'closed' });
    expect(await runTo(here.gate, ALIVE)).toBe('done');
  });

  test('what is no fault of the peer is not counted', async () => {
    const { gate, rows } = gateWith();
    for (let n = 0; n < 10; n += 1) await runTo(gate, { kind: 'unused' });
    for (let n = 0; n < 10; n += 1) await runTo(gate, ALIVE);
    expect(rows.writes()).toBe(0);
    expect(await gate.admit()).toMatchObject({ admitted: true });
  });
});

test('the timeout tells whoever is still busy after the deadline', async () => {
  const { gate } = gateWith();
  const result = await gate.run(
    permitOf(await gate.admit()),
    20,
    (signal) => new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve('told'))),
    () => ALIVE,
  );
  expect(result).toBe('told');
});

test('many requests in flight leave nothing behind that warns', async () => {
  const warnings: string[] = [];
  const note = (warning: Error): void => {
    warnings.push(warning.message);
  };
  process.on('warning', note);
  const { gate } = gateWith({ places: 40 });
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const running = Array.from({ length: 40 }, async () =>
    gate.run(
      permitOf(await gate.admit()),
      1_000,
      () => opened,
      () => ALIVE,
    ),
  );
  // Warnings come in the next turn of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
  open();
  await Promise.all(running);
  process.off('warning', note);
  expect(warnings).toEqual([]);
});
