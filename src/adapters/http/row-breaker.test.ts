import { describe, expect, test } from 'vitest';
import type { Warning } from '../../core/codes/warning.ts';
import { DEFAULT_BREAKER } from '../../core/peers/breaker.ts';
import type { BreakerRow } from '../../core/peers/breaker-row.ts';
import { type TestRows, testClock, testRows } from '../../testing/http/test-peers.ts';
import { createRowBreaker, type RowBreaker, type RowBreakerOptions, type Verdict } from './row-breaker.ts';

const NAME = 'ne:http://127.0.0.1:8701';
const FAULT: Verdict = { kind: 'fault', cause: { code: 'HTTP_STATUS', status: 500, told: '' } };
const ALIVE: Verdict = { kind: 'alive' };

type World = {
  readonly rows: TestRows;
  readonly clock: ReturnType<typeof testClock>;
  readonly warnings: Warning[];
};

const world = (): World => ({ rows: testRows(), clock: testClock(), warnings: [] });

/** One process more in this world. */
const breakerIn = ({ rows, clock, warnings }: World, changes: Partial<RowBreakerOptions> = {}): RowBreaker =>
  createRowBreaker({
    name: NAME,
    settings: DEFAULT_BREAKER,
    access: rows,
    clock,
    self: 'host/1/1',
    random: () => 0.5,
    warn: (warning) => warnings.push(warning),
    ...changes,
  });

const row = ({ rows }: World): BreakerRow | undefined => rows.rows.get(NAME);

/** Admitted, and failed, five times. */
const openIt = async (breaker: RowBreaker): Promise<void> => {
  for (let n = 0; n < 5; n += 1) {
    const admission = await breaker.admit();
    if (admission.admitted) await breaker.tell(admission.gen, FAULT);
  }
};

describe('closed', () => {
  test('writes nothing while all is well', async () => {
    const here = world();
    const breaker = breakerIn(here);
    for (let n = 0; n < 3; n += 1) {
      expect(await breaker.admit()).toEqual({ admitted: true, gen: 0 });
      await breaker.tell(0, ALIVE);
      await breaker.tell(0, { kind: 'unused' });
    }
    expect(here.rows.writes()).toBe(0);
  });

  test('a success after failures forgets them', async () => {
    const here = world();
    const breaker = breakerIn(here);
    await breaker.tell(0, FAULT);
    expect(row(here)).toMatchObject({
      failures: 1,
      lastError: { code: 'HTTP_STATUS', status: 500, told: '' },
    });
    await breaker.tell(0, ALIVE);
    expect(row(here)).toMatchObject({ failures: 0 });
    expect(here.rows.writes()).toBe(2);
  });

  test('failures that end in the same moment are all counted', async () => {
    const here = world();
    const breaker = breakerIn(here);
    await Promise.all(Array.from({ length: 5 }, () => breaker.tell(0, FAULT)));
    expect(row(here)).toMatchObject({ state: 'open', gen: 1, failures: 5 });
  });

  test('failures of several processes add up', async () => {
    const here = world();
    const processes = Array.from({ length: 5 }, () => breakerIn(here));
    for (const process of processes) await process.tell(0, FAULT);
    expect(row(here)).toMatchObject({ state: 'open' });
  });

  test('"come back later" opens it at once', async () => {
    const here = world();
    const retryAt = here.clock.now() + 42_000;
    await breakerIn(here).tell(0, {
      kind: 'back-off',
      cause: { code: 'HTTP_STATUS', status: 429, told: '' },
      retryAt,
    });
    expect(await breakerIn(here).admit()).toEqual({
      admitted: false,
      retryAt,
      cause: { code: 'BREAKER_OPEN', last: { code: 'HTTP_STATUS', status: 429, told: '' } },
    });
  });
});

describe('open', () => {
  test('refuses every process at once, and says when to come back', async () => {
    const here = world();
    await openIt(breakerIn(here));
    const retryAt = here.clock.now() + 5_000;
    expect(await breakerIn(here).admit()).toEqual({
      admitted: false,
      retryAt,
      cause: { code: 'BREAKER_OPEN', last: { code: 'HTTP_STATUS', status: 500, told: '' } },
    });
  });

  test('of any number of processes that ask when it ends exactly one probes', async () => {
    const here = world();
    await openIt(breakerIn(here));
    here.clock.advance(5_000);
    const processes = Array.from({ length: 50 }, (_, n) => breakerIn(here, { self: `host/${n}/1` }));
    const admissions = await Promise.all(processes.map((process) => process.admit()));
    expect(admissions.filter(({ admitted }) => admitted)).toHaveLength(1);
    expect(row(here)).toMatchObject({
      state: 'half-open',
      probeOwner: expect.stringMatching(/^host\/\d+\/1$/),
    });
    expect(admissions.find(({ admitted }) => !admitted)).toMatchObject({ retryAt: here.clock.now() + 1_000 });
  });

  test('a probe that succeeds lets all pass; one that fails waits twice as long', async () => {
    const here = world();
    await openIt(breakerIn(here));
    here.clock.advance(5_000);
    const probing = breakerIn(here);
    const first = await probing.admit();
    await probing.tell(first.admitted ? first.gen : -1, FAULT);
    expect(await breakerIn(here).admit()).toMatchObject({
      admitted: false,
      retryAt: here.clock.now() + 10_000,
    });
    here.clock.advance(10_000);
    const second = await probing.admit();
    await probing.tell(second.admitted ? second.gen : -1, ALIVE);
    expect(row(here)).toMatchObject({ state: 'closed', reopened: 0 });
    expect(await breakerIn(here).admit()).toMatchObject({ admitted: true });
  });

  test('a probe whose process died is free again when its lease ends', async () => {
    const here = world();
    await openIt(breakerIn(here));
    here.clock.advance(5_000);
    const died = await breakerIn(here, { self: 'host/2/2' }).admit();
    expect(died.admitted).toBe(true);
    here.clock.advance(DEFAULT_BREAKER.probeLeaseMs - 1);
    expect(await breakerIn(here).admit()).toMatchObject({ admitted: false });
    here.clock.advance(1);
    expect(await breakerIn(here).admit()).toMatchObject({ admitted: true });
    // It was only paused: what it says now is of an older gen.
    const before = row(here);
    await breakerIn(here).tell(died.admitted ? died.gen : -1, ALIVE);
    expect(row(here)).toEqual(before);
  });

  test('an admission from before it opened is known to be shut out', async () => {
    const here = world();
    const breaker = breakerIn(here);
    expect(breaker.shutSince(0)).toBeNull();
    await openIt(breaker);
    expect(breaker.shutSince(0)).toEqual({ retryAt: here.clock.now() + 5_000 });
  });
});

describe('a store that misbehaves', () => {
  test('a damaged row counts as closed, with a warning, and is replaced', async () => {
    const here = world();
    await openIt(breakerIn(here));
    const broken = Object.assign({ ...row(here) }, { state: 'Isolated' }) as BreakerRow;
    here.rows.rows.set(NAME, broken);
    const breaker = breakerIn(here);
    const admission = await breaker.admit();
    expect(admission).toMatchObject({ admitted: true });
    expect(here.warnings).toEqual([{ code: 'BREAKER_DAMAGED', name: NAME, fields: 'state' }]);
    await breaker.tell(admission.admitted ? admission.gen : -1, FAULT);
    expect(row(here)).toMatchObject({ state: 'closed', gen: 2, failures: 1 });
  });

  test('a row that cannot be written costs a warning, not the result of the request', async () => {
    const here = world();
    const full = {
      readRow: here.rows.readRow,
      compareAndSet: async () => {
        throw new Error('the disk is full');
      },
    };
    await breakerIn(here, { access: full }).tell(0, FAULT);
    expect(here.warnings).toEqual([{ code: 'BREAKER_NOT_WRITTEN', name: NAME, error: 'the disk is full' }]);
  });

  test('who never wins the race gives in', async () => {
    const here = world();
    await openIt(breakerIn(here));
    here.clock.advance(5_000);
    let attempts = 0;
    const late = {
      readRow: here.rows.readRow,
      compareAndSet: async () => {
        attempts += 1;
        return false;
      },
    };
    const breaker = breakerIn(here, { access: late });
    expect(await breaker.admit()).toMatchObject({ admitted: false });
    await breaker.tell(1, FAULT);
    expect(attempts).toBeLessThan(20);
  });
});
