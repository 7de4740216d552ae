import { describe, expect, test } from 'vitest';
import { and, type GivenEvent, given, typesOf } from '../../../test/support/given.ts';
import { refused } from '../../../test/support/refused.ts';
import {
  amended,
  cancelled,
  completed,
  dispatched,
  EVIDENCE,
  event,
  held,
  keyOf,
  LATER_SLOT,
  notDone,
  onSite,
  proposal,
  queued,
  returned,
  SLOT,
  scheduled,
  visit,
} from '../../../test/support/stories.ts';
import { newProcess } from '../process/process.ts';
import { DEFAULT_POLICY } from '../rules/policy.ts';
import { REVISIT_CODES, type RevisitCode } from '../rules/reason-codes.ts';
import { completeFieldWork, correctResult, failFieldWork, recordRevisit, startFieldWork } from './decide.ts';
import { visitNumber, visitsThatCount } from './state.ts';

const AT = { occurredAt: '2026-11-26T01:10:00.000Z' };
const moving = event('MoveRequested', { slot: LATER_SLOT, technicianId: 'T-02', code: 'X' });
const revisit = (events: readonly GivenEvent[], code: RevisitCode = 'NO_ACCESS') =>
  recordRevisit(given(...events), code, AT, DEFAULT_POLICY);
/** The visit again, after one that was not done. */
const again = [
  event('SchedulingRequested', { taskId: 'TASK-2', slots: [SLOT] }),
  event('VisitProposed', proposal()),
  visit(SLOT, 'T-01', 'APT-9'),
];

describe('starting', () => {
  test('says when it happened, and dispatches what was not', () => {
    expect(startFieldWork(given(...dispatched()), AT)).toEqual([
      { type: 'FieldWorkStarted', data: { technicianId: 'T-01', ...AT } },
    ]);
    expect(typesOf(startFieldWork(given(...scheduled()), AT))).toEqual([
      'FieldWorkDispatched',
      'FieldWorkStarted',
    ]);
  });

  test('again is already so', () => {
    expect(startFieldWork(given(...onSite()), AT)).toEqual([]);
  });

  test('is refused without a visit, while held, and after the end', () => {
    expect(refused(() => startFieldWork(given(...queued()), AT)).code).toBe('NO_VISIT');
    expect(refused(() => startFieldWork(given(...scheduled(), held('FieldVisit')), AT)).code).toBe(
      'ILLEGAL_IN_STAGE',
    );
    expect(refused(() => startFieldWork(given(...onSite(), cancelled('on-site')), AT)).code).toBe(
      'ALREADY_FINAL',
    );
    expect(refused(() => startFieldWork(newProcess('ORD-000042'), AT)).code).toBe('ORDER_NOT_FOUND');
  });
});

describe('completing', () => {
  test('records the evidence, and in the same commit what was missing before it', () => {
    const events = completeFieldWork(given(...scheduled()), EVIDENCE, { ...AT, textId: 'text-1' });
    expect(typesOf(events)).toEqual(['FieldWorkDispatched', 'FieldWorkStarted', 'FieldWorkCompleted']);
    expect(events.at(-1)).toEqual({
      type: 'FieldWorkCompleted',
      data: { result: EVIDENCE, technicianId: 'T-01', visit: 1, ...AT, textId: 'text-1' },
    });
    expect(typesOf(completeFieldWork(given(...onSite()), EVIDENCE, AT))).toEqual(['FieldWorkCompleted']);
  });

  test('is refused, with the list, while wanted and proven differ', () => {
    const more = given(...scheduled(), amended({ internet: 1, tv: 1 }));
    expect(refused(() => completeFieldWork(more, EVIDENCE, AT))).toMatchObject({
      code: 'NETWORK_NOT_AS_WANTED',
      detail: { services: ['tv.multicast#1', 'tv.stb#1'] },
    });
    const doubtful = given(
      ...onSite(),
      event('ServiceRequested', { key: keyOf('internet.hsi#1'), peer: 'p', attempt: 0 }),
    );
    expect(refused(() => completeFieldWork(doubtful, EVIDENCE, AT)).code).toBe('NETWORK_NOT_AS_WANTED');
  });

  test('is refused while a move is running, without a visit, and after another end', () => {
    expect(refused(() => completeFieldWork(given(...scheduled(), moving), EVIDENCE, AT)).code).toBe(
      'MOVE_RUNNING',
    );
    expect(refused(() => completeFieldWork(given(...queued()), EVIDENCE, AT)).code).toBe('NO_VISIT');
    for (const events of [returned(), [...onSite(), cancelled('on-site')]]) {
      expect(refused(() => completeFieldWork(given(...events), EVIDENCE, AT)).code).toBe('ALREADY_FINAL');
    }
  });

  test('again is already so', () => {
    expect(completeFieldWork(given(...completed()), EVIDENCE, AT)).toEqual([]);
  });
});

describe('returning', () => {
  test('is final, and releases what waits for a person', () => {
    const process = given(...scheduled(), held('FieldVisit'), held(`RevertService:${keyOf('tv.stb#1')}`));
    const events = failFieldWork(process, 'NO_FACILITY', AT);
    expect(typesOf(events)).toEqual([
      'FieldWorkDispatched',
      'FieldWorkStarted',
      'FieldWorkFailed',
      'HoldReleased',
    ]);
    expect(events[2]).toMatchObject({ data: { code: 'NO_FACILITY', visit: 1, technicianId: 'T-01', ...AT } });
    expect(events[3]).toMatchObject({ data: { hold: 'FieldVisit' } });
  });

  test('is possible while a move is running: the undo drops it', () => {
    expect(typesOf(failFieldWork(given(...onSite(), moving), 'NO_FACILITY', AT))).toEqual([
      'FieldWorkFailed',
    ]);
  });

  test('again is already so; after another end it is refused', () => {
    expect(failFieldWork(given(...returned()), 'OTHER', AT)).toEqual([]);
    for (const events of [completed(), [...onSite(), cancelled('on-site')]]) {
      expect(refused(() => failFieldWork(given(...events), 'OTHER', AT)).code).toBe('ALREADY_FINAL');
    }
    expect(refused(() => failFieldWork(given(...queued()), 'OTHER', AT)).code).toBe('NO_VISIT');
  });
});

describe('a revisit', () => {
  test.each(Object.entries(REVISIT_CODES) as [RevisitCode, (typeof REVISIT_CODES)[RevisitCode]][])(
    '%s goes where the table says',
    (code, { to }) => {
      const process = given(...onSite());
      const events = recordRevisit(process, code, AT, DEFAULT_POLICY);
      const ended = and(process, ...events);
      expect(ended.stage).toBe(to);
      expect(events[0]).toMatchObject({
        type: 'VisitNotDone',
        data: { code, visit: 1, technicianId: 'T-01' },
      });
      expect(ended.order.holds.map(({ cause }) => cause)).toEqual(to === 'held' ? [code] : []);
      expect(ended.scheduling).toMatchObject({ visit: null, task: null });
    },
  );

  test('holds the order after the visits that count', () => {
    let process = given(...onSite());
    for (const code of ['NO_ACCESS', 'WEATHER', 'CUSTOMER_NOT_READY'] as const) {
      process = and(process, ...recordRevisit(process, code, AT, DEFAULT_POLICY), ...again);
      expect(process.order.holds).toEqual([]);
    }
    expect(visitsThatCount(process.fieldwork)).toBe(2);
    expect(visitNumber(process.fieldwork)).toBe(4);
    const harmless = and(process, ...recordRevisit(process, 'WEATHER', AT, DEFAULT_POLICY));
    expect(harmless.order.holds).toEqual([]);
    const last = and(process, ...recordRevisit(process, 'NO_ACCESS', AT, DEFAULT_POLICY));
    expect(last.order.holds).toMatchObject([{ hold: 'FieldVisit', cause: 'VISITS_MAX' }]);
    expect(last.stage).toBe('held');
  });

  test('brings what was missing before it', () => {
    expect(typesOf(revisit([...scheduled()]))).toEqual([
      'FieldWorkDispatched',
      'FieldWorkStarted',
      'VisitNotDone',
    ]);
  });

  test('is refused while a move is running, without a visit, and after the end', () => {
    expect(refused(() => revisit([...scheduled(), moving])).code).toBe('MOVE_RUNNING');
    expect(refused(() => revisit([...onSite(), notDone('NO_ACCESS')])).code).toBe('NO_VISIT');
    expect(refused(() => revisit([...completed()])).code).toBe('ALREADY_FINAL');
  });
});

describe('correcting a result', () => {
  test('says only what is different', () => {
    const process = given(...completed());
    const corrected = { ontSerial: 'WXYZ00000001', rxPowerDbm: EVIDENCE.rxPowerDbm };
    expect(correctResult(process, corrected, AT)).toEqual([
      { type: 'FieldResultCorrected', data: { corrected: { ontSerial: 'WXYZ00000001' }, ...AT } },
    ]);
    expect(correctResult(process, { stbSerials: [] }, AT)).toEqual([]);
  });

  test('changes what stands, and nothing else', () => {
    const process = given(
      ...completed(),
      event('FieldResultCorrected', { corrected: { rxPowerDbm: -20 }, ...AT }),
    );
    expect(process.fieldwork.completed?.result).toEqual({ ...EVIDENCE, rxPowerDbm: -20 });
    expect(process.stage).toBe('completed');
  });

  test('is for completed orders, closed ones too', () => {
    const closed = given(...completed(), event('OrderClosed', { outcome: 'completed' }));
    expect(correctResult(closed, { rxPowerDbm: -20 }, AT)).toHaveLength(1);
    for (const events of [onSite(), returned()]) {
      expect(refused(() => correctResult(given(...events), { rxPowerDbm: -20 }, AT))).toMatchObject({
        code: 'ILLEGAL_IN_STAGE',
        detail: { allowed: ['completed'] },
      });
    }
  });
});
