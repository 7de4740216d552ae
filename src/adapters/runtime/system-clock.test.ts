import { getEventListeners } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { fineUptime, systemClock } from './system-clock.ts';

describe('the wall clock', () => {
  test('is the real time', () => {
    const before = Date.now();
    const now = systemClock().now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  test('can be moved, and then runs on; the monotonic one is not moved', () => {
    vi.useFakeTimers({ now: 1_000_000 });
    try {
      const clock = systemClock({ now: '2026-11-24T00:00:00.000Z' });
      expect(clock.now()).toBe(Date.parse('2026-11-24T00:00:00.000Z'));
      vi.advanceTimersByTime(90_000);
      expect(new Date(clock.now()).toISOString()).toBe('2026-11-24T00:01:30.000Z');
      expect(clock.monotonic()).toBe(performance.now());
    } finally {
      vi.useRealTimers();
    }
  });

  test('does not begin at nonsense', () => {
    expect(() => systemClock({ now: 'tomorrow' })).toThrow(RangeError);
  });
});

describe('the time since the boot', () => {
  /** A machine: `at` is its true time, of which the system tells hundredths of a second. `pause`: after which reading. */
  const machine = () => {
    const state = { at: 1_000_000, slept: 0, pauses: [] as number[] };
    const coarse = (): number => {
      const told = Math.floor(state.at / 10) * 10;
      state.at += state.pauses.shift() ?? 0;
      return told;
    };
    const monotonic = (): number => state.at - state.slept - 400_000;
    return { state, uptime: fineUptime({ coarse, monotonic }) };
  };

  test('never goes back, and is never behind by more than a grain, wherever the process is kept from running', () => {
    const { state, uptime } = machine();
    let last = uptime();
    for (const pause of [0, 25, 0, 3, 60, 0, 0, 11, 0]) {
      state.pauses = [pause];
      state.at += 7;
      const shown = uptime();
      expect(shown).toBeGreaterThanOrEqual(last);
      expect(shown).toBeLessThanOrEqual(state.at);
      expect(state.at - shown).toBeLessThanOrEqual(10);
      last = shown;
    }
  });

  test('goes on while the machine sleeps', () => {
    const { state, uptime } = machine();
    const before = uptime();
    state.at += 3_600_000;
    state.slept += 3_600_000;
    expect(uptime() - before).toBeGreaterThanOrEqual(3_600_000 - 10);
  });
});

describe('wait', () => {
  test('ends when the time is over, not before', async () => {
    vi.useFakeTimers();
    try {
      const ended = vi.fn();
      const waiting = systemClock().wait(1_000).then(ended);
      await vi.advanceTimersByTimeAsync(999);
      expect(ended).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect(ended).toHaveBeenCalledOnce();
      await waiting;
    } finally {
      vi.useRealTimers();
    }
  });

  test('a wait of months does not end at once', async () => {
    vi.useFakeTimers();
    try {
      const ended = vi.fn();
      const waiting = systemClock().wait(3_000_000_000).then(ended);
      await vi.advanceTimersByTimeAsync(2_999_999_999);
      expect(ended).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect(ended).toHaveBeenCalledOnce();
      await waiting;
    } finally {
      vi.useRealTimers();
    }
  });

  test('an abort ends it at once and leaves neither timer nor listener', async () => {
    vi.useFakeTimers();
    try {
      const abort = new AbortController();
      const waiting = systemClock().wait(3_000_000_000, abort.signal);
      expect(vi.getTimerCount()).toBe(1);
      abort.abort();
      await waiting;
      expect(vi.getTimerCount()).toBe(0);
      expect(getEventListeners(abort.signal, 'abort')).toHaveLength(0);
      await systemClock().wait(1_000, abort.signal);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test.each([0, -5, Number.NaN])('of %s ms is over at once', async (ms) => {
    await systemClock().wait(ms);
  });
});
