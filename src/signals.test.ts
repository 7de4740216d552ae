import { afterEach, describe, expect, it, vi } from 'vitest';
import { Interrupted } from './commands/framework/run/failure.ts';
import { watchSignals } from './signals.ts';

afterEach(() => vi.restoreAllMocks());

describe('watchSignals', () => {
  it('asks to stop at the first signal and ends at once at the second', () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
      throw new Error('exited');
    });
    const { signal, stop } = watchSignals();
    try {
      process.emit('SIGHUP');
      expect(signal.reason).toBeInstanceOf(Interrupted);
      expect(signal.reason).toMatchObject({ exit: 129 });
      // A closed terminal tells of it twice, and what was typed is being kept.
      process.emit('SIGHUP');
      expect(exit).not.toHaveBeenCalled();
      expect(() => process.emit('SIGTERM')).toThrow('exited');
      expect(exit).toHaveBeenCalledWith(143);
    } finally {
      stop();
    }
  });

  it('leaves no handler behind', () => {
    const before = process.listenerCount('SIGTERM');
    const { stop } = watchSignals();
    process.emit('SIGHUP');
    stop();
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});
