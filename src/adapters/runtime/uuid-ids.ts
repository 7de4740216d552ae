import { randomFillSync } from 'node:crypto';
import type { Ids } from '../../core/ports/runtime.ts';

const RANDOM_BYTES = 10;
/** One call to the random source serves many ids: it is the dear part. */
const POOL_BYTES = RANDOM_BYTES * 256;
const COUNTER_END = 0x1000;

/**
 * UUIDv7 (RFC 9562): 48 bits of the wall clock's milliseconds, a 12-bit counter, 62 random bits. Within one process
 * each id is greater than the one before, also when the clock stands still or is set back.
 */
export const uuidIds = (now: () => number): Ids => {
  const pool = Buffer.alloc(POOL_BYTES);
  let used = POOL_BYTES;
  let last = -1;
  let counter = 0;

  /** Where the next random bytes begin. */
  const random = (): number => {
    if (used === POOL_BYTES) {
      randomFillSync(pool);
      used = 0;
    }
    const from = used;
    used += RANDOM_BYTES;
    return from;
  };

  const uuid = (): string => {
    const from = random();
    const at = Math.max(0, Math.floor(now()));
    if (at > last) {
      last = at;
      // Begins in the lower half, so that a burst has room to count.
      counter = pool.readUInt16BE(from + 8) & 0x7ff;
    } else if (++counter === COUNTER_END) {
      last += 1;
      counter = 0;
    }
    const time = last.toString(16).padStart(12, '0');
    pool[from] = (pool.readUInt8(from) & 0x3f) | 0x80;
    const tail = pool.toString('hex', from, from + 8);
    const count = counter.toString(16).padStart(3, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${tail.slice(0, 4)}-${tail.slice(4)}`;
  };

  return { uuid };
};
