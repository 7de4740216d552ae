import { describe, expect, test } from 'vitest';
import { and, type GivenEvent, given } from '../../../test/support/given.ts';
import {
  allOn,
  cancelled,
  event,
  held,
  keyOf,
  NE,
  on,
  placed,
  requested,
  started,
  switchedOff,
  switchedOn,
} from '../../../test/support/stories.ts';

const KEY = keyOf('access.gpon#1');
const inDoubt = (monitor?: string) =>
  event('ServiceInDoubt', {
    key: KEY,
    cause: { code: 'ANSWER_LOST', error: 'reset' },
    ...(monitor === undefined ? {} : { monitor }),
  });
const stateAfter = (...events: readonly GivenEvent[]) => {
  const service = given(...started(), ...events).activation.services.get(KEY);
  if (service === undefined) throw new Error('not planned');
  return service;
};

describe('the names under which the NE answered', () => {
  const told = (name: string | null) =>
    event('ServiceInDoubt', {
      key: KEY,
      cause: { code: 'ANSWER_LOST', error: 'reset' },
      told: { neId: 'NE-9', name },
    });

  test.each([
    ['one of its own', KEY.toUpperCase(), [KEY.toUpperCase()]],
    ['none', null, ['']],
    ['the key of another order’s service', 'ORD-000041/access.gpon#1/1', []],
    ['the key of another service of the order', keyOf('internet.hsi#1'), []],
  ])('%s', (_, name, names) => {
    const service = stateAfter(requested('access.gpon#1'), told(name));
    expect(service).toMatchObject({ names, told: [{ neId: 'NE-9', name }] });
  });
});

describe('what is proven of a service', () => {
  test.each([
    ['planned', [], 'off'],
    ['requested', [requested('access.gpon#1')], 'unknown'],
    ['in doubt', [requested('access.gpon#1'), inDoubt()], 'unknown'],
    ['answered', switchedOn('access.gpon#1'), 'on'],
    [
      'found',
      [requested('access.gpon#1'), event('ServiceFound', { key: KEY, neId: 'NE-1', how: 'look-up' })],
      'on',
    ],
    ['refused', [requested('access.gpon#1'), event('ServiceRejected', { key: KEY, code: 'X' })], 'refused'],
    ['absent', [requested('access.gpon#1'), event('ServiceNotFound', { key: KEY, why: 'absent' })], 'off'],
    ['asked to go', [...switchedOn('access.gpon#1'), event('RevertRequested', { key: KEY, peer: NE })], 'on'],
    ['gone', [...switchedOn('access.gpon#1'), ...switchedOff('access.gpon#1')], 'off'],
    [
      'found after it was gone',
      [
        ...switchedOn('access.gpon#1'),
        ...switchedOff('access.gpon#1'),
        event('ServiceFound', { key: KEY, neId: 'NE-2', how: 'reconcile' }),
      ],
      'on',
    ],
  ] as const)('%s', (_what, events, proof) => {
    expect(stateAfter(...events).proof).toBe(proof);
  });
});

describe('a request', () => {
  test('is known by its intent, its peer and its time, and counted', () => {
    expect(stateAfter(requested('access.gpon#1'))).toMatchObject({
      requests: [{ intent: 'e3', at: '2026-11-24T01:00:02.000Z', peer: NE, monitor: null, doubtedAt: null }],
      tries: 1,
      attempt: 0,
    });
  });

  test('keeps its monitor through later doubts', () => {
    const service = stateAfter(requested('access.gpon#1'), inDoubt('MON-1'), inDoubt());
    expect(service.requests).toMatchObject([{ monitor: 'MON-1', doubtedAt: '2026-11-24T01:00:04.000Z' }]);
  });

  test('forgets monitor and refusal when it is made anew', () => {
    const service = stateAfter(
      requested('access.gpon#1'),
      inDoubt('MON-1'),
      event('ServiceRejected', { key: KEY, code: 'X' }),
      requested('access.gpon#1'),
    );
    expect(service).toMatchObject({
      requests: [{ outcome: 'refused' }, { monitor: null, doubtedAt: null, outcome: 'open' }],
      refusedCode: null,
      tries: 2,
    });
  });

  test('of a service that is not planned is a broken log', () => {
    expect(() => given(placed(), requested('access.gpon#1'))).toThrow(/not planned/);
  });
});

describe('a service that is on', () => {
  test('keeps its equipment when it is found again without', () => {
    const service = stateAfter(
      ...switchedOn('access.gpon#1'),
      event('ServiceFound', { key: KEY, neId: 'NE-access.gpon#1-1', how: 'reconcile' }),
    );
    expect(service).toMatchObject({ equipmentId: 'OLT-1/1', neId: 'NE-access.gpon#1-1', duplicates: [] });
  });

  test('under another id than it was proven on with has both', () => {
    const found = (neId: string, duplicates?: readonly string[]) =>
      event('ServiceFound', { key: KEY, neId, how: 'reconcile', ...(duplicates ? { duplicates } : {}) });
    const service = stateAfter(requested('access.gpon#1'), found('NE-1', ['NE-2']), found('NE-3'));
    expect(service.neId).toBe('NE-3');
    expect([...service.duplicates].sort()).toEqual(['NE-1', 'NE-2']);
    const gone = and(
      given(...started(), requested('access.gpon#1'), found('NE-1', ['NE-2'])),
      ...switchedOff('access.gpon#1'),
    );
    expect(gone.activation.services.get(KEY)?.duplicates).toEqual([]);
    expect(and(gone, found('NE-9')).activation.services.get(KEY)).toMatchObject({
      neId: 'NE-9',
      duplicates: [],
    });
  });
});

describe('a revert', () => {
  test('is asked once, keeps the last refusal, and uses the generation up', () => {
    const asked = event('RevertRequested', { key: KEY, peer: NE });
    const refusal = event('RevertRejected', { key: KEY, code: 'LOCKED' });
    expect(stateAfter(...switchedOn('access.gpon#1'), asked, refusal)).toMatchObject({
      revert: { at: '2026-11-24T01:00:04.000Z', peer: NE, code: 'LOCKED' },
      reverted: false,
    });
    const done = event('ServiceReverted', { key: KEY, how: 'was-absent' });
    expect(stateAfter(...switchedOn('access.gpon#1'), asked, refusal, done)).toMatchObject({
      revert: null,
      reverted: true,
    });
  });
});

describe('a refused service', () => {
  const refusedOnce = [
    requested('access.gpon#1'),
    event('ServiceRejected', { key: KEY, code: 'NO_PORT' }),
    held(`ActivateService:${KEY}`),
  ];
  const released = (action: 'retry' | 'released' | 'done') =>
    event('HoldReleased', { hold: `ActivateService:${KEY}`, action });

  test('is off again with the next suffix when a person says so, or when its hold goes', () => {
    for (const action of ['retry', 'released'] as const) {
      expect(stateAfter(...refusedOnce, released(action))).toMatchObject({ proof: 'off', attempt: 1 });
    }
  });

  test('stays refused when a person mends it by hand: what they found is an event of its own', () => {
    expect(stateAfter(...refusedOnce, released('done'))).toMatchObject({ proof: 'refused', attempt: 0 });
  });

  test('that nobody wanted, and so nobody held, is asked again by a later amendment', () => {
    const unheld = refusedOnce.slice(0, 2);
    const amendment = event('OrderAmended', { internetCount: 1, tvCount: 1 });
    expect(stateAfter(...unheld, amendment)).toMatchObject({ proof: 'off', attempt: 1 });
    expect(stateAfter(...refusedOnce, amendment)).toMatchObject({ proof: 'refused', attempt: 0 });
  });

  test('is not touched by the release of another hold', () => {
    const other = event('HoldReleased', { hold: `ActivateService:${keyOf('tv.stb#1')}`, action: 'retry' });
    expect(stateAfter(...refusedOnce, other).proof).toBe('refused');
  });
});

describe('the whole activation', () => {
  test('counts facts and confirmations by version', () => {
    const process = given(
      ...allOn(),
      event('ActivationCompleted', { equipmentId: 'OLT-1/1', services: [KEY] }),
    );
    expect(process.activation).toMatchObject({
      completed: { equipmentId: 'OLT-1/1' },
      factVersion: process.version - 1,
      undoVersion: 0,
    });
    const undone = and(process, cancelled(), event('ActivationCancelled', { services: [] }));
    expect(undone.activation.undoVersion).toBe(undone.version);
    expect(and(undone, on('access.gpon#1')).activation.factVersion).toBe(undone.version + 1);
  });

  test('a later plan adds to the earlier one', () => {
    const process = given(...allOn());
    const more = event('ActivationStarted', {
      plan: [
        {
          service: 'internet.hsi#2',
          spec: 'internet.hsi',
          generation: 1,
          key: keyOf('internet.hsi#2'),
          dependsOn: ['access.gpon#1'],
          characteristics: [],
        },
      ],
    });
    const proofs = [...and(process, more).activation.services.values()].map(({ proof }) => proof);
    expect(proofs).toEqual(['on', 'on', 'off']);
  });
});
