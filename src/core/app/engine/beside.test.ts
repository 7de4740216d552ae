import { describe, expect, it } from 'vitest';
import { memoryClock } from '../../../adapters/memory/memory-clock.ts';
import { Refusal } from '../../rules/refusal.ts';
import { runBeside } from './beside.ts';

const REPLACED = new Refusal('DATABASE_REPLACED', { database: '/x', file: '/x-wal' });
const forEver = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

const world = (run: (signal: AbortSignal, time: number) => Promise<void>) => {
  const clock = memoryClock();
  const stop = new AbortController();
  const restarts: string[] = [];
  let times = 0;
  const beside = {
    name: 'compare' as const,
    run: (signal: AbortSignal) => {
      times += 1;
      return run(signal, times);
    },
  };
  const onRestart = (name: string, error: unknown, pauseMs: number) =>
    void restarts.push(`${name} ${pauseMs}: ${String(error)}`);
  const running = runBeside(forEver, [beside], { clock, signal: stop.signal, onRestart });
  running.catch(() => undefined);
  return { clock, stop, restarts, running, times: () => times };
};

describe('a loop beside the orders', () => {
  it('that throws, or ends although nobody told it to, begins anew with growing pauses', async () => {
    const { clock, stop, restarts, running, times } = world(async (signal, time) => {
      if (time === 1) throw new Error('a bug');
      if (time === 3) await forEver(signal);
    });
    await clock.advance(1_000);
    expect(times()).toBe(2);
    await clock.advance(2_000);
    expect(times()).toBe(3);
    expect(restarts).toEqual(['compare 1000: Error: a bug', 'compare 2000: Error: it ended by itself']);
    stop.abort();
    await running;
  });

  it.each([
    new Refusal('DISK_FULL', { path: '/x' }),
    new Refusal('ORDER_UNREADABLE', { orderId: 'ORD-000001', version: 2, problem: 'data' }),
  ])('begins anew after $code', async (refusal) => {
    const { clock, stop, running, times } = world(async (signal, time) => {
      if (time === 1) throw refusal;
      await forEver(signal);
    });
    await clock.advance(1_000);
    expect(times()).toBe(2);
    stop.abort();
    await running;
  });

  it('ends everything, with its error, when that is for good', async () => {
    const { running } = world(() => Promise.reject(REPLACED));
    await expect(running).rejects.toBe(REPLACED);
  });

  it('does not outlive the orders, whichever way these end', async () => {
    const clock = memoryClock();
    let ended = false;
    const beside = {
      name: 'compare' as const,
      run: async (signal: AbortSignal) => {
        await clock.wait(3_600_000, signal);
        ended = true;
      },
    };
    const options = { clock, signal: new AbortController().signal, onRestart: () => undefined };
    await expect(runBeside(() => Promise.reject(REPLACED), [beside], options)).rejects.toBe(REPLACED);
    expect(ended).toBe(true);
    expect(clock.waiting()).toBe(0);
  });
});
