import { expect, it } from 'vitest';
import { memoryIds } from './memory-ids.ts';

it('ids look like UUIDv7, rise, and are the same in every run', () => {
  const take = (seed: number) => {
    const ids = memoryIds(seed);
    return Array.from({ length: 10_000 }, () => ids.uuid());
  };
  const ids = take(1);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect([...ids].sort()).toEqual(ids);
  expect(take(1)).toEqual(ids);
  expect(new Set([...ids, ...take(2)]).size).toBe(20_000);
});
