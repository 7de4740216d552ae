import { afterEach, describe, expect, it, vi } from 'vitest';
import { Interrupted } from './commands/framework/failure.ts';
import { watchSignals } from './signals.ts';

const stderr = (said: string[], isTTY: boolean) => ({
  isTTY,
  columns: 80,
  write: async (text: string) => {
    said.push(text);
  },
});

afterEach(() => vi.restoreAllMocks());

describe('watchSignals', () => {
  it('asks to stop at the first signal and ends at once at the second', () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
      throw new Error('exited');
    });
    const said: string[] = [];
    const { signal, stop } = watchSignals(stderr(said, true));
    try {
      process.emit('SIGHUP');
      expect(signal.reason).toBeInstanceOf(Interrupted);
      expect(signal.reason).toMatchObject({ exit: 129 });
      expect(exit).not.toHaveBeenCalled();
      expect(said).toHaveLength(1);
      expect(() => process.emit('SIGHUP')).toThrow('exited');
      expect(exit).toHaveBeenCalledWith(129);
    } finally {
      stop();
    }
  });

  it('says nothing off a terminal and leaves no handler behind', () => {
    const before = process.listenerCount('SIGTERM');
    const said: string[] = [];
    const { stop } = watchSignals(stderr(said, false));
    process.emit('SIGHUP');
    stop();
    expect(said).toEqual([]);
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});
