import { describe, expect, test } from 'vitest';
import { given } from '../../../../test/support/given.ts';
import {
  allOn,
  cancelled,
  dispatched,
  placed,
  proposed,
  queued,
  started,
} from '../../../../test/support/stories.ts';
import type { OrderProcess } from '../../process/process.ts';
import { DEFAULT_POLICY, type Policy } from '../../rules/policy.ts';
import type { Retry } from '../../saga/steps/kinds.ts';
import { ms } from '../../time/iso.ts';
import { backoff, type LaneReports, planWork } from './work-plan.ts';

const NOW = ms('2026-11-24T02:00:00.000Z');
const AUTO: Policy = { ...DEFAULT_POLICY, schedule: { ...DEFAULT_POLICY.schedule, auto: true } };
const IDLE = { due: null, tries: 0, retryAt: 0, error: null };
const plan = (
  process: OrderProcess,
  reports: LaneReports = {},
  previous: ReturnType<typeof planWork> | null = null,
  policy = DEFAULT_POLICY,
) => planWork(process, policy, { previous, reports, now: NOW });
const failed: Retry = { cause: { code: 'ANSWER_LOST', error: 'reset' }, at: null, burn: true };

describe('the work of an order', () => {
  test('is due by lane: the earliest step of each, nothing where nothing is needed', () => {
    expect(plan(given(placed())).lanes).toEqual({ local: { ...IDLE, due: 0 }, ne: IDLE, tm: IDLE });
    expect(plan(given(...started())).lanes).toMatchObject({ ne: { due: 0 }, local: IDLE, tm: IDLE });
    expect(plan(given(...proposed())).lanes).toMatchObject({
      local: { due: ms('2026-11-24T04:00:00.000Z') },
      tm: { due: ms('2026-11-24T02:00:00.000Z') },
    });
  });

  test('knows that it is an undo, and how urgent it is', () => {
    expect(plan(given(placed({ priority: 'urgent' })))).toMatchObject({ undo: false, priority: 3 });
    expect(plan(given(placed({ priority: 'low' }), cancelled('placed')))).toMatchObject({
      undo: true,
      priority: 0,
    });
    expect(plan(given(placed())).priority).toBe(1);
  });
});

describe('a clock that was ahead and is put right', () => {
  test('leaves no backoff behind in a lane that another one is planned beside', () => {
    const process = given(...allOn());
    const ahead = NOW + 9 * 3_600_000;
    const before = planWork(process, DEFAULT_POLICY, { previous: null, reports: { tm: failed }, now: ahead });
    expect(before.lanes.tm.retryAt).toBeGreaterThan(ahead);
    expect(plan(process, {}, before).lanes.tm).toEqual({ ...IDLE, due: 0 });
  });
});

describe('a failure', () => {
  const process = given(...allOn());

  test('delays its lane by the backoff, which doubles and stops at five minutes', () => {
    let row = plan(process);
    for (let tries = 1; tries <= 30; tries += 1) {
      row = plan(process, { tm: failed }, row);
      const wait = backoff('ORD-000042', 'tm', tries);
      expect(row.lanes.tm).toEqual({
        due: NOW + wait,
        retryAt: NOW + wait,
        tries,
        error: { code: 'ANSWER_LOST', error: 'reset' },
      });
      const base = Math.min(500 * 2 ** (tries - 1), 300_000);
      expect(wait).toBeGreaterThanOrEqual(base * 0.8);
      expect(wait).toBeLessThanOrEqual(base * 1.2);
    }
  });

  test('is not the same moment for all orders, and the same when asked again', () => {
    const waits = Array.from({ length: 50 }, (_, i) => backoff(`ORD-${i}`, 'ne', 5));
    expect(new Set(waits).size).toBeGreaterThan(40);
    expect(backoff('ORD-7', 'ne', 5)).toBe(waits[7]);
  });

  test('with a time of its own is due then; one that is nobody’s fault counts no attempt', () => {
    const at = NOW + 20_000;
    expect(
      plan(process, { tm: { cause: { code: 'BREAKER_OPEN', last: null }, at, burn: false } }).lanes.tm,
    ).toEqual({
      due: at,
      retryAt: at,
      tries: 0,
      error: { code: 'BREAKER_OPEN', last: null },
    });
    const soon = plan(process, { tm: { cause: { code: 'IN_FLIGHT', places: 1 }, at: null, burn: false } })
      .lanes.tm;
    expect(soon).toMatchObject({ tries: 0, due: NOW + 250 });
  });

  test('is kept while the lane does not run, and forgotten when it succeeds', () => {
    const row = plan(process, { tm: failed });
    expect(plan(process, {}, row).lanes.tm).toEqual(row.lanes.tm);
    expect(plan(process, { tm: 'ok' }, row).lanes.tm).toEqual({ ...IDLE, due: 0 });
    expect(plan(given(...dispatched()), {}, row).lanes.tm).toEqual(IDLE);
  });
});

describe('a visit that cannot be proposed now', () => {
  const nothing: LaneReports = {
    local: { cause: { code: 'NOT_POSSIBLE', step: 'ProposeVisit' }, at: NOW + 600_000, burn: false },
  };

  test('is looked at again later', () => {
    expect(plan(given(...queued()), nothing, null, AUTO).lanes.local).toMatchObject({
      due: NOW + 600_000,
      tries: 0,
    });
  });

  test('keeps no other local step waiting', () => {
    const row = plan(given(...queued()), nothing, null, AUTO);
    const undone = plan(given(...queued(), cancelled()), {}, row, AUTO);
    expect(undone.lanes.local.due).toBe(0);
  });
});
