import { describe, expect, it } from 'vitest';
import { loadTexts } from '../../texts/texts.ts';
import { bar, sparkline } from './bars.ts';
import { spanText } from './report-blocks.ts';

describe('bar', () => {
  it('fills its width by eighths', () => {
    expect(bar(0, 4)).toBe('····');
    expect(bar(1, 4)).toBe('████');
    expect(bar(0.5, 4)).toBe('██··');
    expect(bar(1 / 32, 4)).toBe('▏···');
    expect(bar(7, 4)).toBe('████');
  });
});

describe('sparkline', () => {
  it('needs two values', () => {
    expect(sparkline([], 10)).toBe('');
    expect(sparkline([3], 10)).toBe('');
  });

  it('puts the most at the top, nothing at the bottom, and little above nothing', () => {
    expect(sparkline([0, 1, 100], 10)).toBe('▁▂█');
    expect(sparkline([0, 0], 10)).toBe('▁▁');
  });

  it('adds up neighbours when there are too many', () => {
    expect(sparkline([1, 1, 0, 0, 2, 2], 3)).toBe('▅▁█');
    expect(sparkline(new Array(365).fill(1), 31)).toHaveLength(31);
  });
});

describe('spanText', () => {
  it('says a span in the unit that says enough', async () => {
    const t = await loadTexts('en');
    const texts = [null, 0, 400, 12_000, 95_000, 3_000_000, 9_000_000, 172_800_000].map((span) =>
      spanText(span, { t }),
    );
    expect(texts).toEqual(['-', '0 s', '0.4 s', '12 s', '1.6 min', '50 min', '2.5 h', '2 d']);
  });
});
