import { describe, expect, it } from 'vitest';
import { createOutput } from './output.ts';
import type { OutStream } from './terminal.ts';

const stream = (write: OutStream['write']): OutStream => ({ isTTY: false, columns: 0, write });
const failing = (code: string): OutStream =>
  stream(() => Promise.reject(Object.assign(new Error(`write ${code}`), { code, syscall: 'write' })));
const silent = stream(async () => undefined);

describe('createOutput', () => {
  it.each(['EPIPE', 'ERR_STREAM_DESTROYED'])(
    'takes %s for a reader that has gone, and says so once',
    async (code) => {
      let told = 0;
      const output = createOutput(failing(code), silent, {
        onClosed: () => {
          told += 1;
        },
      });
      expect(output.closed()).toBe(false);
      await output.data('a');
      await output.data('b');
      expect([output.closed(), told]).toEqual([true, 1]);
    },
  );

  it('does not swallow a full disk', async () => {
    await expect(createOutput(failing('ENOSPC'), silent).data('a')).rejects.toThrow('ENOSPC');
  });

  it('never fails on stderr', async () => {
    await expect(createOutput(silent, failing('EPIPE')).say('a')).resolves.toBeUndefined();
  });
});
