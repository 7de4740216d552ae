import { describe, expect, test } from 'vitest';
import { type GivenEvent, given } from '../../../test/support/given.ts';
import {
  allOn,
  amended,
  cancelled,
  event,
  keyOf,
  NE,
  queued,
  requested,
  returned,
  started,
  switchedOff,
  switchedOn,
} from '../../../test/support/stories.ts';
import { differences, isAllOn, latest, unplanned, wantedKeys, wantedServices } from './wanted.ts';

const two = { internet: 2, tv: 0 };
const one = { internet: 1, tv: 0 };
const HSI2 = keyOf('internet.hsi#2');
const leaving = event('RevertRequested', { key: HSI2, peer: NE });

describe('wanted', () => {
  test('is what the lines need, as amended', () => {
    const names = (...events: readonly GivenEvent[]) =>
      wantedServices(given(...events)).map(({ service }) => service);
    expect(names(...queued())).toEqual(['access.gpon#1', 'internet.hsi#1']);
    expect(names(...queued(), amended({ internet: 0, tv: 1 }))).toEqual([
      'access.gpon#1',
      'tv.multicast#1',
      'tv.stb#1',
    ]);
  });

  test('is nothing once the order is cancelled or returned', () => {
    expect(wantedServices(given(...queued(), cancelled()))).toEqual([]);
    expect(wantedKeys(given(...returned()))).toEqual(new Set());
  });

  test('keys leave out a generation that is used up, or is being used up', () => {
    expect(wantedKeys(given(...allOn(two)))).toContain(HSI2);
    expect(wantedKeys(given(...allOn(two), leaving))).not.toContain(HSI2);
    expect(wantedKeys(given(...allOn(two), ...switchedOff('internet.hsi#2')))).not.toContain(HSI2);
  });
});

describe('unplanned', () => {
  const names = (...events: readonly GivenEvent[]) =>
    unplanned(given(...events)).map(({ needed, generation }) => `${needed.service}/${generation}`);

  test('is everything at first, then what an amendment adds', () => {
    expect(names(started(two)[0] ?? amended(two))).toEqual([
      'access.gpon#1/1',
      'internet.hsi#1/1',
      'internet.hsi#2/1',
    ]);
    expect(names(...allOn(one), amended(two))).toEqual(['internet.hsi#2/1']);
  });

  test('is the next generation of what was reverted, once that is proven', () => {
    const out = [...allOn(two), amended(one)];
    expect(names(...out, leaving, amended(two))).toEqual([]);
    expect(names(...out, ...switchedOff('internet.hsi#2'), amended(two))).toEqual(['internet.hsi#2/2']);
  });

  test('the latest generation counts', () => {
    const process = given(
      ...allOn(two),
      ...switchedOff('internet.hsi#2'),
      event('ActivationStarted', {
        plan: [
          {
            service: 'internet.hsi#2',
            spec: 'internet.hsi',
            generation: 2,
            key: keyOf('internet.hsi#2', 2),
            dependsOn: ['access.gpon#1'],
            characteristics: [],
          },
        ],
      }),
    );
    expect(latest(process, 'internet.hsi#2')?.plan.generation).toBe(2);
    expect(latest(process, 'tv.stb#1')).toBeUndefined();
    expect(wantedKeys(process)).toContain(keyOf('internet.hsi#2', 2));
  });
});

describe('the difference between wanted and proven', () => {
  test.each([
    ['none when all is on', allOn(), []],
    ['what is not planned, by name', [...allOn(), amended(two)], ['internet.hsi#2']],
    ['what is not on', [...started(), ...switchedOn('access.gpon#1')], [keyOf('internet.hsi#1')]],
    ['what is unknown', [...allOn().slice(0, -1)], [keyOf('internet.hsi#1')]],
    ['what is on and not wanted', [...allOn(two), amended(one)], [HSI2]],
    ['what is leaving', [...allOn(two), amended(one), leaving], [HSI2]],
    ['nothing more once it is off', [...allOn(two), amended(one), ...switchedOff('internet.hsi#2')], []],
    ['what is unknown and not wanted', [...allOn(two).slice(0, -1), amended(one)], [HSI2]],
    [
      'refused and not wanted is off',
      [...allOn(two).slice(0, -1), event('ServiceRejected', { key: HSI2, code: 'X' }), amended(one)],
      [],
    ],
  ])('%s', (_what, events, expected) => {
    const process = given(...events);
    expect(differences(process)).toEqual(expected);
    if (expected.length === 0) expect(isAllOn(process)).toBe(true);
  });

  test('all on: nothing on the way, nothing to plan', () => {
    expect(isAllOn(given(...allOn(two)))).toBe(true);
    expect(isAllOn(given(...allOn(two), leaving))).toBe(false);
    expect(isAllOn(given(...started(), requested('access.gpon#1')))).toBe(false);
    expect(isAllOn(given(...allOn(one), amended(two)))).toBe(false);
  });
});
