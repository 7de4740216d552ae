import type { Ids } from '../../core/ports/runtime.ts';

/** 2026-01-01T00:00:00Z, so that the ids look like those of a run in that year. */
const FIRST_MS = 1_767_225_600_000;

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/**
 * Deterministic ids in the shape of a UUIDv7: rising, and the same in every run. `seed` (0 to 65535) keeps the ids of
 * two instances apart.
 */
export const memoryIds = (seed = 0): Ids => {
  let count = 0;
  return {
    uuid: () => {
      count += 1;
      const time = hex(FIRST_MS + Math.floor(count / 4096), 12);
      const low = hex(count % 4096, 3);
      return `${time.slice(0, 8)}-${time.slice(8)}-7${low}-8000-${hex(seed, 4)}${hex(count % 2 ** 32, 8)}`;
    },
  };
};
