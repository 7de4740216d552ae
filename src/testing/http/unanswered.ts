import { vi } from 'vitest';
import type { TestServer } from './test-server.ts';

/**
 * Sends a request that the server leaves without an answer, and lets its deadline pass once the server has it: a machine
 * that is busy does not take the time that is the request's. What it came to.
 */
export const unanswered = async <T>(
  server: TestServer,
  deadlineMs: number,
  send: (deadlineMs: number) => Promise<T>,
): Promise<T> => {
  const before = server.seen.length;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const sent = send(deadlineMs);
    while (server.seen.length === before) await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(deadlineMs);
    return await sent;
  } finally {
    vi.useRealTimers();
  }
};
