import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY, type NeTiming, REAL_NE } from '../rules/policy.ts';
import { ms } from '../time/iso.ts';
import { type OwnClock, ownClock } from '../time/own-clock.ts';
import { MINUTE_MS } from '../time/units.ts';
import { absentFrom, tellsFrom } from './absence.ts';
import { newRequest, type RequestOutcome, type ServiceRequest } from './requests.ts';

const REAL: NeTiming = { ...DEFAULT_POLICY.ne, ...REAL_NE };
const AT_ONCE = DEFAULT_POLICY.ne;
const BOUND_MS = 10_000;

const AT = '2026-11-24T01:00:00.000Z';

/** A machine whose clocks agree that the request was written at an uptime of 50 s; `off`: as much its wall clock is ahead. */
const machine = (boot: string, uptime: number, off = 0) => {
  const clock = {
    boot,
    uptimeMs: uptime,
    uptime: () => clock.uptimeMs,
    now: () => ms(AT) + clock.uptimeMs - 50_000 + off,
  };
  return clock;
};
const request = (more: Partial<ServiceRequest> = {}): ServiceRequest => ({
  ...newRequest({
    intent: 'e3',
    at: AT,
    peer: 'ne:x',
    boundMs: BOUND_MS,
    boot: 'boot-a',
    uptimeMs: 50_000,
  }),
  ...more,
});
const answeredWith = (outcome: RequestOutcome): ServiceRequest => request({ outcome, answer: 'e4' });
const service = (...requests: readonly ServiceRequest[]) => ({ requests, unseen: null, notSeen: null });
const tells = (one: ServiceRequest, own: OwnClock, timing = AT_ONCE) =>
  tellsFrom(one, service(one), { timing, own });

describe('what became of a request is told from', () => {
  test('the end of its bound on, by whoever is of the same boot, however late that one comes', () => {
    expect(tells(request(), ownClock(machine('boot-a', 58_000)))).toBe(60_000);
    expect(tells(request(), ownClock(machine('boot-a', 9_000_000)))).toBe(60_000);
  });

  test('no sooner than its bound is over by both clocks: machines that were cloned while they ran are of one boot', () => {
    // Up for an hour more than the machine that sent it four seconds ago.
    const clone = ownClock(machine('boot-a', 3_654_000, -3_600_000));
    expect(tells(request(), clone)).toBe(3_654_000 - 4_000 - 1_000 + BOUND_MS);
    // A wall clock that was set on, or back to before the request, says nothing.
    expect(tells(request(), ownClock(machine('boot-a', 58_000, 3_600_000)))).toBe(60_000);
    expect(tells(request(), ownClock(machine('boot-a', 58_000, -9_000)))).toBe(60_000);
  });

  test('its first reading on, by every other one: a clock that counts from elsewhere says nothing', () => {
    const other = machine('boot-b', 9_000_000);
    const own = ownClock(other);
    expect(tells(request(), own)).toBe(9_010_000);
    other.uptimeMs += 4_000;
    expect(tells(request(), own)).toBe(9_010_000);
    expect(tells(request({ intent: 'e9' }), own)).toBe(9_014_000);
    // An intent of a time that is still to come (a moved clock), and one that says nothing of it.
    expect(tells(request(), ownClock(machine('boot-a', 1_000)))).toBe(11_000);
    expect(tells(request({ boot: null, uptimeMs: null }), ownClock(machine('boot-a', 70_000)))).toBe(80_000);
  });

  test('what its sender was set to, not its checker', () => {
    const own = ownClock(machine('boot-a', 58_000));
    expect(tells(request({ boundMs: 35_000 }), own)).toBe(85_000);
    expect(tells(request({ boundMs: null }), own)).toBe(60_000);
  });

  test('the age limit on, of one that was taken on', () => {
    const own = ownClock(machine('boot-a', 58_000));
    expect(tells(request({ isAccepted: true }), own)).toBe(50_000 + AT_ONCE.pollMaxMs);
    expect(tells(request({ monitor: 'MON-1' }), own)).toBe(50_000 + AT_ONCE.pollMaxMs);
  });

  test('as much later as reads may be old', () => {
    expect(tells(request(), ownClock(machine('boot-a', 58_000)), REAL)).toBe(65_000);
  });

  test('the first look on that a process of this boot has put on the log', () => {
    const own = ownClock(machine('boot-b', 900_000));
    const notSeen = {
      event: 'e7',
      at: '2026-11-24T01:05:00.000Z',
      counts: false,
      boot: 'boot-b',
      uptimeMs: 890_000,
      since: 880_000,
    };
    const of = { ...service(request()), notSeen };
    expect(tellsFrom(request(), of, { timing: AT_ONCE, own })).toBe(890_000);
    const elsewhere = { ...of, notSeen: { ...notSeen, boot: 'boot-c' } };
    expect(tellsFrom(request(), elsewhere, { timing: AT_ONCE, own })).toBe(910_000);
  });
});

describe('nothing is there', () => {
  const absent = (one: ServiceRequest, own: OwnClock, timing: NeTiming) =>
    absentFrom(service(one), { timing, own });

  test('while reads may be old only so long after the last effect', () => {
    const elsewhere = ownClock(machine('boot-b', 900_000));
    const here = ownClock(machine('boot-a', 300_000));
    for (const outcome of ['activated', 'found', 'told', 'over'] as const) {
      expect(absent(answeredWith(outcome), elsewhere, REAL)).toBe(905_000);
      expect(absent(answeredWith(outcome), here, REAL)).toBe(65_000);
      expect(absent(answeredWith(outcome), elsewhere, AT_ONCE)).toBe(Number.NEGATIVE_INFINITY);
    }
    for (const outcome of ['absent', 'refused', 'not-sent'] as const) {
      expect(absent(answeredWith(outcome), elsewhere, REAL)).toBe(Number.NEGATIVE_INFINITY);
    }
  });

  test('by an id that was told and never shown only after its time', () => {
    const own = ownClock(machine('boot-b', 900_000));
    const of = { ...service(answeredWith('activated')), unseen: { neId: 'NE-1', by: 'e4' } };
    expect(absentFrom(of, { timing: REAL, own })).toBe(900_000 + 15 * MINUTE_MS);
    const here = ownClock(machine('boot-a', 300_000));
    expect(absentFrom(of, { timing: REAL, own: here })).toBe(60_000 + 15 * MINUTE_MS);
    expect(absentFrom(of, { timing: AT_ONCE, own })).toBe(Number.NEGATIVE_INFINITY);
  });
});
