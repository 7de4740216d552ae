import { describe, expect, test } from 'vitest';
import { and, type GivenEvent, given } from '../../../test/support/given.ts';
import {
  allOn,
  cancelled,
  completed,
  event,
  held,
  keyOf,
  NE,
  on,
  placed,
  requested,
  started,
  switchedOff,
} from '../../../test/support/stories.ts';
import { openRequests, soleMaker } from '../activation/requests.ts';
import { differences, isAllOn } from '../activation/wanted.ts';
import { DEFAULT_POLICY } from '../rules/policy.ts';
import { nextSteps } from '../saga/saga.ts';
import type { EventOf } from './events.ts';
import { historyMayBeLost } from './lost-history.ts';
import type { OrderProcess } from './process.ts';

const GPON = keyOf('access.gpon#1');
const HSI = keyOf('internet.hsi#1');
const own = { boot: 'boot-1', uptime: () => 60_000.5 };
const lost = (process: OrderProcess, mark: string | null = null) =>
  historyMayBeLost(process, {
    peer: NE,
    mark,
    timing: DEFAULT_POLICY.ne,
    own,
  }) as EventOf<'HistoryMayBeLost'>;
const told = (process: OrderProcess): OrderProcess => and(process, lost(process));
const restored = (...events: readonly GivenEvent[]): OrderProcess => told(given(...events));
const proofs = (process: OrderProcess) =>
  [...process.activation.services.values()].map(({ proof, known }) => [proof, known]);
const stepsOf = (process: OrderProcess) =>
  nextSteps(process, DEFAULT_POLICY).map(({ name, subject }) => `${name} ${subject}`);

describe('an order of a restored log', () => {
  test('that goes on knows of none of its services, and looks for each before anything else', () => {
    const process = restored(...started(), requested('access.gpon#1'), on('access.gpon#1'));
    expect(lost(given(...started(), requested('access.gpon#1'), on('access.gpon#1'))).data).toEqual({
      peer: NE,
      boundMs: DEFAULT_POLICY.ne.pollMaxMs,
      boot: 'boot-1',
      uptimeMs: 60_000,
      asked: [HSI],
      maybeGone: [GPON],
    });
    expect(proofs(process)).toEqual([
      ['unknown', 'on'],
      ['unknown', 'off'],
    ]);
    expect(stepsOf(process)).toEqual([`CheckService ${GPON}`, `CheckService ${HSI}`]);
    expect(nextSteps(process, DEFAULT_POLICY).map(({ notBefore }) => notBefore)).toEqual([0, 0]);
    expect(differences(process)).toEqual([GPON, HSI]);
  });

  test('that has all on is not asked for a visit before it was seen', () => {
    const process = restored(...allOn());
    expect(isAllOn(process)).toBe(false);
    expect(stepsOf(process)).toEqual([`CheckService ${GPON}`, `CheckService ${HSI}`]);
    const seen = [GPON, HSI].map((key) => event('ServiceFound', { key, neId: `NE-${key}`, how: 'look-up' }));
    expect(isAllOn(and(process, ...seen))).toBe(true);
  });

  test('that was not planned is looked for under the names that it may have got', () => {
    const process = given(placed());
    const { asked, maybeGone, plan = [] } = lost(process, 'k7f3c1x9').data;
    expect(asked).toEqual(['ORD-000042@k7f3c1x9/access.gpon#1/1', 'ORD-000042@k7f3c1x9/internet.hsi#1/1']);
    expect([maybeGone, plan.map(({ key }) => key)]).toEqual([[], asked]);
    const planned = and(process, lost(process, 'k7f3c1x9'));
    expect(stepsOf(planned)).toEqual(asked.map((key) => `CheckService ${key}`));
    expect(planned.stage).toBe('activating');
  });

  test('that is undone or completed has asked for nothing in what was lost', () => {
    for (const events of [[...allOn(), cancelled('tm-queue')], completed()]) {
      const before = given(...events);
      const process = told(before);
      expect(lost(before).data).toMatchObject({ asked: [], maybeGone: [] });
      expect(stepsOf(process)).toEqual(stepsOf(before));
      expect(process.activation).toEqual(before.activation);
    }
  });

  test('that is cancelled afterwards switches off what may still be on, without a look before', () => {
    const process = and(restored(...allOn()), cancelled('tm-queue'));
    expect(stepsOf(process)).toEqual([`RevertService ${HSI}`]);
  });

  test('does not end, and creates nothing, while a request that may be lost is open', () => {
    const process = and(restored(...started()), cancelled('activating'));
    expect(stepsOf(process)).toEqual([`CheckService ${GPON}`, `CheckService ${HSI}`]);
  });

  test('keeps what was reverted, which is never asked for again under its name', () => {
    const events = [...allOn(), ...switchedOff('internet.hsi#1')];
    expect(lost(given(...events)).data).toMatchObject({
      asked: [keyOf('internet.hsi#1', 2)],
      maybeGone: [GPON],
    });
  });
});

describe('a request that may be lost', () => {
  const asked = () => {
    const process = restored(...started());
    const service = process.activation.services.get(GPON);
    if (service === undefined) throw new Error('not planned');
    return { process, service };
  };
  const answer = (intent: string): GivenEvent => ({
    ...event('ServiceNotFound', { key: GPON, why: 'absent' }),
    causationId: intent,
  });

  test('stands for any number of them: nothing that is found early answers it', () => {
    const { service } = asked();
    expect(openRequests(service)).toHaveLength(1);
    expect(soleMaker(service)).toBeNull();
  });

  test('that came to nothing counts neither as a try nor as one in vain, and lifts no refusal', () => {
    const { process, service } = asked();
    const [request] = openRequests(service);
    const proven = and(process, answer(request?.intent ?? ''));
    expect(proven.activation.services.get(GPON)).toMatchObject({ proof: 'off', inVain: 0, tries: 0 });
    const refused = given(
      ...started(),
      requested('access.gpon#1'),
      event('ServiceRejected', { key: GPON, code: 'NO_PORT' }),
      held('ActivateService', GPON),
    );
    const again = told(refused);
    expect(again.activation.services.get(GPON)?.proof).toBe('unknown');
    const intent = [...(again.activation.services.get(GPON)?.requests ?? [])].at(-1)?.intent ?? '';
    expect(and(again, answer(intent)).activation.services.get(GPON)?.proof).toBe('refused');
  });
});
