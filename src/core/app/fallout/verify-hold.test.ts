import { describe, expect, it } from 'vitest';
import { newRequest } from '../../activation/requests.ts';
import type { ServiceState } from '../../activation/service-state.ts';
import type { Cause } from '../../codes/cause.ts';
import type { Found } from '../../codes/found.ts';
import type { LookUp } from '../../peers/outcome.ts';
import type { NeService } from '../../ports/peers.ts';
import { DEFAULT_POLICY } from '../../rules/policy.ts';
import { iso } from '../../time/iso.ts';
import { type NeReading, verdictOf } from './verify-hold.ts';

const KEY = 'ORD-000042/internet.hsi#1/1';
const PEER = 'ne:simulated';
const NOW = Date.UTC(2026, 10, 24, 5);

const REQUEST = newRequest({
  intent: 'e',
  at: iso(NOW - 3_600_000),
  peer: PEER,
  boundMs: null,
  boot: null,
  uptimeMs: null,
});

const service = (change: Partial<ServiceState> = {}): ServiceState => ({
  plan: {
    service: 'internet.hsi#1',
    spec: 'internet.hsi',
    generation: 1,
    key: KEY,
    dependsOn: [],
    characteristics: [],
  },
  proof: 'on',
  known: 'on',
  requests: [{ ...REQUEST, outcome: 'activated', isNamed: true }],
  told: [],
  names: [],
  unseen: null,
  readBack: false,
  maybeGone: false,
  notSeen: null,
  inVain: 0,
  neId: 'NE-1',
  equipmentId: null,
  duplicates: [],
  revertsDuplicates: false,
  revert: null,
  reverted: false,
  tries: 1,
  attempt: 0,
  waived: false,
  refusedCode: null,
  ...change,
});

const at = (neId: string, state = 'active', key = KEY): NeService => ({ neId, key, state });
const found = (neId: string, key = KEY): LookUp<NeService> => ({
  kind: 'found',
  value: at(neId, 'active', key),
});
const terminated = (neId: string, key = KEY): LookUp<NeService> => ({
  kind: 'terminated',
  value: at(neId, 'terminated', key),
});
const ABSENT: LookUp<NeService> = { kind: 'absent' };
const UNKNOWN: LookUp<NeService> = {
  kind: 'unknown',
  cause: { code: 'HTTP_STATUS', status: 500, told: '' },
  retryAt: null,
};
const METHOD: Cause = { code: 'HTTP_STATUS', status: 405, told: '' };
const UNSUPPORTED: LookUp<NeService> = { kind: 'unsupported', cause: METHOD };
const MISCONFIGURED: LookUp<NeService> = {
  kind: 'misconfigured',
  cause: { code: 'HTTP_STATUS', status: 401, told: '' },
};

const judge = (
  step: string,
  byId: LookUp<NeService>,
  byKey: LookUp<NeService>,
  rest: Partial<NeReading> & { readonly of?: ServiceState; readonly readAt?: number } = {},
) => {
  const { of = service(), readAt = NOW - 3_600_000, ...more } = rest;
  const reading = { byId, byKey, others: [], neId: 'NE-1', peer: PEER, beganAt: NOW, ...more };
  const own = { boot: 'boot', uptime: () => NOW, now: () => NOW, firstRead: () => readAt };
  return verdictOf(of, step, reading, { timing: DEFAULT_POLICY.ne, own, now: NOW });
};

const ON = {
  kind: 'proven',
  fact: { type: 'ServiceFound', data: { key: KEY, neId: 'NE-1', how: 'by-hand' } },
};
const off = {
  kind: 'proven',
  fact: { type: 'ServiceReverted', data: { key: KEY, how: 'by-hand', request: 'e' } },
};
const OFF = { kind: 'proven', fact: { type: 'ServiceReverted', data: { key: KEY, how: 'by-hand' } } };

describe('verdictOf a service that should be on', () => {
  it.each(['ActivateService', 'CheckService'])(
    '%s: proven when it is active and alone under its key',
    (step) => {
      expect(judge(step, found('NE-1'), found('NE-1'))).toEqual(ON);
      expect(judge(step, found('NE-1'), UNSUPPORTED)).toEqual(ON);
    },
  );

  it('takes the equipment that the NE names', () => {
    const value = { ...at('NE-1'), equipmentId: 'OLT-1/2' };
    expect(judge('ActivateService', { kind: 'found', value }, found('NE-1'))).toMatchObject({
      fact: { data: { equipmentId: 'OLT-1/2' } },
    });
  });

  it.each<[string, LookUp<NeService>, LookUp<NeService>, Found]>([
    [
      'another service',
      found('NE-1', 'ORD-000001/tv.stb#1/1'),
      ABSENT,
      { code: 'OTHER_KEY', neId: 'NE-1', key: 'ORD-000001/tv.stb#1/1' },
    ],
    ['one that is over', terminated('NE-1'), ABSENT, { code: 'TERMINATED', neId: 'NE-1' }],
    ['none', ABSENT, ABSENT, { code: 'NOT_KNOWN', neId: 'NE-1' }],
    ['an NE that cannot be read', UNSUPPORTED, ABSENT, { code: 'UNREADABLE', cause: METHOD }],
    [
      'a second one under the key',
      found('NE-1'),
      { kind: 'ambiguous', matches: [at('NE-1'), at('NE-2')] },
      { code: 'OTHERS_ACTIVE', neIds: ['NE-2'] },
    ],
    [
      'only another one under the key',
      found('NE-1'),
      found('NE-2'),
      { code: 'OTHERS_ACTIVE', neIds: ['NE-2'] },
    ],
  ])('is not so for %s', (_what, byId, byKey, says) => {
    expect(judge('ActivateService', byId, byKey)).toEqual({ kind: 'not-so', found: says });
  });

  it('a dead one beside it under the key is no matter', () => {
    const byKey: LookUp<NeService> = { kind: 'ambiguous', matches: [at('NE-1'), at('NE-2', 'terminated')] };
    expect(judge('CheckService', found('NE-1'), byKey)).toEqual(ON);
  });

  it('says nothing while the NE says nothing', () => {
    expect(judge('ActivateService', UNKNOWN, ABSENT)).toMatchObject({ kind: 'no-answer' });
    expect(judge('ActivateService', found('NE-1'), UNKNOWN)).toMatchObject({ kind: 'no-answer' });
    expect(judge('ActivateService', MISCONFIGURED, ABSENT)).toMatchObject({ kind: 'misconfigured' });
    expect(judge('ActivateService', found('NE-1'), MISCONFIGURED)).toMatchObject({ kind: 'misconfigured' });
  });
});

describe('verdictOf a service that should be off', () => {
  it.each<[string, LookUp<NeService>, LookUp<NeService>]>([
    ['terminated', terminated('NE-1'), terminated('NE-1')],
    ['absent', ABSENT, ABSENT],
    ['absent where only ids are read', ABSENT, UNSUPPORTED],
  ])('is proven when it is %s', (_what, byId, byKey) => {
    expect(judge('RevertService', byId, byKey)).toEqual(OFF);
  });

  it.each<[string, LookUp<NeService>, LookUp<NeService>, Partial<NeReading>]>([
    ['it is still active', found('NE-1'), found('NE-1'), {}],
    ['another one lives under the key', ABSENT, found('NE-2'), {}],
    [
      'a match is neither active nor over',
      ABSENT,
      { kind: 'ambiguous', matches: [at('NE-2', 'suspended'), at('NE-3', 'terminated')] },
      {},
    ],
    [
      'one that the log knows lives',
      ABSENT,
      UNSUPPORTED,
      { others: [{ neId: 'NE-2', lookUp: found('NE-2') }] },
    ],
    ['it is another service', terminated('NE-1', 'ORD-000001/tv.stb#1/1'), ABSENT, {}],
    ['it is another NE', ABSENT, ABSENT, { peer: 'ne:elsewhere' }],
  ])('is not so while %s', (_what, byId, byKey, more) => {
    expect(judge('RevertService', byId, byKey, more)).toMatchObject({ kind: 'not-so' });
  });

  it('says nothing while one of the answers is missing', () => {
    expect(judge('RevertService', ABSENT, UNKNOWN)).toMatchObject({ kind: 'no-answer' });
    const others = [{ neId: 'NE-2', lookUp: UNKNOWN }];
    expect(judge('RevertService', ABSENT, ABSENT, { others })).toMatchObject({ kind: 'no-answer' });
  });

  it('believes the absence of what is in doubt only late', () => {
    const of = service({ proof: 'unknown', known: 'off', neId: null, requests: [REQUEST] });
    const readAt = NOW - 9_000;
    expect(judge('CheckService', ABSENT, ABSENT, { of, readAt })).toMatchObject({
      kind: 'no-answer',
      retryAt: NOW + 1_000,
    });
    expect(judge('CheckService', ABSENT, ABSENT, { of, readAt, beganAt: NOW + 1_000 })).toEqual(off);
    expect(judge('CheckService', terminated('NE-1'), terminated('NE-1'), { of, readAt })).toEqual(off);
  });
});
