import { describe, expect, it } from 'vitest';
import type { Binding } from './binding.ts';
import { afterAnswer, bindingText, isMixed, samePeers } from './binding.ts';

const BOUND: Binding = {
  simulated: false,
  ne: 'http://127.0.0.1:8701/ne',
  tm: 'http://127.0.0.1:8702/tm',
  at: '2026-11-24T01:00:00.000Z',
};

describe('what has answered at the peers', () => {
  it('is learnt from the first answer of each', () => {
    const learnt = afterAnswer(afterAnswer(BOUND, 'ne', 'simulator'), 'tm', 'simulator');
    expect(learnt).toEqual({
      ...BOUND,
      simulated: true,
      answeredBy: { ne: 'simulator', tm: 'simulator' },
    });
    expect(isMixed(learnt)).toBe(false);
    expect(afterAnswer(learnt, 'ne', 'simulator')).toBe(learnt);
    expect(samePeers(learnt, BOUND)).toBe(true);
    expect(bindingText(learnt, 'simulated')).toBe(
      'NE http://127.0.0.1:8701/ne (simulated), TM http://127.0.0.1:8702/tm (simulated)',
    );
  });

  it.each([
    ['simulator', 'real', true],
    ['real', 'simulator', false],
  ] as const)('never flips from %s to %s by itself', (first, then, simulated) => {
    const flipped = afterAnswer(afterAnswer(BOUND, 'ne', first), 'ne', then);
    expect(flipped).toMatchObject({ simulated, answeredBy: { ne: 'both' } });
    expect(isMixed(flipped)).toBe(true);
    expect(afterAnswer(flipped, 'ne', first)).toBe(flipped);
  });

  it('is mixed when only one peer is a simulator', () => {
    expect(isMixed(BOUND)).toBe(false);
    expect(isMixed(afterAnswer(BOUND, 'ne', 'simulator'))).toBe(false);
    expect(isMixed(afterAnswer(afterAnswer(BOUND, 'ne', 'simulator'), 'tm', 'real'))).toBe(true);
  });
});
