import { expect, test } from 'vitest';
import { serverClock } from './server-clock.ts';

const EPOCH = 1_800_000_000_000;

/** A server's clock that is `ahead`, and a process that hears it; each answer takes `ms`. */
const heardClock = () => {
  const state = { own: 1_000, ahead: 0, sets: 0 };
  const clock = serverClock(
    () => state.own,
    () => {
      state.sets += 1;
    },
  );
  const hear = (ms = 1): void => {
    const asked = state.own;
    state.own += ms;
    clock.heard(EPOCH + asked + state.ahead, asked);
  };
  return { state, clock, hear };
};

test('is never ahead before it was heard', () => {
  const { clock } = heardClock();
  expect([clock.aheadOf(5), clock.age()]).toEqual([0, Number.POSITIVE_INFINITY]);
});

test('is followed by the own clock: a wall clock that is set makes no difference', () => {
  const { state, clock, hear } = heardClock();
  hear();
  state.own += 10_000;
  for (const wall of [EPOCH, EPOCH + 600_000, EPOCH - 600_000])
    expect(wall + clock.aheadOf(wall)).toBe(EPOCH + state.own - 1);
});

test.each([600_000, -600_000, 6_000, -6_000])(
  'has been set when it departs from the own clock by %d ms',
  (step) => {
    const { state, clock, hear } = heardClock();
    hear();
    hear();
    state.ahead += step;
    hear();
    expect(state.sets).toBe(1);
    expect(clock.aheadOf(0)).toBe(EPOCH + state.own - 1 + state.ahead);
    hear();
    expect(state.sets).toBe(1);
  },
);

test('has not been set when it is four seconds off, drifts, or answers late', () => {
  const { state, hear } = heardClock();
  hear();
  state.ahead += 4_000;
  hear();
  for (let hour = 0; hour < 24; hour += 1) {
    state.own += 3_600_000;
    state.ahead += 3_000;
    hear(20_000);
  }
  expect(state.sets).toBe(0);
});

test('that was heard late once is known better by the next answer', () => {
  const { state, clock, hear } = heardClock();
  hear(30_000);
  hear(1);
  expect(EPOCH + state.own - clock.aheadOf(0)).toBe(1);
});
