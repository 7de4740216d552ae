import { describe, expect, test } from 'vitest';
import { and, type GivenEvent, given } from '../../../test/support/given.ts';
import { cancelled, event, keyOf, requested, started } from '../../../test/support/stories.ts';
import { DEFAULT_POLICY } from '../rules/policy.ts';
import { nextSteps } from '../saga/saga.ts';
import { openRequests, soleMaker } from './requests.ts';
import { differences } from './wanted.ts';

const KEY = keyOf('access.gpon#1');
const service = (...events: readonly GivenEvent[]) => {
  const state = given(...started(), ...events).activation.services.get(KEY);
  if (state === undefined) throw new Error('not planned');
  return state;
};
/** Event ids of the two requests in the stories below: e3, and e5 or e6. */
const doubt = (intent?: string, more: object = {}): GivenEvent => ({
  ...event('ServiceInDoubt', { key: KEY, cause: { code: 'ANSWER_LOST', error: 'reset' }, ...more }),
  ...(intent === undefined ? {} : { causationId: intent }),
});
const absent = (intent?: string): GivenEvent => ({
  ...event('ServiceNotFound', { key: KEY, why: 'absent' }),
  ...(intent === undefined ? {} : { causationId: intent }),
});
const found = (request?: string | null): GivenEvent =>
  event('ServiceFound', {
    key: KEY,
    neId: 'NE-1',
    how: 'look-up',
    ...(request === undefined ? {} : { request }),
  });
const reverted = (request?: string | null): GivenEvent =>
  event('ServiceReverted', { key: KEY, how: 'reverted', ...(request === undefined ? {} : { request }) });
const activated = (intent: string, neId = 'NE-1'): GivenEvent => ({
  ...event('ServiceActivated', { key: KEY, neId }),
  causationId: intent,
});
const twice = [requested('access.gpon#1'), absent('e3'), requested('access.gpon#1')] as const;

describe('an answer', () => {
  test('of an old look-up leaves the later request open: the service is unknown after its revert', () => {
    for (const story of [
      [...twice, found(null), reverted(null), doubt('e5')],
      [...twice, found('e3'), reverted(null), doubt('e5')],
      [...twice, found('e3'), reverted(null)],
      // As older events tell it: none names its request, but the doubt.
      [requested('access.gpon#1'), absent(), requested('access.gpon#1'), found(), reverted(), doubt('e5')],
    ]) {
      const state = service(...story);
      expect(state.proof).toBe('unknown');
      expect(openRequests(state).map(({ intent }) => intent)).toEqual(['e5']);
    }
  });

  test('that names its request answers that one alone', () => {
    const state = service(...twice, absent('e5'));
    expect(state.requests.map(({ outcome }) => outcome)).toEqual(['absent', 'absent']);
    expect(state).toMatchObject({ proof: 'off', inVain: 2 });
    expect(service(...twice, found('e5')).requests.map(({ outcome }) => outcome)).toEqual([
      'absent',
      'found',
    ]);
  });

  test('of an older event is one of the last request that was open', () => {
    expect(service(requested('access.gpon#1'), found())).toMatchObject({ proof: 'on' });
    expect(openRequests(service(requested('access.gpon#1'), found()))).toEqual([]);
    expect(service(requested('access.gpon#1'), absent()).proof).toBe('off');
    expect(service(requested('access.gpon#1'), doubt(), reverted()).proof).toBe('off');
  });

  test('that confirms what nobody believed any more counts, whichever request it names', () => {
    const state = service(...twice, activated('e3'));
    expect(state).toMatchObject({ proof: 'on', neId: 'NE-1' });
    expect(openRequests(state)).toHaveLength(1);
    expect(service(requested('access.gpon#1'), absent('e3'), activated('e3')).proof).toBe('on');
  });

  test('to another request takes nothing away from a service that is on', () => {
    const state = service(...twice, activated('e3'), absent('e5'));
    expect(state).toMatchObject({ proof: 'on', neId: 'NE-1' });
    expect(openRequests(state)).toEqual([]);
    const refused = event('ServiceRejected', { key: KEY, code: 'X' });
    expect(service(...twice, activated('e3'), { ...refused, causationId: 'e5' }).proof).toBe('on');
  });

  test('that is no proof keeps what the peer said, until it is known', () => {
    const said = service(requested('access.gpon#1'), doubt('e3', { code: 'NO_PORT' }));
    expect(said).toMatchObject({ proof: 'unknown', requests: [{ refusedCode: 'NO_PORT' }] });
    const busy = service(requested('access.gpon#1'), doubt('e3', { turnedAway: true }), absent('e3'));
    expect(busy).toMatchObject({ proof: 'off', inVain: 0 });
  });
});

describe('while a request is open', () => {
  const going = given(...started(), ...twice, activated('e3'));
  const undone = and(going, cancelled('activating'), reverted(null));
  const names = (process: typeof going) => nextSteps(process, DEFAULT_POLICY).map(({ name }) => name);

  test('it is looked up, also of a service that is on', () => {
    expect(nextSteps(going, DEFAULT_POLICY)).toContainEqual(
      expect.objectContaining({ name: 'CheckService', subject: KEY }),
    );
    expect(names(and(going, absent('e5')))).not.toContain('CheckService');
  });

  test('there is no off, no new create, no end', () => {
    expect(undone.activation.services.get(KEY)?.proof).toBe('unknown');
    expect(differences(undone)).toEqual([KEY]);
    expect(names(undone)).toEqual(['CheckService']);
    expect(names(and(undone, absent('e5')))).toEqual(['ConfirmUndo']);
    const asked = given(...started(), requested('access.gpon#1'), doubt('e3', { code: 'NO_PORT' }));
    const retried = and(
      asked,
      event('OrderHeld', { hold: `ActivateService:${KEY}`, step: 'ActivateService', cause: 'NO_PORT' }),
      event('HoldReleased', { hold: `ActivateService:${KEY}`, action: 'retry' }),
    );
    expect(names(retried)).toEqual(['CheckService']);
  });
});

describe('what can have made a service', () => {
  test('is one request alone only if every other one never left', () => {
    const unsent: GivenEvent = {
      ...event('ServiceNotFound', { key: KEY, why: 'not-sent' }),
      causationId: 'e3',
    };
    expect(soleMaker(service(requested('access.gpon#1')))?.intent).toBe('e3');
    expect(soleMaker(service(...twice))).toBeNull();
    expect(soleMaker(service(requested('access.gpon#1'), unsent, requested('access.gpon#1')))?.intent).toBe(
      'e5',
    );
  });
});

describe('a service that the NE told of under another name', () => {
  const told = doubt('e3', { told: { neId: 'NE-7', name: 'cut-short' } });
  /** Looked up by our name in vain: it is elsewhere. */
  const elsewhere = [told, told];

  test('is looked up by our name first: perhaps only the answer was wrong', () => {
    const state = service(requested('access.gpon#1'), told);
    expect(openRequests(state)).toHaveLength(1);
    expect(service(requested('access.gpon#1'), told, activated('e3', 'NE-7'))).toMatchObject({
      proof: 'on',
      told: [],
    });
  });

  test('is not created again, and is this service under that name too', () => {
    const state = service(requested('access.gpon#1'), ...elsewhere);
    expect(state).toMatchObject({
      proof: 'unknown',
      told: [{ neId: 'NE-7', name: 'cut-short' }],
      names: ['cut-short'],
      requests: [{ outcome: 'told' }],
    });
    const process = given(...started(), requested('access.gpon#1'), ...elsewhere);
    expect(nextSteps(process, DEFAULT_POLICY).map(({ name }) => name)).toEqual(['CheckService']);
  });

  test('is switched off when nobody wants the service, by its id', () => {
    const process = given(...started(), requested('access.gpon#1'), ...elsewhere, cancelled('activating'));
    expect(nextSteps(process, DEFAULT_POLICY).map(({ name }) => name)).toEqual(['RevertService']);
    expect(and(process, reverted()).activation.services.get(KEY)).toMatchObject({ proof: 'off', told: [] });
  });

  test('is none of ours any more when its id is disowned', () => {
    const disowned = event('ServiceDisowned', { key: KEY, neId: 'NE-7', name: 'ORD-000043/x#1/1' });
    expect(service(requested('access.gpon#1'), ...elsewhere, disowned)).toMatchObject({
      proof: 'off',
      told: [],
    });
    expect(service(requested('access.gpon#1'), activated('e3', 'NE-7'), disowned).neId).toBeNull();
  });
});

test('a look that saw nothing is forgotten with the next fact', () => {
  const notSeen = event('ServiceNotSeen', { key: KEY, counts: true, boot: 'b', uptimeMs: 1 });
  expect(service(requested('access.gpon#1'), notSeen).notSeen).toMatchObject({ counts: true, uptimeMs: 1 });
  expect(service(requested('access.gpon#1'), notSeen, doubt('e3')).notSeen).toBeNull();
});
