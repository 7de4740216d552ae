import { describe, expect, it } from 'vitest';
import { createTally } from './tally.ts';

const names = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `ORD-${String(i).padStart(6, '0')}/internet.hsi#1/1 NE-${i}`);

describe('tally', () => {
  it('is even when both sets hold the same, in any order', () => {
    const tally = createTally();
    const all = names(50_000);
    for (const name of all) tally.add(name);
    for (const name of [...all].reverse()) tally.add(name);
    expect(tally.isEven()).toBe(true);
  });

  it('shows every name that one set alone holds, and few others', () => {
    const tally = createTally();
    const all = names(50_000);
    const missing = new Set([all[17], all[4_711], all[49_999]]);
    for (const name of all) tally.add(name);
    for (const name of all) if (!missing.has(name)) tally.add(name);
    expect(tally.isEven()).toBe(false);
    const suspects = all.filter(tally.differs);
    for (const name of missing) expect(suspects).toContain(name);
    expect(suspects.length).toBeLessThan(30);
  });

  it('tells apart names that differ in one character anywhere', () => {
    for (const [one, other] of [
      ['ORD-000001/a.b#1/1 X', 'ORD-000002/a.b#1/1 X'],
      ['ORD-000001/a.b#1/1 X', 'ORD-000001/a.b#1/1 Y'],
    ] as const) {
      const tally = createTally();
      tally.add(one);
      tally.add(other);
      expect(tally.isEven()).toBe(false);
    }
  });
});
